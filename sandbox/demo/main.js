import { fileURLToPath } from "node:url";
import { endAll, killAll } from "../world/children.js";
import { readMail } from "./mail-file.js";
import { HELP, parse, UsageError } from "./options.js";
import { getReady } from "./setup.js";

const SAMPLE = fileURLToPath(new URL("../samples/quotation.eml", import.meta.url));
const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };

const begun = Date.now();
const say = (text = "") => console.log(text);
const open = []; // what is to be closed at the end, the last one first
let ending = false;

try {
  const options = parse(process.argv.slice(2));
  if (options.help) say(HELP.trimEnd());
  else await finish((await demo(options)) ? 0 : 1);
} catch (error) {
  await fail(error);
}

/** The whole demo; true when all went well. */
async function demo({ once, file }) {
  const mail = readMail(file ?? SAMPLE);
  endOnSignals();
  say("1. Getting ready");
  await getReady((text) => say(`   ${text}`));
  const { run } = await import("./run.js"); // only now: it needs the packages
  const opened = async (starting) => {
    const part = await starting;
    open.push(part);
    return part;
  };
  return run({ mail, name: file ?? "a sample mail", once, say, opened, begun });
}

async function fail(error) {
  if (ending) return; // what breaks while all is being closed is no news
  if (error instanceof UsageError) {
    console.error(`demo: ${error.message}\nTry ./demo --help`);
    return finish(2);
  }
  console.error(`demo: ${error.forPeople ? error.message : error.stack}`);
  return finish(1);
}

/** Closes everything and ends with the given exit code. */
async function finish(code) {
  if (ending) return;
  ending = true;
  for (const part of open.reverse()) await part.close().catch((error) => console.error(error.message));
  await endAll();
  process.exit(code);
}

function endOnSignals() {
  process.on("exit", killAll);
  process.stdout.on("error", () => finish(1)); // nobody reads on: `./demo | head`
  for (const [signal, number] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      if (ending) process.exit(128 + number); // asked a second time: at once
      say("\nEnding the demo …");
      finish(128 + number);
    });
  }
}
