const BLOCK = 30;
const LEAST = 12;

/** The length of a run that two texts must share before one counts as a trace of the other. */
const TRACE_LENGTH = 60;

/**
 * Whether any 60 characters in a row of `needle` stand anywhere in `hay`. A shorter needle must stand there whole, and
 * one of a few characters says nothing.
 */
export function sharesTrace(needle, hay) {
  if (needle.length < TRACE_LENGTH) return needle.length >= LEAST && hay.includes(needle);
  // Any 60 characters in a row hold a whole aligned block of 30: look for blocks, then see how far a hit reaches.
  const blocks = new Map();
  for (let at = 0; at + BLOCK <= needle.length; at += BLOCK) {
    const block = needle.slice(at, at + BLOCK);
    if (blocks.has(block)) blocks.get(block).push(at);
    else blocks.set(block, [at]);
  }
  for (let at = 0; at + BLOCK <= hay.length; at++) {
    for (const found of blocks.get(hay.slice(at, at + BLOCK)) ?? []) {
      let [before, after] = [0, BLOCK];
      while (found > before && at > before && needle[found - before - 1] === hay[at - before - 1]) before++;
      while (found + after < needle.length && needle[found + after] === hay[at + after]) after++;
      if (before + after >= TRACE_LENGTH) return true;
    }
  }
  return false;
}

/**
 * Whether the source of a mail holds any part of a file: in base64 (lines joined, at each of the three alignments), or
 * as it is.
 */
export function holdsPartOf(file, source) {
  const raw = source.toString("latin1");
  const joined = raw.replace(/\s+/g, "");
  const inBase64 = [0, 1, 2].some((skipped) => {
    const whole = file.subarray(skipped, file.length - ((file.length - skipped) % 3)).toString("base64");
    return sharesTrace(whole, joined);
  });
  return inBase64 || sharesTrace(file.toString("latin1"), raw);
}
