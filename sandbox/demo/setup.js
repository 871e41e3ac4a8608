import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { endAll, start } from "../world/children.js";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SANDBOX = path.join(ROOT, "sandbox");
const STAMP = path.join(SANDBOX, "node_modules", ".installed-lock");

/** A step of getting ready that failed, with what the tool said. */
export class SetupError extends Error {
  forPeople = true;
}

/** Packages and build, side by side; one demo at a time, others wait. `say` hears of each step that is done. */
export async function getReady(say) {
  const unlock = await lock(path.join(ROOT, ".work", "demo-setup.lock"), say);
  try {
    await Promise.all([installPackages(say), buildApp(say)]);
  } catch (error) {
    await endAll(); // the other half must not go on without the lock
    throw error;
  } finally {
    unlock();
  }
}

async function installPackages(say) {
  const wanted = createHash("sha256").update(readFileSync(path.join(SANDBOX, "package-lock.json"))).digest("hex");
  if (readOrNull(STAMP) === wanted) return say("packages of the sandbox: installed already");
  const seconds = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: SANDBOX });
  writeFileSync(STAMP, wanted);
  say(`packages of the sandbox: installed (npm ci, ${seconds} s)`);
}

async function buildApp(say) {
  const quick = ["--nologo", "--verbosity", "quiet", "--disable-build-servers", "-p:RunAnalyzers=false"];
  const env = { ...process.env, DOTNET_NOLOGO: "1", DOTNET_CLI_TELEMETRY_OPTOUT: "1", MSBUILDDISABLENODEREUSE: "1" };
  const args = ["build", "Functions", "-c", "Release", "-p:FunctionsHost=Embedded", ...quick];
  say(`app: built (dotnet build Functions -c Release, ${await run("dotnet", args, { cwd: ROOT, env })} s)`);
}

const HINTS = {
  npm: "npm comes with Node.js, or is a package of its own (Debian: apt install npm)",
  dotnet: "the .NET 10 SDK is needed: https://dotnet.microsoft.com/download",
};

async function run(command, args, options) {
  const begun = Date.now();
  let output = "";
  const code = await start(command, args, { ...options, onOutput: (text) => (output += text) }).exited;
  if (code === 127) throw new SetupError(`${command} is not there: ${HINTS[command]}`);
  if (code !== 0) throw new SetupError(`${command} ${args[0]} failed (exit code ${code}):\n${output.trim().split("\n").slice(-30).join("\n")}`);
  return Math.round((Date.now() - begun) / 1000);
}

/** Takes the lock file, waiting while the process named in it lives. Gives the function that lets go of it. */
async function lock(file, say) {
  mkdirSync(path.dirname(file), { recursive: true });
  for (let told = false; ; ) {
    try {
      writeFileSync(file, `${process.pid}`, { flag: "wx" });
      const unlock = () => rmSync(file, { force: true });
      process.once("exit", unlock);
      return () => {
        process.removeListener("exit", unlock);
        unlock();
      };
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const owner = readOrNull(file);
    if (owner && !lives(Number(owner))) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) say("another demo is getting ready: waiting for it");
    told = true;
    await pause(200);
  }
}

function lives(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

function readOrNull(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}
