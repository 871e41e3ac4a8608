import { setTimeout as pause } from "node:timers/promises";
import { startWorld } from "../world.js";
import { AppError, lastWords, startApp } from "./app.js";
import { checkOutcomes } from "./checks.js";
import { foreignNames, inboxAt, linkIn, mailsFor } from "./inbox.js";
import { recipients, SENDER } from "./recipients.js";
import { openTable } from "./table.js";

const FINISHED = ["completed", "cancelled", "rejected", "expired"];
const PATIENCE_MS = 90_000;
const MOST_SECONDS = 240;

const addresses = recipients.map(({ address }) => address);

/** Starts everything, sends the mail and shows what comes of it. True when all went well. */
export async function run({ mail, name, once, say, opened, begun }) {
  say("2. Starting the sandbox: storage, DNS, mail servers, inbox");
  const world = await opened(startWorld());
  say(`   inbox: ${world.inbox}`);
  try {
    say("3. Starting the app");
    const app = await opened(startApp(world));
    say(`   app: ${app.url}`);

    say(`4. Sending ${name} from ${SENDER} to ${addresses.length} recipients`);
    const id = await app.post(mail, SENDER, addresses);
    say(`   message ${id}\n`);
    const state = await follow(app, id, openTable(addresses));

    const inbox = inboxAt(world.inbox);
    await tell({ app, id, world, inbox, say });
    if (!once) return await stayUp(app, say);
    const well = await judge({ mail, state, inbox, app }, say, begun);
    if (!well) say(appSays(world));
    return well;
  } catch (error) {
    if (error instanceof AppError) error.message += `\n${appSays(world)}`;
    throw error;
  }
}

/** Shows the states until the message is finished. */
async function follow(app, id, table) {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await pause(150)) {
    const state = await app.message(id);
    table.show(state.recipients);
    if (FINISHED.includes(state.state)) return state;
  }
  throw new AppError(`the message is not finished after ${PATIENCE_MS / 1000} s`);
}

async function tell({ app, id, world, inbox, say }) {
  const messages = await inbox.messages();
  say("\nLinks, as they stand in the mails that arrived:");
  for (const address of addresses) {
    const links = mailsFor(messages, address).map((mail) => linkIn(mail, app.url));
    for (const link of links.filter(Boolean)) say(`   ${address.padEnd(26)}${link}`);
  }
  const foreign = foreignNames(await inbox.dnsQueries());
  say(`\nLooked up in the DNS outside the sandbox: ${foreign.join(", ") || "nothing"}`);
  say(`\nInbox          ${world.inbox}`);
  say(`Landing pages  ${app.url}/d/… (the links above)`);
  say(`Status         curl -H 'x-functions-key: ${app.key}' ${app.url}/api/messages/${id}`);
}

async function stayUp(app, say) {
  say("\nAll stays up for you to look around. Ctrl-C ends it.");
  while (!app.died()) await pause(500);
  throw new AppError("the app has ended by itself");
}

async function judge(outcome, say, begun) {
  let failed = 0;
  const check = (text, ok, found) => {
    if (!ok) failed++;
    say(`   ${ok ? "ok     " : "FAILED "} ${text}${ok ? "" : ` (${found})`}`);
  };
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  say("\nChecks");
  await checkOutcomes({ ...outcome, check });
  check(`all of it within ${MOST_SECONDS} s`, seconds() < MOST_SECONDS, "too slow");
  say(failed === 0 ? `\nAll is well (${seconds()} s).` : `\n${failed} of the checks FAILED (${seconds()} s).`);
  return failed === 0;
}

function appSays(world) {
  const words = lastWords(world);
  return words ? `\nThe app's last words:\n${words}` : "\nThe app wrote nothing.";
}
