/** The sender of everything the demo sends, whatever stands in the message. */
export const SENDER = "hanako@sender.example";

/** Whom the demo sends to, and what must come of it: `tls`, `link` or `undeliverable`. */
export const recipients = [
  { address: "taro@tls.example", expected: "tls" },
  { address: "jiro@tls.example", expected: "tls" },
  { address: "saburo@tls.example", expected: "tls" },
  { address: "shiro@plain.example", expected: "link" },
  { address: "goro@selfsigned.example", expected: "link" },
  { address: "rokuro@null.example", expected: "undeliverable" },
];
