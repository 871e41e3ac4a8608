import { html, linked, size } from "./html.js";
import { STYLE } from "./style.js";
import { triedTls, visit } from "../world/mailroom.js";

/** The list of what arrived, newest first. */
export function listPage(messages) {
  const rows = [...messages].reverse().map(
    (message) => html`<li>
      <a href="/messages/${message.id}">${message.subject || "(no subject)"}</a> ${over(message)}<br />
      <span class="soft">to</span> ${message.to.join(", ")} <span class="soft">from</span> ${message.headerFrom || message.from}<br />
      <span class="soft">${time(message.at)} · ${attachmentSummary(message)}</span>
    </li>`,
  );
  const list = rows.length
    ? html`<ul class="mails">${rows}</ul>`
    : html`<p class="card soft">Nothing has arrived yet. Reload the page to look again.</p>`;
  return layout("Inbox", html`<h1>Inbox of all sandbox domains</h1>${list}`);
}

const attachmentSummary = ({ attachments }) =>
  attachments.length === 0
    ? "no attachment"
    : attachments.map(({ name, contentType, bytes }) => `${name || contentType} (${size(bytes)})`).join(", ");

export function messagePage(message) {
  const title = message.subject || "(no subject)";
  return layout(
    title,
    html`<h1>${title}</h1>
      <div class="card">
        <dl>
          <dt>From</dt><dd>${message.headerFrom}</dd>
          <dt>To</dt><dd>${message.headerTo}</dd>
          ${message.headerCc ? html`<dt>Cc</dt><dd>${message.headerCc}</dd>` : ""}
          <dt>Envelope</dt><dd>${message.from || "<> (a bounce)"} → ${message.to.join(", ")}</dd>
          <dt>Received</dt><dd>${time(message.at)} ${over(message)} <span class="soft">${message.cipher ?? ""}</span></dd>
          <dt>Size</dt><dd>${size(message.raw.length)}</dd>
        </dl>
      </div>
      ${attachmentTable(message)}
      ${message.text ? html`<h2>Text</h2><div class="card"><pre class="text">${linked(message.text)}</pre></div>` : ""}
      ${message.html
        ? html`<h2>HTML</h2>
            <iframe title="HTML body of the mail" src="/messages/${message.id}/html"
              sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`
        : ""}
      <h2>Source</h2>
      <p><a href="/messages/${message.id}/raw">The whole source, byte for byte</a></p>
      <details><summary>Show headers</summary><pre>${headersOf(message.raw)}</pre></details>`,
  );
}

function attachmentTable({ id, attachments }) {
  if (attachments.length === 0) return html`<h2>Attachments</h2><p class="soft">None.</p>`;
  const rows = attachments.map(
    (file) => html`<tr>
      <td><a href="/messages/${id}/files/${file.number}">${file.name || "(no name)"}</a>${file.inline ? html` <span class="soft">inline</span>` : ""}</td>
      <td>${file.contentType}</td>
      <td>${size(file.bytes)}</td>
      <td class="hash"><code>${file.sha256}</code></td>
    </tr>`,
  );
  return html`<h2>Attachments</h2>
    <div class="card wide"><table>
      <thead><tr><th>Name</th><th>Type</th><th>Size</th><th>SHA-256</th></tr></thead>
      <tbody>${rows}</tbody>
    </table></div>`;
}

/** Every connection to every mail server: also those that sent no mail. */
export function connectionsPage(connections) {
  const rows = [...connections].reverse().map(
    (connection) => html`<tr>
      <td>${time(connection.at)}</td>
      <td>${connection.domain}<br /><span class="soft">${connection.address}</span></td>
      <td>${{ mail: "sent mail", probe: "probe only", open: "still open" }[visit(connection)]}</td>
      <td>${over(connection)}${triedTls(connection) && !connection.tlsVersion ? html`<br />STARTTLS, but no handshake` : ""}</td>
      <td>${connection.dataBytesInClear ? size(connection.dataBytesInClear) : "none"}</td>
      <td><code>${connection.commands.join(" ")}</code></td>
    </tr>`,
  );
  return layout(
    "Connections",
    html`<h1>Connections to the mail servers</h1>
      <div class="card wide"><table>
        <thead><tr><th>When</th><th>Server</th><th>Visit</th><th>Protection</th><th>Mail bytes in the clear</th><th>Commands</th></tr></thead>
        <tbody>${rows}</tbody>
      </table></div>`,
  );
}

export const notFoundPage = () => layout("Not found", html`<h1>There is no such page.</h1>`);

/** A mail's HTML body as a document of its own, for the sandboxed frame: its links open in a new tab. */
export const bodyOf = (message) => `<!doctype html><meta charset="utf-8"><base target="_blank">${message.html}`;

function layout(title, content) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · TlsOrLink sandbox</title>
        <style>${style}</style>
      </head>
      <body>
        <header><strong>TlsOrLink sandbox</strong> <a href="/">Inbox</a> <a href="/connections">Connections</a></header>
        <main>${content}</main>
      </body>
    </html>`.toString();
}

const style = html([STYLE]);

function over({ tlsVersion, cipher }) {
  if (!tlsVersion) return html`<span class="over clear">in the clear</span>`;
  return html`<span class="over tls" title="${cipher}">${tlsVersion}</span>`;
}

const time = (at) => html`<time datetime="${at}">${at.slice(0, 19).replace("T", " ")} UTC</time>`;

function headersOf(raw) {
  const end = raw.indexOf("\r\n\r\n");
  return raw.subarray(0, end === -1 ? raw.length : end).toString("utf8");
}
