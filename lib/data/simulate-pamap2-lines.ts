/** A simulated session as the bytes of a `.dat` file. */
import { pamap2Columns } from "./pamap2-columns";
import type { SimulatedSession } from "./simulate-pamap2-session";

/** Decimals by column: fixed, as many as the sensors resolve; the original writes 6 significant digits. */
const decimals = Uint8Array.from(pamap2Columns, ({ name }) => {
  if (name === "time") return 2;
  if (name.includes("temperature")) return 4; // steps of 1/16
  if (name.includes("mag")) return 3;
  if (name.includes("acc6")) return 3;
  return name.includes("acc16") || name.includes("gyro") ? 4 : 0;
});
const powers = [1, 10, 100, 1_000, 10_000] as const;
/** The longest number is "-9999.9999 ". */
const widest = 11;

/** Lines of 54 numbers, parted by spaces, each line ended by \n; NaN where nothing was measured. */
export function pamap2Lines({ rows, startSeconds, values }: SimulatedSession): Buffer {
  const columns = pamap2Columns.length;
  const out = Buffer.allocUnsafe(rows * columns * widest);
  const startHundredths = Math.round(100 * startSeconds);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    at = writeScaled(out, at, startHundredths + row, 2);
    for (let column = 1; column < columns; column++) {
      out[at++] = 32;
      const value = values[row * columns + column]!;
      const places = decimals[column]!;
      at = value === value ? writeScaled(out, at, Math.round(value * powers[places]!), places) : writeNaN(out, at);
    }
    out[at++] = 10;
  }
  return out.subarray(0, at);
}

/** Writes `scaled` / 10^places, digit by digit from the right; `toFixed` would take ten times as long. */
function writeScaled(out: Buffer, at: number, scaled: number, places: number): number {
  let rest = scaled | 0;
  if (rest < 0) {
    out[at++] = 45;
    rest = -rest;
  }
  let digits = places + 1;
  for (let limit = 10 * powers[places as 0]; rest >= limit; limit *= 10) digits++;
  const end = at + digits + (places ? 1 : 0);
  let i = end - 1;
  for (let d = 0; d < digits; d++) {
    if (places && d === places) out[i--] = 46;
    const tenth = (rest / 10) | 0;
    out[i--] = 48 + rest - 10 * tenth;
    rest = tenth;
  }
  return end;
}

function writeNaN(out: Buffer, at: number): number {
  out[at] = out[at + 2] = 78;
  out[at + 1] = 97;
  return at + 3;
}
