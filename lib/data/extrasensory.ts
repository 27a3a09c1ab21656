/** ExtraSensory: a phone, a watch and a diary of people who went about their lives, a row of features a minute. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type CsvTable, readCsv } from "./csv-table";
import { extraSensoryFeatures, extraSensoryLabels } from "./extrasensory-layout";
import type { Recording, Segment, Vector } from "./recording";

export interface ExtraSensoryOptions {
  /** UUIDs; all that are there unless told. */
  readonly subjects?: readonly string[];
}

const who = "readExtraSensory";
const ending = /^([0-9A-F-]{36})\.features_labels\.csv(\.gz)?$/;

/**
 * One recording for each person: a vector of features for each sensor, and a segment for each row, whose target has one number
 * for each of the 51 labels: 1, 0, or NaN where nothing was said. A sensor that never gave a number is missing.
 *
 * @param folder with UUID.features_labels.csv or .csv.gz for each person
 * @throws naming the folder, or file and line, and what to do
 */
export async function readExtraSensory(folder: string, options: ExtraSensoryOptions = {}): Promise<Recording[]> {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => ending.test(name)).sort() : [];
  if (files.length === 0)
    throw new Error(`${who}: expected UUID.features_labels.csv or .csv.gz in ${folder}, got none; see data/README.md`);
  const subjectOf = (file: string): string => ending.exec(file)![1]!;
  const subjects = files.map(subjectOf);
  const twice = subjects.find((subject, i) => subjects[i + 1] === subject);
  if (twice) throw new Error(`${who}: ${folder}: expected one file of ${twice}, got .csv and .csv.gz; remove one`);
  const missing = (options.subjects ?? []).filter((subject) => !subjects.includes(subject));
  if (missing.length > 0)
    throw new Error(
      `${who}: ${folder}: expected subject ${missing.join(", ")}, got ${subjects.join(", ")}; ask for those or add the files`,
    );
  return files
    .filter((file) => options.subjects?.includes(subjectOf(file)) ?? true)
    .map((file) => recordingOf(subjectOf(file), readCsv(who, join(folder, file))));
}

function recordingOf(subject: string, table: CsvTable): Recording {
  checkHeader(table);
  const rows = table.lines.length - 1;
  const seconds = secondsOf(table);
  const modalities: Record<string, Vector> = {};
  for (const sensor of Object.keys(extraSensoryFeatures)) {
    const vector = vectorOf(sensor, table, seconds);
    if (vector.values.some((x) => !Number.isNaN(x))) modalities[sensor] = vector;
  }
  const first = table.lines[0]!.indexOf(`label:${extraSensoryLabels[0]}`);
  const segments = Array.from({ length: rows }, (_, r): Segment => {
    const target = extraSensoryLabels.map((_, l) => labelAt(table, r + 1, first + l));
    // a row is of a minute, or of the time until the next
    const endSeconds = Math.min(seconds[r]! + 60, seconds[r + 1] ?? Infinity);
    return { startSeconds: seconds[r]!, endSeconds, target };
  });
  return {
    ...{ dataset: "extrasensory", subject, session: "all", modalities, segments },
    space: { kind: "labels", labels: extraSensoryLabels },
  };
}

function checkHeader({ lines, error }: CsvTable): void {
  const header = lines[0]!;
  const labels = extraSensoryLabels.map((label) => `label:${label}`);
  const expected = ["timestamp", ...labels, "label_source"];
  const got = header.filter((name) => name === "timestamp" || name.startsWith("label"));
  const wrong = expected.findIndex((name, i) => got[i] !== name);
  if (wrong >= 0 || got.length !== expected.length)
    throw error(0, `the column ${expected[wrong] ?? "label_source at the end"}`, `"${got[wrong] ?? got.at(-1)}"`);
  for (const [sensor, count] of Object.entries(extraSensoryFeatures)) {
    const own = header.filter((name) => name.startsWith(`${sensor}:`)).length;
    if (own !== count) throw error(0, `${count} features of ${sensor}`, `${own}`);
  }
}

/** From the first row on. */
function secondsOf(table: CsvTable): Float64Array {
  const stamps = Float64Array.from(table.lines.slice(1), (_, r) => table.number(r + 1, 0));
  stamps.forEach((stamp, r) => {
    const before = r > 0 ? stamps[r - 1]! : -Infinity;
    if (!(stamp > before)) throw table.error(r + 1, "a later time than in the line before", `${stamp} after ${before}`);
  });
  return stamps.map((stamp) => stamp - stamps[0]!);
}

function vectorOf(sensor: string, table: CsvTable, seconds: Float64Array): Vector {
  const header = table.lines[0]!;
  const columns = header.flatMap((name, c) => (name.startsWith(`${sensor}:`) ? [c] : []));
  const values = new Float32Array(seconds.length * columns.length);
  for (let r = 0; r < seconds.length; r++)
    columns.forEach((c, f) => (values[r * columns.length + f] = table.number(r + 1, c)));
  const features = columns.map((c) => ({ name: header[c]!.slice(sensor.length + 1), unit: "1" }));
  return { kind: "vector", features, seconds, values };
}

function labelAt(table: CsvTable, line: number, column: number): number {
  const value = table.number(line, column);
  if (value === 0 || value === 1 || Number.isNaN(value)) return value;
  throw table.error(line, `0, 1 or nothing for ${table.lines[0]![column]}`, `${value}`);
}
