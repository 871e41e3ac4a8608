export const HELP = `Usage: ./demo [--once] [FILE.eml]

Builds the app, starts it with a small world around it (storage, DNS, mail
servers and an inbox, all on this machine's loopback addresses), and sends one
mail with attachments to six recipients on four kinds of mail server. You see
how each of them is reached: over proven TLS with the attachments inside, by a
download link, or not at all.

  ./demo            sends a sample and stays up, so that you can look at the
                    inbox and open the links; Ctrl-C ends it
  ./demo --once     sends, checks every outcome itself, and ends:
                    exit code 0 when all is well, 1 when not
  ./demo FILE.eml   sends your own mail instead of the sample. Only to the six
                    recipients of the sandbox: no address or domain in the
                    file is looked up or connected to
  ./demo --help     shows this

Needed: the .NET 10 SDK and Node.js 20 or newer with npm. The first run fetches
packages and takes a minute or two. Several demos can run at once. Samples to
try: sandbox/samples/*.eml
`;

export class UsageError extends Error {}

/** What the command line asks for: `{ help, once, file }`. */
export function parse(args) {
  const options = { help: false, once: false, file: null };
  let onlyFiles = false;
  for (const arg of args) {
    if (!onlyFiles && arg === "--") onlyFiles = true;
    else if (!onlyFiles && (arg === "--help" || arg === "-h")) options.help = true;
    else if (!onlyFiles && arg === "--once") options.once = true;
    else if (!onlyFiles && arg.startsWith("-")) throw new UsageError(`unknown option ${arg}`);
    else if (options.file !== null) throw new UsageError(`one file at a time, please: ${options.file} and ${arg}`);
    else if (arg === "") throw new UsageError("the name of the file is empty");
    else options.file = arg;
  }
  return options;
}
