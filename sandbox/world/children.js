import { spawn } from "node:child_process";

const living = new Set();

// The command runs beside a reader of the pipe that this process holds open: should this process die without a word
// (kill -9), the pipe ends and the command's whole process group goes with it.
const LEASH = `
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
{ trap '' TERM; read -r _ <&3; kill -TERM -$$; sleep 2; kill -KILL -$$; } >/dev/null 2>&1 &
leash=$!
exec 3<&-
wait $child
code=$?
kill -KILL $leash
exit $code`;

/** Starts a command in a process group of its own, so that it can be ended with all that it started. */
export function start(command, args, { cwd, env, onOutput = () => {} } = {}) {
  const shell = spawn("/bin/sh", ["-c", LEASH, "sh", command, ...args], { cwd, env, detached: true });
  const child = { pid: shell.pid, exitCode: null };
  child.exited = new Promise((done) => {
    shell.once("error", (error) => {
      onOutput(`${error.message}\n`);
      done((child.exitCode = 127));
    });
    shell.once("close", (code, signal) => {
      living.delete(child);
      done((child.exitCode = code ?? signal));
    });
  });
  for (const stream of [shell.stdout, shell.stderr]) stream?.setEncoding("utf8").on("data", onOutput);
  if (shell.pid) living.add(child);
  return child;
}

/** Ends a child and all that it started: politely, and after `patience` ms by force. */
export async function end(child, patience = 5000) {
  if (!living.has(child)) return;
  signal(child, "SIGTERM");
  const timer = setTimeout(() => signal(child, "SIGKILL"), patience);
  await child.exited;
  clearTimeout(timer);
  signal(child, "SIGKILL"); // grandchildren that stayed behind
}

/** Ends every child that is left. */
export const endAll = () => Promise.all([...living].map((child) => end(child)));

/** The last resort, for an exit handler, where nothing can be waited for. */
export const killAll = () => living.forEach((child) => signal(child, "SIGKILL"));

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
