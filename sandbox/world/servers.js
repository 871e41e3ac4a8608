/**
 * Who lives in the sandbox. One line per mail domain is all it takes: DNS records, certificate, mail server and
 * inbox follow from it.
 *
 * tls: 'valid'        STARTTLS with a certificate of the sandbox's own CA, for the right name
 *      'self-signed'  STARTTLS with a certificate that nobody vouches for
 *      'none'         no STARTTLS at all
 * A line without an address is a domain that takes no mail (null MX, RFC 7505).
 */
export const mailDomains = [
  { domain: "tls.example", address: "127.0.0.21", tls: "valid" },
  { domain: "plain.example", address: "127.0.0.22", tls: "none" },
  { domain: "selfsigned.example", address: "127.0.0.23", tls: "self-signed" },
  { domain: "null.example" },
  { domain: "sender.example", address: "127.0.0.24", tls: "valid" },
];

/** The name of a domain's one mail server. */
export const mxHost = (domain) => `mx.${domain}`;
