/** Text made safe for HTML content and quoted attributes. */
export function escape(text) {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return String(text).replace(/[&<>"']/g, (character) => entities[character]);
}

class Markup extends String {}

/** A template for HTML: what is put in is escaped, unless it is markup itself; lists are joined. */
export function html(strings, ...values) {
  const parts = values.map((value) => [value].flat().map(render).join(""));
  return new Markup(strings.reduce((whole, string, index) => whole + parts[index - 1] + string));
}

const render = (value) => (value instanceof Markup ? value.toString() : escape(value ?? ""));

/** Plain text with its web addresses as links. */
export function linked(text) {
  const pieces = text.split(/(https?:\/\/[^\s<>"'「」（）。、]+)/);
  return pieces.map((piece, index) =>
    index % 2 === 1 ? html`<a href="${piece}" target="_blank" rel="noreferrer">${piece}</a>` : html`${piece}`,
  );
}

/** A size for people: 1 kB is 1000 bytes. */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
