import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { readMail } from "../demo/mail-file.js";
import { parse } from "../demo/options.js";
import { holdsPartOf } from "../demo/traces.js";

const folder = mkdtempSync(path.join(tmpdir(), "tlsorlink-demo-test-"));
after(() => rmSync(folder, { recursive: true }));

const file = (name, content) => {
  const full = path.join(folder, name);
  writeFileSync(full, content);
  return full;
};

test("The options are --once, --help and one file; all else is refused", () => {
  assert.deepEqual(parse(["--once", "a.eml"]), { help: false, once: true, file: "a.eml" });
  assert.deepEqual(parse(["--", "--once"]), { help: false, once: false, file: "--once" });
  assert.throws(() => parse(["--twice"]), /unknown option --twice/);
  assert.throws(() => parse(["a.eml", "b.eml"]), /one file at a time/);
});

test("Every sample is a mail", () => {
  for (const name of ["quotation", "iso-2022-jp", "outlook"]) {
    readMail(fileURLToPath(new URL(`../samples/${name}.eml`, import.meta.url)));
  }
});

test("What is no mail is refused with what would be right", () => {
  assert.throws(() => readMail(path.join(folder, "none.eml")), /there is no file/);
  assert.throws(() => readMail(folder), /is a folder/);
  assert.throws(() => readMail(file("empty.eml", "")), /is empty/);
  assert.throws(() => readMail(file("letter.txt", "Dear all,\n\nthis is no mail.\n")), /is not a mail/);
  assert.throws(() => readMail(file("settings.yaml", "name: value\n\nother: value\n")), /is not a mail/);
  assert.throws(() => readMail(file("binary.eml", Buffer.from("From: a\0b\r\n\r\n"))), /is not a mail/);
  assert.throws(() => readMail(file("outlook.msg", Buffer.from("d0cf11e0a1b11ae100", "hex"))), /Outlook \.msg/);
});

test("Any sixty bytes of a file in a mail are found, however the base64 is aligned or broken", () => {
  const secret = randomBytes(5000);
  const mailOf = (bytes) => Buffer.from(`Subject: x\r\n\r\n${bytes.toString("base64").replace(/.{76}/g, "$&\r\n")}\r\n`);
  for (let start = 1000; start < 1010; start++) {
    const part = secret.subarray(start, start + 65);
    assert.ok(holdsPartOf(secret, mailOf(part)), `base64 of 65 bytes from ${start}`);
    assert.ok(holdsPartOf(secret, Buffer.concat([Buffer.from("Subject: x\r\n\r\n"), part])), `65 raw bytes from ${start}`);
  }
  assert.ok(!holdsPartOf(secret, mailOf(randomBytes(5000))));
});

test("A file shorter than sixty bytes is found whole", () => {
  const secret = Buffer.from("The code is 4711.");
  assert.ok(holdsPartOf(secret, Buffer.from(`\r\n${secret.toString("base64")}\r\n`)));
  assert.ok(!holdsPartOf(secret, Buffer.from("\r\nThe code is 4712.\r\n")));
});
