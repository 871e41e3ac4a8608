import { createHash } from "node:crypto";
import { simpleParser } from "mailparser";

/** Everything that arrived, and every connection it came over, in the order of arrival. */
export function openMailroom() {
  const messages = [];
  const connections = [];

  /** Opens the log line of a connection; the mail server fills it in as the connection goes on. */
  function connected({ domain, address, client }) {
    const connection = {
      id: connections.length + 1,
      at: new Date().toISOString(),
      domain,
      address,
      client,
      open: true,
      commands: [],
      tlsVersion: null,
      cipher: null,
      serverName: null,
      mailFrom: false,
      messages: 0,
      dataBytesInClear: 0,
    };
    connections.push(connection);
    return connection;
  }

  async function received(connection, { from, to, raw }) {
    const mail = await simpleParser(raw, { skipTextToHtml: true, skipTextLinks: true });
    const id = messages.length + 1;
    messages.push({
      id,
      at: new Date().toISOString(),
      connection: connection.id,
      domain: connection.domain,
      from,
      to,
      headerFrom: mail.from?.text ?? "",
      headerTo: [mail.to].flat().map((field) => field?.text ?? "").join(", "),
      headerCc: [mail.cc].flat().map((field) => field?.text ?? "").join(", "),
      subject: mail.subject ?? "",
      tlsVersion: connection.tlsVersion,
      cipher: connection.cipher,
      text: mail.text ?? "",
      html: mail.html || "",
      attachments: mail.attachments.map((attachment, index) => ({
        number: index + 1,
        name: attachment.filename ?? "",
        contentType: attachment.contentType,
        inline: attachment.related === true,
        bytes: attachment.content.length,
        sha256: createHash("sha256").update(attachment.content).digest("hex"),
        content: attachment.content,
      })),
      raw,
    });
    connection.messages++;
    return id;
  }

  return { messages, connections, connected, received };
}

/** What kind of visit a connection was: `mail`, `probe` (looked, sent nothing), or `open` while it is not yet over. */
export function visit({ open, mailFrom }) {
  if (mailFrom) return "mail";
  return open ? "open" : "probe";
}

/** Whether STARTTLS was asked for, whatever came of it. */
export const triedTls = ({ commands }) => commands.includes("STARTTLS");
