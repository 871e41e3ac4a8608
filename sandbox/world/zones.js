import { mxHost } from "./servers.js";

const TTL = 60;

/** The DNS zones of the given mail domains: Map from zone name to its records, as dns-packet writes them. */
export function zonesOf(mailDomains) {
  return new Map(mailDomains.map((line) => [line.domain, recordsOf(line)]));
}

function recordsOf({ domain, address }) {
  const mx = mxHost(domain);
  const soa = record(domain, "SOA", {
    mname: `ns.${domain}`,
    rname: `hostmaster.${domain}`,
    serial: 1,
    refresh: 3600,
    retry: 600,
    expire: 86400,
    minimum: TTL,
  });
  if (!address) return [soa, record(domain, "MX", { preference: 0, exchange: "." })];
  return [
    soa,
    record(domain, "MX", { preference: 10, exchange: mx }),
    record(domain, "TXT", `v=spf1 ip4:${address} -all`),
    record(mx, "A", address),
  ];
}

const record = (name, type, data) => ({ name, type, ttl: TTL, class: "IN", data });

/**
 * What the zones say to one question. Outside the zones the answer is REFUSED: the sandbox speaks for its own names
 * only. A name without the type asked for gives NODATA, a name that does not exist NXDOMAIN, both with the SOA
 * (RFC 2308).
 */
export function lookUp(zones, { name, type, class: dnsClass }) {
  const asked = name.toLowerCase();
  const zone = [...zones.keys()].find((zone) => asked === zone || asked.endsWith(`.${zone}`));
  if (!zone || dnsClass !== "IN") return { rcode: "REFUSED", answers: [], authorities: [] };

  const records = zones.get(zone);
  const here = records.filter((record) => record.name === asked);
  const answers = here.filter((record) => type === "ANY" || record.type === type);
  if (answers.length > 0) {
    // The owner name comes back as it was asked, whatever its case.
    return { rcode: "NOERROR", answers: answers.map((answer) => ({ ...answer, name })), authorities: [] };
  }
  const exists = here.length > 0 || records.some((record) => record.name.endsWith(`.${asked}`));
  return { rcode: exists ? "NOERROR" : "NXDOMAIN", answers: [], authorities: [records[0]] };
}
