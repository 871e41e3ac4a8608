import { simpleParser } from "mailparser";
import { mailDomains } from "../world/servers.js";
import { foreignNames, linkIn, mailsFor } from "./inbox.js";
import { fetchFile, openLanding, press, sha256 } from "./landing.js";
import { recipients } from "./recipients.js";
import { holdsPartOf } from "./traces.js";

/**
 * Checks what came of a run against what the product promises. `check(text, ok, found)` hears of each check; `found`
 * says what was seen instead.
 */
export async function checkOutcomes({ mail, state, inbox, app, check }) {
  const files = await filesOf(mail);
  const messages = await inbox.messages();
  const outcome = (address) => state.recipients.find((recipient) => recipient.address === address) ?? {};
  const links = new Set();
  for (const { address, expected } of recipients) {
    const seen = { outcome: outcome(address), mails: mailsFor(messages, address) };
    if (expected === "tls") checkTls(address, seen, files, check);
    if (expected === "link") await checkLink(address, seen, { files, inbox, app, links, check });
    if (expected === "undeliverable") checkUndeliverable(address, seen, check);
  }
  await checkVisits(inbox, check);
}

/** The files of a mail, as a receiving mail program finds them. Images in the text (cid:) are text, not files. */
async function filesOf(mail) {
  const { attachments } = await simpleParser(mail);
  return attachments.map(({ filename, content, related }) => ({
    name: filename ?? "(no name)",
    content,
    inline: related === true,
    sha256: sha256(content),
  }));
}

const hashes = (files) => files.map((file) => file.sha256).sort().join("\n");

function checkTls(address, { outcome, mails }, files, check) {
  check(`${address}: route tls, state accepted`, outcome.route === "tls" && outcome.state === "accepted", seen(outcome));
  check(`${address}: one mail arrived, over TLS`, mails.length === 1 && mails[0].receivedOver === "tls", over(mails));
  const identical = mails.length > 0 && mails.every((mail) => hashes(mail.attachments) === hashes(files));
  check(`${address}: ${files.length} attachments identical by SHA-256`, identical, "they differ");
}

async function checkLink(address, { outcome, mails }, { files, inbox, app, links, check }) {
  const outside = files.filter(({ inline }) => !inline);
  check(`${address}: route link, state linked`, outcome.route === "link" && outcome.state === "linked", seen(outcome));
  check(`${address}: one mail arrived`, mails.length === 1, `${mails.length} arrived`);
  if (mails.length === 0) return;
  const offered = mailDomains.some(({ domain, tls }) => address.endsWith(`@${domain}`) && tls !== "none") ? "tls" : "clear";
  check(`${address}: it came by the best that the server offers (${offered})`, mails[0].receivedOver === offered, over(mails));
  const source = await inbox.bytes(mails[0].rawUrl);
  const leaked = outside.filter(({ content }) => holdsPartOf(content, source)).map(({ name }) => name);
  check(`${address}: no attachment byte in the mail (any 60 in a row, raw or base64)`, leaked.length === 0, leaked.join(", "));
  if (outside.length === 0) return;

  const link = linkIn(mails[0], app.url);
  check(`${address}: a link of its own in the mail`, link !== null && !links.has(link), link ? "another's link" : "no link");
  if (link === null) return;
  links.add(link);
  await checkLanding(address, link, outside, check);
}

async function checkLanding(address, link, files, check) {
  const page = await openLanding(link);
  check(`${address}: the link opens a page with a button per file`, page.status === 200 && page.forms.length === files.length,
    `status ${page.status}, ${page.forms.length} buttons for ${files.length} files`);
  const got = [];
  const answers = [];
  for (const form of page.forms) {
    const { status, location } = await press(form, page.cookies);
    answers.push(status);
    if (status !== 303 || !isSas(location)) continue;
    const file = await fetchFile(location);
    if (file.status === 200) got.push({ sha256: sha256(file.bytes) });
  }
  check(`${address}: each button answers 303 to a SAS`, answers.length > 0 && answers.every((status) => status === 303), answers.join(", "));
  check(`${address}: ${files.length} files behind the SAS identical by SHA-256`, hashes(got) === hashes(files),
    `${got.length} fetched, not all the same`);
}

function isSas(location) {
  const query = new URL(location ?? "", "http://nowhere").searchParams;
  return query.has("sig") && query.has("se");
}

function checkUndeliverable(address, { outcome, mails }, check) {
  check(`${address}: undeliverable, with a reason`, outcome.state === "undeliverable" && Boolean(outcome.reason), seen(outcome));
  check(`${address}: nothing arrived`, mails.length === 0, over(mails));
}

async function checkVisits(inbox, check) {
  const connections = await inbox.connections();
  const probes = connections.filter(({ domain, mailFrom }) => domain === "tls.example" && !mailFrom);
  check("tls.example: three recipients, one probe", probes.length === 1, `${probes.length} probes`);
  const foreign = foreignNames(await inbox.dnsQueries());
  check("only names of the sandbox were looked up", foreign.length === 0, foreign.join(", "));
}

const seen = ({ route, state, level, reason }) => `route ${route}, state ${state}, verdict ${level}, reason ${reason}`;
const over = (mails) => (mails.length ? mails.map(({ receivedOver }) => `one over ${receivedOver}`).join(", ") : "none arrived");
