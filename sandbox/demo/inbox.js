import { mailDomains } from "../world/servers.js";

/** Reads the sandbox's inbox the way any program can: over its JSON. */
export function inboxAt(url) {
  const get = async (path) => {
    const response = await fetch(new URL(path, url));
    if (!response.ok) throw new Error(`the inbox answers ${response.status} for ${path}`);
    return response;
  };
  return {
    messages: async () => (await get("messages.json")).json(),
    connections: async () => (await get("connections.json")).json(),
    dnsQueries: async () => (await get("dns.json")).json(),
    bytes: async (path) => Buffer.from(await (await get(path)).arrayBuffer()),
  };
}

/** The mails that came for one recipient. */
export const mailsFor = (messages, address) => messages.filter(({ to }) => to.includes(address));

/** The download link in a received mail's text, or null. `host` is where the landing pages are. */
export function linkIn(mail, host) {
  const start = mail.text.indexOf(`${host}/d/`);
  return start === -1 ? null : host + /^\/d\/[\w.~-]+/.exec(mail.text.slice(start + host.length))?.[0];
}

/** What was asked of the DNS that is no name of the sandbox. */
export function foreignNames(queries) {
  // The app's health check asks for a name that nobody can have (RFC 6761 section 6.4).
  const domains = [...mailDomains.map(({ domain }) => domain), "invalid"];
  const ours = (name) => domains.some((domain) => `.${name.toLowerCase()}`.endsWith(`.${domain}`));
  return [...new Set(queries.map(({ name }) => name).filter((name) => !ours(name)))];
}
