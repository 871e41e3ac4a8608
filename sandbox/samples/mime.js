import encoding from "encoding-japanese";

/** Text in real ISO-2022-JP: seven-bit bytes with escape sequences. */
export const iso2022jp = (text) => Buffer.from(encoding.convert(text, { from: "UNICODE", to: "JIS", type: "array" }));

/** Text as encoded words (RFC 2047), cut between characters so that no word is over 75 characters. */
export function words(text, charset = "UTF-8") {
  const encode = charset === "UTF-8" ? (piece) => Buffer.from(piece) : iso2022jp;
  const pieces = [];
  for (const character of text) {
    const last = pieces.at(-1);
    if (last !== undefined && encode(last + character).length <= 42) pieces[pieces.length - 1] += character;
    else pieces.push(character);
  }
  return pieces.map((piece) => `=?${charset}?B?${encode(piece).toString("base64")}?=`).join("\r\n ");
}

/** A file name as standards have it (RFC 2231), in one piece. */
export const rfc2231 = (name) => `filename*=UTF-8''${encodeURIComponent(name)}`;

/** A file name as Outlook writes it: encoded words within quotes, which no standard allows and everybody reads. */
export const outlookName = (name, charset) => `filename="${words(name, charset)}"`;

/** A part or a whole message: header lines and a body. */
export const entity = (headers, body) => Buffer.concat([Buffer.from(`${headers.join("\r\n")}\r\n\r\n`), Buffer.from(body)]);

/** A base64 part of lines of 76 characters. */
export function base64Part(headers, content) {
  const lines = Buffer.from(content).toString("base64").match(/.{1,76}/g) ?? [];
  return entity([...headers, "Content-Transfer-Encoding: base64"], lines.join("\r\n"));
}

/** A multipart of the given kind; `boundary` is a word that no part holds. */
export function multipart(kind, boundary, parts, headers = []) {
  const body = parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, Buffer.from("\r\n")]);
  const type = `Content-Type: multipart/${kind};\r\n boundary="${boundary}"`;
  return entity([...headers, type], Buffer.concat([...body, Buffer.from(`--${boundary}--\r\n`)]));
}
