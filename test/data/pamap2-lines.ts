/** Small folders in the layout of PAMAP2, for tests. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { rmSync } from "node:fs";

export interface Row {
  readonly time: number | string;
  readonly activity?: number | string;
  readonly heart?: number | string;
  /** Columns by place, over the default: 51 sensor columns that hold their own place. */
  readonly at?: Readonly<Record<number, number | string>>;
}

/** One line of 54 columns without its end. */
export function line({ time, activity = 1, heart = "NaN", at = {} }: Row): string {
  const row: (number | string)[] = [time, activity, heart, ...Array.from({ length: 51 }, (_, i) => i + 3)];
  for (const [place, value] of Object.entries(at)) row[Number(place)] = value;
  return row.join(" ");
}

export const text = (rows: readonly Row[]): string => rows.map((row) => line(row) + "\n").join("");

/** `count` rows at 100 Hz from `start` seconds, times with two decimals as in the data set. */
export const run = (start: number, count: number, activity: number, heart: number | string = "NaN"): Row[] =>
  Array.from({ length: count }, (_, i) => ({ time: (start + i / 100).toFixed(2), activity, heart }));

/** A folder with these files, removed after the test. */
export function folderOf(t: TestContext, files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "pamap2-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
