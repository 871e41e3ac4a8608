import { randomBytes } from "node:crypto";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { end, start } from "./children.js";
import { accepts, freePorts } from "./listening.js";

const PROGRAM = fileURLToPath(import.meta.resolve("azurite/package.json"));
const ACCOUNT = "sandbox";
const START_MS = 30_000;

/** Starts Azurite with an account of this run only, all in memory. */
export async function startAzurite(folder) {
  for (let attempt = 1; ; attempt++) {
    const azurite = await tryStart(folder);
    if (azurite.connectionString) return azurite;
    if (attempt === 3) throw new Error(`Azurite did not start:\n${azurite.output}`);
  }
}

async function tryStart(folder) {
  const [blob, queue, table] = await freePorts(3);
  const key = randomBytes(64).toString("base64");
  let output = "";
  const child = start(
    process.execPath,
    [
      path.join(path.dirname(PROGRAM), "dist/src/azurite.js"),
      ...["--skipApiVersionCheck", "--disableTelemetry", "--silent", "--inMemoryPersistence"],
      ...Object.entries({ blob, queue, table }).flatMap(([name, port]) => [`--${name}Port`, `${port}`]),
    ],
    { cwd: folder, env: { ...process.env, AZURITE_ACCOUNTS: `${ACCOUNT}:${key}` }, onOutput: (text) => (output += text) },
  );
  const deadline = Date.now() + START_MS;
  while (child.exitCode === null && Date.now() < deadline) {
    const up = await Promise.all([blob, queue, table].map((port) => accepts(port)));
    // A port that somebody else took in between accepts too, but then Azurite has ended.
    if (up.every(Boolean) && (await stays(child))) {
      return { connectionString: connectionString(key, { blob, queue, table }), close: () => end(child) };
    }
    await pause(50);
  }
  await end(child);
  return { output };
}

async function stays(child) {
  await pause(150);
  return child.exitCode === null;
}

function connectionString(key, ports) {
  const endpoint = (kind, port) => `${kind}Endpoint=http://127.0.0.1:${port}/${ACCOUNT};`;
  return (
    `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${key};` +
    endpoint("Blob", ports.blob) +
    endpoint("Queue", ports.queue) +
    endpoint("Table", ports.table)
  );
}
