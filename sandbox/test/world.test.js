import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Resolver } from "node:dns/promises";
import { after, before, test } from "node:test";
import { simpleParser } from "mailparser";
import nodemailer from "nodemailer";
import { startWorld } from "../world.js";

let world;
before(async () => (world = await startWorld()));
after(() => world.close());

const sample = (name) => readFileSync(new URL(`../samples/${name}.eml`, import.meta.url));
const inbox = async (path) => (await fetch(new URL(path, world.inbox))).json();
const page = async (path) => (await fetch(new URL(path, world.inbox))).text();

function transport(address, host, tls = {}) {
  const ca = readFileSync(world.settings.Smtp__TrustBundle);
  const options = { host: address, port: world.smtpPort, name: "client.example", tls: { servername: host, ca, ...tls } };
  return nodemailer.createTransport(options);
}

async function send(name, to, address, tls) {
  const envelope = { from: "hanako@sender.example", to };
  await transport(address, `mx.${to.split("@")[1]}`, tls).sendMail({ envelope, raw: sample(name) });
  return (await inbox("messages.json")).at(-1);
}

test("The DNS knows MX, null MX, NODATA and NXDOMAIN, and refuses what is not its own", async () => {
  const resolver = new Resolver();
  resolver.setServers([world.settings.Dns__Servers__0]);
  assert.deepEqual(await resolver.resolveMx("tls.example"), [{ exchange: "mx.tls.example", priority: 10 }]);
  assert.deepEqual(await resolver.resolve4("mx.plain.example"), ["127.0.0.22"]);
  assert.deepEqual(await resolver.resolveMx("null.example"), [{ exchange: "", priority: 0 }]);
  await assert.rejects(resolver.resolve6("mx.tls.example"), { code: "ENODATA" });
  await assert.rejects(resolver.resolveTxt("_mta-sts.tls.example"), { code: "ENOTFOUND" });
  await assert.rejects(resolver.resolve4("elsewhere.test"), { code: "EREFUSED" });
  assert.ok((await inbox("dns.json")).some(({ name, rcode }) => name === "elsewhere.test" && rcode === "REFUSED"));
});

for (const name of ["quotation", "iso-2022-jp", "outlook"]) {
  test(`${name}.eml arrives over TLS 1.3 as it was sent`, async () => {
    const sent = await simpleParser(sample(name));
    const arrived = await send(name, "taro@tls.example", "127.0.0.21", { rejectUnauthorized: true });
    assert.equal(arrived.tlsVersion, "TLSv1.3");
    assert.equal(arrived.subject, sent.subject);
    assert.match(arrived.text, /山田花子/);
    const hash = (content) => createHash("sha256").update(content).digest("hex");
    const expected = sent.attachments.map(({ filename, content }) => [filename, hash(content)]);
    assert.deepEqual(arrived.attachments.map(({ name, sha256 }) => [name, sha256]), expected);
    const raw = Buffer.from(await (await fetch(new URL(arrived.rawUrl, world.inbox))).arrayBuffer());
    assert.equal(raw.compare(sample(name)), 0, "the source in the inbox differs from what was sent");
  });
}

test("A server without STARTTLS takes mail in the clear, and says so", async () => {
  const arrived = await send("quotation", "shiro@plain.example", "127.0.0.22");
  assert.equal(arrived.receivedOver, "clear");
  const connection = (await inbox("connections.json")).find(({ id }) => id === arrived.connection);
  assert.equal(connection.starttls, false);
  assert.ok(connection.dataBytesInClear > 5000);
});

test("The self-signed server is reached only by those who do not look", async () => {
  const strict = { rejectUnauthorized: true };
  await assert.rejects(send("quotation", "goro@selfsigned.example", "127.0.0.23", strict), /self-signed/);
  const arrived = await send("quotation", "goro@selfsigned.example", "127.0.0.23", { rejectUnauthorized: false });
  assert.equal(arrived.receivedOver, "tls");
});

test("A server relays for nobody", async () => {
  await assert.rejects(send("quotation", "taro@tls.example", "127.0.0.24", { servername: "mx.sender.example" }), /Relaying denied/);
});

test("A visit without MAIL FROM is a probe", async () => {
  await transport("127.0.0.24", "mx.sender.example").verify();
  const visits = (await inbox("connections.json")).filter(({ domain }) => domain === "sender.example");
  assert.equal(visits.at(-1).tlsVersion, "TLSv1.3");
  assert.equal(visits.at(-1).mailFrom, false);
});

test("The inbox shows mail to people without letting it act", async () => {
  const { id, attachments } = await send("quotation", "jiro@tls.example", "127.0.0.21");
  assert.match(await page("/"), /お見積書と売上予測の送付につきまして/);
  const message = await page(`/messages/${id}`);
  assert.ok(message.includes("売上予測.xlsx") && message.includes(attachments[0].sha256));
  const body = await fetch(new URL(`/messages/${id}/html`, world.inbox));
  assert.match(body.headers.get("content-security-policy"), /^sandbox (?!.*allow-scripts).*default-src 'none'/);
  assert.match(await body.text(), /src="data:image\/png;base64,/);
  assert.equal((await fetch(new URL("/messages/999", world.inbox))).status, 404);
});
