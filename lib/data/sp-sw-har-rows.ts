/** One file of SP-SW-HAR, row by row as it was written. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";

export const spSwHarColumns = ["x_acc", "y_acc", "z_acc", "x_gyro", "y_gyro", "z_gyro"] as const;
const header = [...spSwHarColumns, "timestamp", "label"];

/** In the order in which a person does them; as the files write them, and as they are called here. */
export const spSwHarLabels = {
  SEATED: "seated",
  STANDING_UP: "standing up",
  WALKING: "walking",
  TURNING: "turning",
  SITTING_DOWN: "sitting down",
} as const;

export interface SpSwHarRows {
  /** [row] milliseconds since 1970, as stamped; several rows may share one. */
  readonly milliseconds: Float64Array;
  /** [row] class id */
  readonly labels: Float64Array;
  /** [row, column]; NaN where nothing was measured. */
  readonly values: Float32Array;
}

const remedy = "the file is torn, get it again from its page, see data/README.md";

/**
 * @param path a `.csv` or `.csv.gz` file
 * @throws naming file and line: another header, a line without 8 columns, a field that is no number, an unknown label, a
 *   time that runs backwards, a torn gzip file
 */
export function readSpSwHarRows(path: string): SpSwHarRows {
  const who = `readSpSwHar: ${basename(path)}`;
  const lines = textOf(path, who).split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  const [first = "", ...rows] = lines;
  if (first !== header.join())
    throw new Error(`${who}, line 1: expected ${header.join()}, got "${first.slice(0, 80)}"; ${remedy}`);
  if (rows.length === 0) throw new Error(`${who}, line 2: expected a row, got none; ${remedy}`);
  const result = {
    milliseconds: new Float64Array(rows.length),
    labels: new Float64Array(rows.length),
    values: new Float32Array(rows.length * spSwHarColumns.length),
  };
  const known = Object.keys(spSwHarLabels);
  rows.forEach((row, r) => {
    const fields = row.split(",");
    const fail = (expected: string, got: string, what = remedy): never => {
      throw new Error(`${who}, line ${r + 2}: expected ${expected}, got ${got}; ${what}`);
    };
    if (fields.length !== header.length) fail(`${header.length} columns`, `${fields.length}`);
    const number = (column: number): number => {
      const text = fields[column]!;
      const value = text === "" ? NaN : Number(text);
      if (Number.isNaN(value) && text !== "NaN" && text !== "") fail(`a number in column ${header[column]}`, `"${text}"`);
      return value;
    };
    spSwHarColumns.forEach((_, c) => (result.values[r * spSwHarColumns.length + c] = number(c)));
    const time = (result.milliseconds[r] = number(6));
    const before = r > 0 ? result.milliseconds[r - 1]! : -Infinity;
    if (!(time >= before)) fail("a time that does not run backwards", `${time} ms after ${before} ms`);
    const label = known.indexOf(fields[7]!);
    if (label < 0) fail(`a label of ${known.join(", ")}`, `"${fields[7]}"`, "remove the row or correct it");
    result.labels[r] = label;
  });
  return result;
}

function textOf(path: string, who: string): string {
  const bytes = readFileSync(path);
  if (!path.endsWith(".gz")) return bytes.toString("latin1");
  try {
    return gunzipSync(bytes).toString("latin1");
  } catch (error) {
    throw new Error(`${who}: expected a whole gzip file, got "${(error as Error).message}"; ${remedy}`, {
      cause: error,
    });
  }
}
