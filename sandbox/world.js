import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { startInbox } from "./inbox/server.js";
import { startAzurite } from "./world/azurite.js";
import { makeAuthority, makeSelfSigned } from "./world/certificates.js";
import { endAll, killAll } from "./world/children.js";
import { startDns } from "./world/dns.js";
import { startMailServer } from "./world/mail-server.js";
import { openMailroom } from "./world/mailroom.js";
import { mailDomains, mxHost } from "./world/servers.js";
import { zonesOf } from "./world/zones.js";

/**
 * Starts the whole sandbox on free ports of loopback addresses: storage, DNS, mail servers, inbox.
 * `settings` are the app's settings for it (environment variables); `close` ends everything and removes its folder.
 */
export async function startWorld() {
  const folder = mkdtempSync(path.join(tmpdir(), "tlsorlink-sandbox-"));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", removeFolder); // should it end in the middle of starting
  const parts = [];
  const close = async () => {
    await Promise.allSettled(parts.map((part) => part.close()));
    process.removeListener("exit", removeFolder);
    removeFolder();
  };
  const up = async (starting) => {
    const part = await starting;
    parts.push(part);
    return part;
  };
  try {
    const mailroom = openMailroom();
    const authority = await makeAuthority();
    const trustBundle = path.join(folder, "sandbox-ca.pem");
    const storing = up(startAzurite(folder));
    storing.catch(() => {}); // awaited below; a failure before that must not end the process
    const dns = await up(startDns(zonesOf(mailDomains)));
    const smtpPort = await startMailServers(authority, mailroom, up);
    const inbox = await up(startInbox(mailroom, dns.queries));
    writeFileSync(trustBundle, authority.pem);
    const storage = await storing;
    return {
      folder,
      inbox: inbox.url,
      smtpPort,
      settings: {
        Storage__StateConnection: storage.connectionString,
        Storage__ContentConnection: storage.connectionString,
        Dns__Servers__0: dns.address,
        Smtp__Port: `${smtpPort}`,
        Smtp__OpenRanges__0: "127.0.0.0/8",
        Smtp__TrustBundle: trustBundle,
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startMailServers(authority, mailroom, up) {
  let port = 0; // free at the first address; the others take the same one
  for (const line of mailDomains.filter(({ address }) => address)) {
    const host = mxHost(line.domain);
    const certificate = line.tls === "self-signed" ? await makeSelfSigned(host) : await authority.issue(host);
    ({ port } = await up(startMailServer(line, port, certificate, mailroom)));
  }
  return port;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const stop = async (world) => {
    await world?.close();
    await endAll();
    process.exit(0);
  };
  let world;
  process.once("exit", killAll);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => stop(world));
  world = await startWorld();
  console.log(`Inbox:  ${world.inbox}\n\nSettings of the app for this sandbox:\n`);
  for (const [name, value] of Object.entries(world.settings)) console.log(`export ${name}='${value}'`);
  console.log("\nCtrl-C ends it.");
}
