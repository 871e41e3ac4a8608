import { readFileSync, statSync } from "node:fs";

const MAX_BYTES = 25_000_000;
const OUTLOOK_MSG = Buffer.from("d0cf11e0a1b11ae1", "hex");
const KNOWN_FIELDS = /^(from|date|subject|message-id|mime-version|received|return-path|to|content-type|sender):/im;

/** A fault of the file that its owner can do something about. */
export class MailFileError extends Error {
  forPeople = true;
}

/** Reads a mail as mail programs save it; throws MailFileError, with what would be right, for anything else. */
export function readMail(file) {
  const bytes = read(file);
  if (bytes.length === 0) throw new MailFileError(`${file} is empty`);
  if (bytes.length > MAX_BYTES) throw new MailFileError(`${file} is over ${MAX_BYTES / 1e6} MB; the demo takes smaller mails`);
  if (bytes.subarray(0, 8).equals(OUTLOOK_MSG)) {
    throw new MailFileError(`${file} is an Outlook .msg; save the mail as .eml (or send it to yourself and save the source)`);
  }
  if (!looksLikeMail(bytes)) {
    throw new MailFileError(`${file} is not a mail: an .eml begins with header lines such as "From: …" and an empty line after them`);
  }
  return bytes;
}

function read(file) {
  try {
    if (statSync(file).isDirectory()) throw new MailFileError(`${file} is a folder, not a mail`);
    return readFileSync(file);
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") throw new MailFileError(`there is no file ${file}`);
    if (error.code === "EACCES" || error.code === "EPERM") throw new MailFileError(`${file} may not be read (permission denied)`);
    throw error;
  }
}

function looksLikeMail(bytes) {
  const text = bytes.subarray(0, 200_000).toString("latin1");
  const end = /\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  if (/[\0]/.test(head)) return false;
  const lines = head.split(/\r?\n/).filter((line) => line !== "");
  return lines.every((line) => /^[ \t]|^[!-9;-~]+[ \t]*:/.test(line)) && KNOWN_FIELDS.test(head);
}
