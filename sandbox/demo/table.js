const HEADINGS = ["RECIPIENT", "VERDICT", "ROUTE", "REASON", "STATE"];
const WIDTHS = [0, 13, 5, 20, 13]; // at least; the widest recipient decides the first
const REASON = 3;
const GAP = "  ";

const cells = ({ address, level, route, plannedRoute, reason, state }) =>
  [address, level, route ?? plannedRoute, reason, state].map((cell) => cell || "-");

/**
 * A table of recipients that follows their states: redrawn in place on a terminal, else a line for every change.
 * `show` takes the recipients as the API gives them.
 */
export function openTable(addresses, out = process.stdout) {
  const rows = new Map(addresses.map((address) => [address, cells({ address })]));
  const begun = Date.now();
  let drawnLines = 0;

  function redraw() {
    if (drawnLines) out.write(`\x1b[${drawnLines}A`);
    const widths = widthsOf([HEADINGS, ...rows.values()], out.columns);
    const lines = [HEADINGS, ...rows.values()].map((row) => line(row, widths).slice(0, (out.columns || 80) - 1));
    for (const text of lines) out.write(`\x1b[2K${text}\n`);
    drawnLines = lines.length;
  }

  function append(changed) {
    const widths = widthsOf([HEADINGS, ...rows.values()], Infinity);
    if (!drawnLines++) out.write(`     s  ${line(HEADINGS, widths)}\n`);
    const seconds = ((Date.now() - begun) / 1000).toFixed(1).padStart(6);
    for (const row of changed) out.write(`${seconds}  ${line(row, widths)}\n`);
  }

  return {
    show(recipients) {
      const changed = recipients
        .map(cells)
        .filter((row) => row.join() !== rows.get(row[0])?.join())
        .sort(([a], [b]) => addresses.indexOf(a) - addresses.indexOf(b));
      for (const row of changed) rows.set(row[0], row);
      if (changed.length === 0) return;
      if (out.isTTY) redraw();
      else append(changed);
    },
  };
}

/** Wide enough for all; on a narrow terminal the reason gives way. */
function widthsOf(rows, columns = 80) {
  const widths = WIDTHS.map((least, index) => Math.max(least, ...rows.map((row) => row[index].length)));
  const others = widths.reduce((sum, width, index) => sum + (index === REASON ? 0 : width + GAP.length), 0);
  widths[REASON] = Math.min(widths[REASON], Math.max(8, columns - others - 1));
  return widths;
}

function line(row, widths) {
  const fitted = row.map((cell, index) => {
    const width = widths[index];
    return cell.length > width ? `${cell.slice(0, width - 1)}…` : cell.padEnd(width);
  });
  return fitted.join(GAP).trimEnd();
}
