/** Lines of a fixed count of space-separated numbers, scanned byte by byte into typed columns. */
import { latin1, scanLines, type Lines } from "./scan-lines";

export interface NumberLayout {
  /** Names of all columns, in order; every line must have as many. */
  readonly names: readonly string[];
  /** Which of them to keep, and how precisely; the others are counted, never converted. */
  readonly keep: Readonly<Record<string, "float32" | "float64">>;
  /** Opens every error: "readPamap2: subject101.dat". */
  readonly who: string;
  /** Ends every error. */
  readonly remedy: string;
}

export type NumberColumn = Float32Array | Float64Array;

export interface NumberScanner {
  /** The next bytes of the text, cut anywhere. */
  push(bytes: Uint8Array): void;
  /** Lines read so far. */
  rows(): number;
  /** One array [row] for each kept column, in the order of `keep`. Call once, after the last `push`. */
  finish(): Record<string, NumberColumn>;
}

const newline = 10;
const blockRows = 512; // a block of 30 columns stays in the second-level cache while it is turned into columns
const chunkRows = 128 * blockRows;
const longestLine = 1 << 16; // far above any real line: guards against files without line ends

/**
 * Lines end in \n or \r\n, the last one perhaps in neither; "NaN" is a missing value.
 *
 * `push` and `finish` throw naming the line (and column) if a line has another count of fields or if a kept field is no
 * number; `finish` also if there was no line at all.
 */
export function numberScanner({ names, keep, who, remedy }: NumberLayout): NumberScanner {
  const kept = Object.entries(keep);
  const slots = new Int32Array(names.length).fill(-1); // [column] place in a row of the block; -1 where not kept
  kept.forEach(([name], slot) => (slots[names.indexOf(name)] = slot));
  const block = new Float64Array(blockRows * kept.length); // [row, kept column]
  const chunks: NumberColumn[][] = kept.map(() => []);
  const lines: Lines = { at: 0, row: 0, wrong: -1 };
  let done = 0; // rows that have left the block
  let rest: Uint8Array = Buffer.alloc(0); // a line that waits for its end

  const error = (line: number, text: string): Error => new Error(`${who}, line ${line}: ${text}; ${remedy}`);

  /** What is wrong with the line at `lines.at`. */
  function complaint(bytes: Uint8Array): Error {
    const text = latin1(bytes, lines.at, bytes.indexOf(newline, lines.at)).trimEnd();
    const fields = text === "" ? [] : text.split(" ");
    const [line, column] = [done + lines.row + 1, lines.wrong];
    if (fields.length !== names.length)
      return error(line, `expected ${names.length} columns, got ${fields.length}`);
    const found = fields[column] ?? "";
    return error(line, `expected a number or NaN in column ${column} (${names[column]}), got "${found}"`);
  }

  function empty(): void {
    const first = done % chunkRows;
    kept.forEach(([, precision], slot) => {
      const column = chunks[slot]!;
      if (first === 0) column.push(new (precision === "float32" ? Float32Array : Float64Array)(chunkRows));
      const values = column[column.length - 1]!;
      for (let row = 0; row < lines.row; row++) values[first + row] = block[row * kept.length + slot]!;
    });
    done += lines.row;
    lines.row = 0;
  }

  function scan(bytes: Uint8Array): void {
    lines.at = 0;
    while (lines.at < bytes.length) {
      scanLines(bytes, slots, block, kept.length, lines);
      if (lines.wrong >= 0) throw complaint(bytes);
      if (lines.row === blockRows) empty();
    }
  }

  return {
    rows: () => done + lines.row,
    push(bytes) {
      const text = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
      const end = text.lastIndexOf(newline) + 1;
      scan(text.subarray(0, end));
      rest = Buffer.from(text.subarray(end)); // a copy: the caller may use its buffer again
      if (rest.length > longestLine)
        throw error(done + lines.row + 1, `expected ${names.length} columns, got ${rest.length} bytes in a line`);
    },
    finish() {
      if (rest.length > 0) scan(Buffer.concat([rest, Buffer.of(newline)]));
      if (lines.row > 0) empty();
      if (done === 0) throw new Error(`${who}: expected lines of ${names.length} columns, got none; ${remedy}`);
      return Object.fromEntries(kept.map(([name], slot) => [name, joined(chunks[slot]!.splice(0), done)]));
    },
  };
}

/** Chunks of one column as one array of `rows`. */
function joined(chunks: readonly NumberColumn[], rows: number): NumberColumn {
  const values = chunks[0] instanceof Float32Array ? new Float32Array(rows) : new Float64Array(rows);
  chunks.forEach((chunk, i) => values.set(chunk.subarray(0, rows - i * chunkRows), i * chunkRows));
  return values;
}
