import { createHash } from "node:crypto";

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Opens a landing page as a browser does. Gives its status, its forms and the cookies it set. */
export async function openLanding(link) {
  const response = await fetch(link, { headers: { Accept: "text/html" } });
  const page = await response.text();
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  return { status: response.status, forms: formsOf(page, link), cookies };
}

/** Presses the button of a form: `{ status, location }` of the answer, which is not followed. */
export async function press({ action, fields }, cookies) {
  const response = await fetch(action, {
    method: "POST",
    redirect: "manual",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      Origin: new URL(action).origin,
      ...(cookies.length ? { Cookie: cookies.join("; ") } : {}),
    },
    body: new URLSearchParams(fields).toString(),
  });
  await response.arrayBuffer();
  return { status: response.status, location: response.headers.get("location") };
}

/** Fetches the file behind a SAS. */
export async function fetchFile(url) {
  const response = await fetch(url);
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

function formsOf(page, link) {
  return [...page.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gis)]
    .map(([, head, content]) => ({
      method: attribute(head, "method") ?? "get",
      action: new URL(attribute(head, "action") ?? "", link).href,
      fields: [...content.matchAll(/<(?:input|button)\b([^>]*)>/gi)]
        .map(([, tag]) => [attribute(tag, "name"), attribute(tag, "value") ?? ""])
        .filter(([name]) => name),
    }))
    .filter(({ method, action }) => method.toLowerCase() === "post" && /\/d\/[^/]+\/files\/\d+$/.test(new URL(action).pathname));
}

function attribute(tag, name) {
  const [, double, single, bare] = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(tag) ?? [];
  const value = double ?? single ?? bare;
  return value === undefined ? null : unescape(value);
}

function unescape(text) {
  const entities = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return entities[name.toLowerCase()] ?? whole;
    return String.fromCodePoint(parseInt(hex ?? decimal, hex ? 16 : 10));
  });
}
