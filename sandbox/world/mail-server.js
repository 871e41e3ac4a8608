import { SMTPServer } from "smtp-server";
import { listen, closeServer } from "./listening.js";
import { mxHost } from "./servers.js";

const MAX_MESSAGE_BYTES = 60_000_000;

/**
 * Starts the mail server of one domain. It takes mail for its own domain and nothing else, and keeps a log line for
 * every connection in `mailroom`: how it was protected, and whether mail came or only a look was taken.
 */
export async function startMailServer({ domain, address, tls }, port, certificate, mailroom) {
  const connections = new Map();
  const of = (session) => connections.get(session.id);
  const server = new SMTPServer({
    name: mxHost(domain),
    banner: "TlsOrLink sandbox",
    size: MAX_MESSAGE_BYTES,
    ...certificate,
    minVersion: "TLSv1.2",
    disabledCommands: tls === "none" ? ["AUTH", "STARTTLS"] : ["AUTH"],
    disableReverseLookup: true,
    logger: commandLog((id) => connections.get(id)),
    onConnect(session, done) {
      connections.set(session.id, mailroom.connected({ domain, address, client: session.remoteAddress }));
      done();
    },
    onSecure(socket, session, done) {
      const { standardName, name } = socket.getCipher();
      Object.assign(of(session), { tlsVersion: socket.getProtocol(), cipher: standardName ?? name });
      of(session).serverName = socket.servername || null;
      done();
    },
    onMailFrom(_from, session, done) {
      of(session).mailFrom = true;
      done();
    },
    onRcptTo({ address: to }, _session, done) {
      if (to.toLowerCase().endsWith(`@${domain}`)) return done();
      done(Object.assign(new Error("5.7.1 Relaying denied"), { responseCode: 550 }));
    },
    onData(stream, session, done) {
      const chunks = [];
      stream.on("data", (chunk) => {
        chunks.push(chunk);
        if (!session.secure) of(session).dataBytesInClear += chunk.length;
      });
      stream.on("error", () => {}); // the sender hung up in the middle: nothing to keep
      stream.on("end", () => {
        if (stream.sizeExceeded) return done(Object.assign(new Error("5.3.4 Too big"), { responseCode: 552 }));
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map((recipient) => recipient.address);
        mailroom
          .received(of(session), { from: mailFrom.address ?? "", to, raw: Buffer.concat(chunks) })
          .then((id) => done(null, `2.0.0 Kept as number ${id}`), done);
      });
    },
    onClose(session) {
      const connection = of(session);
      if (connection) connection.open = false;
      connections.delete(session.id);
    },
  });
  server.on("error", () => {}); // broken handshakes and hang-ups, which the connection's log line shows
  const boundPort = await listen(server.server, port, address);
  return { port: boundPort, close: () => closeServer(server.server) };
}

/** smtp-server tells of commands only through its logger: the names of the commands go into the connection's line. */
function commandLog(connectionOf) {
  const ignore = () => {};
  const debug = (entry) => {
    if (entry?.tnx === "command" && /^[A-Z]{4,10}$/.test(entry.command)) connectionOf(entry.cid)?.commands.push(entry.command);
  };
  return { level: ignore, trace: ignore, debug, info: ignore, warn: ignore, error: ignore, fatal: ignore };
}
