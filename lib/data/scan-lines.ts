/** The hot loop of the number scanner: lines of text to rows of a block. */

const [newline, space, carriageReturn, minus, point, zero] = [10, 32, 13, 45, 46, 48] as const;
/** 10ᵏ is exact in a double up to k = 22. */
const powers = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

export interface Lines {
  /** The byte at which the next line starts. */
  at: number;
  /** The row of the block that it fills. */
  row: number;
  /** The column at which a line went wrong, else -1. */
  wrong: number;
}

/**
 * Reads lines until the block is full or the bytes are used up; these end with a newline, at which every inner loop
 * stops. Stops before a line that is wrong.
 *
 * A number is its digits as an integer, divided by a power of ten: both are exact in a double, so that the one rounding
 * of the division gives what `Number(text)` gives (Clinger 1990). More than nine digits that count, which int32 may not
 * hold, and exponents go to `Number` itself. All is local and nothing allocated: the loop runs for every byte.
 *
 * @param slots [column] place in a row of the block; -1 for a column that is only counted
 * @param block [row, slot]
 * @param width slots in a row
 */
export function scanLines(
  bytes: Uint8Array,
  slots: Int32Array,
  block: Float64Array,
  width: number,
  lines: Lines,
): void {
  const last = slots.length - 1;
  const blockRows = block.length / width;
  const power = powers;
  let { at: i, row } = lines;
  while (i < bytes.length && row < blockRows) {
    for (let column = 0; column <= last; column++) {
      const slot = slots[column]!;
      if (slot < 0) {
        while (bytes[i]! > space) i++;
      } else {
        const start = i;
        let digit = bytes[i]! - zero;
        if (digit === minus - zero) digit = bytes[++i]! - zero;
        const first = i;
        let digits = 0;
        while (digit >>> 0 < 10) {
          digits = (Math.imul(digits, 10) + digit) | 0;
          digit = bytes[++i]! - zero;
        }
        let count = i - first; // digits that count, or more
        let decimals = 0;
        let points = 0;
        if (digit === point - zero) {
          points = 1;
          const from = ++i;
          let counted = from;
          digit = bytes[i]! - zero;
          if (digits === 0) {
            while (digit === 0) digit = bytes[++i]! - zero; // zeros in front do not count
            count = 0;
            counted = i;
          }
          while (digit >>> 0 < 10) {
            digits = (Math.imul(digits, 10) + digit) | 0;
            digit = bytes[++i]! - zero;
          }
          decimals = i - from;
          count += i - counted;
        }
        let value: number;
        if (digit <= space - zero && i - first > points && count <= 9 && decimals <= 22) {
          value = digits / power[decimals]!;
          if (first !== start) value = -value;
        } else {
          while (bytes[i]! > space) i++;
          const text = latin1(bytes, start, i);
          value = number.test(text) ? Number(text) : NaN;
          if (value !== value && text !== "NaN") {
            lines.wrong = column;
            return;
          }
        }
        block[row * width + slot] = value;
      }
      if (column < last) {
        if (bytes[i] !== space) {
          lines.wrong = column;
          return;
        }
        i++;
      }
    }
    while (bytes[i] === space || bytes[i] === carriageReturn) i++;
    if (bytes[i] !== newline) {
      lines.wrong = last;
      return;
    }
    lines.at = ++i;
    lines.row = ++row;
  }
}

/** The bytes as text, for the rare ones that need it. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
}
