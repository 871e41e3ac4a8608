import { createHash, randomBytes } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { end, start } from "../world/children.js";
import { freePorts } from "../world/listening.js";
import { SENDER } from "./recipients.js";
import { ROOT } from "./setup.js";

const PROGRAM = path.join(ROOT, "Functions/bin/Embedded/Release/net10.0/TlsOrLink.Functions.dll");
const LOG = "app.log";
const START_MS = 60_000;
const LAST_LINES = 40;
const PROXIES = /^(https?|all)_proxy$/i;

/** The app did not do its part. */
export class AppError extends Error {
  forPeople = true;
}

/** Starts the app for the given sandbox and waits until it answers. */
export async function startApp(world) {
  if (!existsSync(PROGRAM)) throw new AppError(`the build has left no ${PROGRAM}`);
  const log = path.join(world.folder, LOG);
  for (let attempt = 1; ; attempt++) {
    const [port] = await freePorts(1);
    const url = `http://127.0.0.1:${port}`;
    const key = randomBytes(24).toString("hex");
    const child = start("dotnet", [PROGRAM], {
      cwd: world.folder,
      env: { ...withoutProxies(process.env), ...world.settings, ...settings(url, key, world.folder) },
      onOutput: (text) => appendFileSync(log, text),
    });
    if (await answers(child, url)) {
      return { url, close: () => end(child), died: () => child.exitCode !== null, ...api(url, key) };
    }
    await end(child);
    if (attempt < 3 && /address already in use/i.test(textOf(log))) continue;
    throw new AppError("the app did not start");
  }
}

/** The end of what the app wrote, for a person who must find out why; empty where it wrote nothing. */
export const lastWords = (world) => textOf(path.join(world.folder, LOG)).trim().split("\n").slice(-LAST_LINES).join("\n");

const textOf = (file) => (existsSync(file) ? readFileSync(file, "utf8") : "");

function settings(url, key, folder) {
  return {
    ASPNETCORE_URLS: url,
    ASPNETCORE_ENVIRONMENT: "Development",
    DOTNET_ENVIRONMENT: "Development",
    DOTNET_NOLOGO: "1",
    Embedded__Database: path.join(folder, "orchestrations.db"),
    Storage__HashKey: randomBytes(32).toString("base64"),
    Events__ChainKey: randomBytes(32).toString("base64"),
    Sending__EhloName: "out.sender.example",
    Links__Host: url,
    Links__CompanyName: "株式会社みどり商事",
    Delivery__FirstRetry: "00:00:05",
    Purging__Schedule: "*/15 * * * * *",
    Reconciling__Schedule: "*/15 * * * * *",
    Callers__0__Name: "demo",
    Callers__0__KeyHash: createHash("sha256").update(key).digest("hex"),
    Callers__0__Roles__0: "sender",
    Callers__0__Senders__0: `*@${SENDER.split("@")[1]}`,
  };
}

/** The sandbox is on loopback: a proxy for the way out must not come between. */
function withoutProxies(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !PROXIES.test(name)));
}

async function answers(child, url) {
  for (const deadline = Date.now() + START_MS; child.exitCode === null && Date.now() < deadline; await pause(100)) {
    const response = await fetch(`${url}/health`).catch(() => null);
    await response?.arrayBuffer();
    if (response) return child.exitCode === null;
  }
  return false;
}

function api(url, key) {
  const call = async (path, expected, request = {}) => {
    const headers = { ...request.headers, "x-functions-key": key };
    const response = await fetch(`${url}${path}`, { ...request, headers }).catch((error) => {
      throw new AppError("the app does not answer any more", { cause: error });
    });
    const body = await response.text();
    if (response.status !== expected) throw new AppError(`the app refuses: ${response.status} ${explain(body)}`);
    return JSON.parse(body);
  };
  return {
    key,

    /** Hands a message in and gives its id. */
    async post(mail, sender, addresses) {
      const envelope = { "X-Envelope-From": sender, "X-Envelope-To": addresses.join(", ") };
      const headers = { "Content-Type": "message/rfc822", ...envelope };
      return (await call("/api/messages", 202, { method: "POST", headers, body: mail })).id;
    },

    /** The state of a message and of each recipient. */
    message: (id) => call(`/api/messages/${id}`, 200),
  };
}

/** A problem document (RFC 9457) in one line. */
function explain(body) {
  try {
    const { title, detail, errors } = JSON.parse(body);
    return [title, detail, errors && JSON.stringify(errors)].filter(Boolean).join(": ") || body;
  } catch {
    return body.slice(0, 500);
  }
}
