/** Small folders in the layout of PAMAP2, for tests. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { newFolder } from "../new-folder";

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

/** A folder with these files, as `newFolder` makes it. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = newFolder("pamap2");
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
