import http from "node:http";
import { closeServer, listen } from "../world/listening.js";
import { triedTls, visit } from "../world/mailroom.js";
import { bodyOf, listPage, messagePage, notFoundPage, connectionsPage } from "./pages.js";

const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; base-uri 'none'";
const MAIL_POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** Starts the inbox: pages for people, and the same as JSON for programs. */
export async function startInbox(mailroom, queries) {
  const server = http.createServer((request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") return void response.writeHead(405).end();
    const { pathname } = new URL(request.url, "http://inbox");
    const { status = 200, type, body, headers = {} } = answer(pathname, mailroom, queries);
    response.writeHead(status, {
      "Content-Type": type,
      "Content-Length": Buffer.byteLength(body),
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Content-Security-Policy": PAGE_POLICY,
      ...headers,
    });
    response.end(request.method === "HEAD" ? undefined : body);
  });
  const port = await listen(server, 0, "127.0.0.1");
  return { url: `http://127.0.0.1:${port}/`, close: () => closeServer(server) };
}

function answer(pathname, { messages, connections }, queries) {
  if (pathname === "/") return page(listPage(messages));
  if (pathname === "/connections") return page(connectionsPage(connections));
  if (pathname === "/messages.json") return json(messages.map(messageJson));
  if (pathname === "/connections.json") return json(connections.map(connectionJson));
  if (pathname === "/dns.json") return json(queries);

  const [, id, part, number] = /^\/messages\/(\d+)(?:\/(html|raw|files)(?:\/(\d+))?)?$/.exec(pathname) ?? [];
  const message = messages.find((message) => message.id === Number(id));
  if (!message) return page(notFoundPage(), 404);
  if (!part) return page(messagePage(message));
  if (part === "html") return { ...page(bodyOf(message)), headers: { "Content-Security-Policy": MAIL_POLICY } };
  if (part === "raw") return { type: "text/plain; charset=utf-8", body: message.raw };
  const file = message.attachments.find((attachment) => attachment.number === Number(number));
  return file ? download(file) : page(notFoundPage(), 404);
}

const page = (body, status = 200) => ({ status, type: "text/html; charset=utf-8", body });
const json = (value) => ({ type: "application/json; charset=utf-8", body: JSON.stringify(value, null, 2) });

function download({ name, content }) {
  const fileName = encodeURIComponent(name || "attachment").replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return {
    type: "application/octet-stream",
    body: content,
    headers: { "Content-Disposition": `attachment; filename*=UTF-8''${fileName}` },
  };
}

function messageJson({ raw, html, attachments, ...message }) {
  return {
    ...message,
    bytes: raw.length,
    receivedOver: message.tlsVersion ? "tls" : "clear",
    hasHtml: html !== "",
    rawUrl: `/messages/${message.id}/raw`,
    attachments: attachments.map(({ content, ...attachment }) => ({
      ...attachment,
      url: `/messages/${message.id}/files/${attachment.number}`,
    })),
  };
}

function connectionJson({ commands, ...connection }) {
  return { ...connection, starttls: triedTls({ commands }), visit: visit(connection), commands };
}
