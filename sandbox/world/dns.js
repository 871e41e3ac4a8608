import dgram from "node:dgram";
import net from "node:net";
import packet from "dns-packet";
import { closeServer, listen } from "./listening.js";
import { lookUp } from "./zones.js";

const RCODES = { NOERROR: 0, FORMERR: 1, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 };
const CLASSIC_UDP_BYTES = 512;
const OUR_UDP_BYTES = 1232;

/** Starts the DNS server on one port of 127.0.0.1, UDP and TCP; `queries` is the log of what was asked. */
export async function startDns(zones) {
  const queries = [];
  const answer = (bytes, transport) => {
    const reply = replyTo(zones, bytes);
    if (!reply) return null;
    const { name, type } = reply.questions[0] ?? {};
    if (name) queries.push({ at: new Date().toISOString(), name, type, transport, rcode: reply.rcode });
    return reply;
  };
  const { tcp, udp, port } = await bindBoth();
  udp.on("message", (bytes, from) => {
    const reply = answer(bytes, "udp");
    if (reply) udp.send(packForUdp(reply), from.port, from.address);
  });
  tcp.on("connection", (socket) => serveTcp(socket, (bytes) => answer(bytes, "tcp")));
  const close = async () => {
    await new Promise((done) => udp.close(done));
    await closeServer(tcp);
  };
  return { address: `127.0.0.1:${port}`, queries, close };
}

async function bindBoth() {
  for (let attempt = 0; ; attempt++) {
    const tcp = net.createServer();
    const port = await listen(tcp, 0, "127.0.0.1");
    const udp = dgram.createSocket("udp4");
    try {
      await new Promise((done, fail) => udp.once("error", fail).bind(port, "127.0.0.1", done));
      udp.removeAllListeners("error");
      udp.on("error", () => {}); // a reply to a client that has gone
      return { tcp, udp, port };
    } catch (error) {
      udp.close();
      await closeServer(tcp);
      if (error.code !== "EADDRINUSE" || attempt === 9) throw error;
    }
  }
}

/** The reply, or null where the bytes are no question that could be answered. */
function replyTo(zones, bytes) {
  let query;
  try {
    query = packet.decode(bytes);
  } catch {
    if (bytes.length < 12) return null;
    return reply({ id: bytes.readUInt16BE(0), flags: 0, questions: [] }, "FORMERR");
  }
  if (query.type !== "query") return null;
  if (query.opcode !== "QUERY") return reply(query, "NOTIMP");
  if (query.questions.length !== 1) return reply(query, "FORMERR");
  const found = lookUp(zones, query.questions[0]);
  return { ...reply(query, found.rcode), answers: found.answers, authorities: found.authorities };
}

function reply(query, rcode) {
  const asked = query.additionals?.find((record) => record.type === "OPT");
  const authoritative = rcode === "NOERROR" || rcode === "NXDOMAIN" ? packet.AUTHORITATIVE_ANSWER : 0;
  return {
    id: query.id,
    type: "response",
    // Recursion is "available": the app asks this server as it would ask its resolver.
    flags: (query.flags & packet.RECURSION_DESIRED) | packet.RECURSION_AVAILABLE | authoritative | RCODES[rcode],
    rcode,
    questions: query.questions,
    answers: [],
    authorities: [],
    additionals: asked ? [{ type: "OPT", name: ".", udpPayloadSize: OUR_UDP_BYTES, flags: 0, options: [] }] : [],
    udpBytes: asked ? Math.min(Math.max(asked.udpPayloadSize, CLASSIC_UDP_BYTES), OUR_UDP_BYTES) : CLASSIC_UDP_BYTES,
  };
}

function packForUdp(reply) {
  const whole = packet.encode(reply);
  if (whole.length <= reply.udpBytes) return whole;
  return packet.encode({ ...reply, flags: reply.flags | packet.TRUNCATED_RESPONSE, answers: [], authorities: [] });
}

function serveTcp(socket, answer) {
  let pending = Buffer.alloc(0);
  socket.setTimeout(30_000, () => socket.destroy());
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
      const end = 2 + pending.readUInt16BE(0);
      const reply = answer(pending.subarray(2, end));
      pending = pending.subarray(end);
      if (!reply) return socket.destroy();
      socket.write(packet.streamEncode(reply));
    }
  });
}
