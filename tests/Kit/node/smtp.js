"use strict";
// One mail server as the first argument (JSON) says; tells what happens as JSON lines on standard output.
const fs = require("node:fs");
const { SMTPServer } = require("smtp-server");

const wish = JSON.parse(process.argv[2]);
const tell = (event) => process.stdout.write(JSON.stringify(event) + "\n");

function refusalOf(command) {
  const reply = wish.refusals[command];
  if (!reply) return null;
  const error = new Error(reply.slice(4));
  error.responseCode = Number(reply.slice(0, 3));
  return error;
}

const server = new SMTPServer({
  name: wish.hostName,
  banner: "kit",
  cert: fs.readFileSync(wish.certificateFile),
  key: fs.readFileSync(wish.keyFile),
  ...(wish.minimumVersion && { minVersion: wish.minimumVersion }),
  ...(wish.maximumVersion && { maxVersion: wish.maximumVersion }),
  hideREQUIRETLS: !wish.requireTls,
  hideSTARTTLS: !wish.startTls,
  secure: wish.tlsFromStart,
  authOptional: !wish.user,
  disabledCommands: wish.user ? [] : ["AUTH"],
  authMethods: wish.authMethods,
  onAuth(auth, session, done) {
    tell({ event: "auth", method: auth.method, tls: session.secure });
    const known = auth.username === wish.user && auth.password === wish.secret;
    done(known ? null : new Error("unknown user"), known ? { user: auth.username } : undefined);
  },
  disableReverseLookup: true,
  logger: false,
  onConnect(session, done) {
    tell({ event: "connected" });
    done(refusalOf("CONNECT"));
  },
  onMailFrom(address, session, done) {
    done(refusalOf("MAIL"));
  },
  onRcptTo(address, session, done) {
    done(refusalOf("RCPT"));
  },
  onData(stream, session, done) {
    const parts = [];
    stream.on("data", (part) => parts.push(part));
    stream.on("end", () => {
      const { mailFrom, rcptTo, requireTLS } = session.envelope;
      tell({
        event: "message",
        sender: mailFrom ? mailFrom.address : "",
        recipients: rcptTo.map((r) => r.address),
        requireTls: requireTLS === true,
        user: session.user || null,
        tls: session.tlsOptions ? session.tlsOptions.version || "" : null,
        content: Buffer.concat(parts).toString("base64"),
      });
      done(refusalOf("DATA"));
    });
  },
});

server.on("error", (error) => tell({ event: "error", message: error.message }));
server.listen(wish.port, wish.address, () => tell({ event: "listening" }));
