/** SP-SW-HAR: people who stand up, walk, turn and sit down again, with a phone in the pocket and a watch on the wrist. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Channel, Recording, Sequence } from "./recording";
import { runsOf, segmentsOf } from "./runs";
import { readSpSwHarRows, spSwHarColumns, spSwHarLabels, type SpSwHarRows } from "./sp-sw-har-rows";
import { spreadBursts } from "./spread-bursts";

export interface SpSwHarOptions {
  /** "s01" to "s23"; all that are there unless told. */
  readonly subjects?: readonly string[];
}

/** Both devices write 102 to 105 rows a second. */
export const spSwHarRateHz = 104;
/** Below every file's own period, as `spreadBursts` asks. */
const shortestPeriodSeconds = 1 / 105;
/** Labels have no breaks, clocks have: the longest is 0.19 s. */
const breakSeconds = 1;

const devices = { phone: "sp", watch: "sw" } as const;

const channels: readonly Channel[] = spSwHarColumns.map((name) => ({
  name,
  unit: name.endsWith("acc") ? "m/s²" : "rad/s",
}));

/**
 * One recording for each execution, in the order of their names: modalities `phone` and `watch` on one clock, which
 * begins with the first sample of either. Segments are the runs of one label, as the phone's file has them.
 *
 * @param folder with a folder for each subject: s01/s01_01_sp.csv or .csv.gz, and _sw
 * @throws naming the folder, or file and line, and what to do
 */
export async function readSpSwHar(folder: string, options: SpSwHarOptions = {}): Promise<Recording[]> {
  const executions = findExecutions(folder);
  const there = [...new Set(executions.map(({ subject }) => subject))];
  const missing = (options.subjects ?? []).filter((subject) => !there.includes(subject));
  if (missing.length > 0)
    throw new Error(
      `readSpSwHar: ${folder}: expected subject ${missing.join(", ")}, got ${there.join(", ")}; ask for those or add the files`,
    );
  return executions.filter(({ subject }) => options.subjects?.includes(subject) ?? true).map(readExecution);
}

interface Execution {
  readonly subject: string;
  readonly session: string;
  readonly files: Readonly<Partial<Record<keyof typeof devices, string>>>;
}

function findExecutions(folder: string): Execution[] {
  const found = new Map<string, Execution>();
  const place = [join(folder, "DATA"), folder].find((path) => existsSync(path)); // DATA: as the archive is laid out
  const subjects = place ? readdirSync(place).filter((name) => /^s\d\d$/.test(name)) : [];
  for (const subject of subjects.sort())
    for (const file of readdirSync(join(place!, subject)).sort()) {
      const [, session, code] = /^(s\d\d_\d\d)_(sp|sw)\.csv(?:\.gz)?$/.exec(file) ?? [];
      const device = Object.entries(devices).find(([, short]) => short === code)?.[0] as keyof typeof devices | undefined;
      if (!session || !device) continue;
      const known = found.get(session) ?? { subject, session, files: {} };
      if (known.files[device])
        throw new Error(
          `readSpSwHar: ${join(place!, subject)}: expected one file ${session}_${code}, got .csv and .csv.gz; remove one`,
        );
      found.set(session, { ...known, files: { ...known.files, [device]: join(place!, subject, file) } });
    }
  if (found.size === 0)
    throw new Error(
      `readSpSwHar: expected s01/s01_01_sp.csv or .csv.gz and the like in ${folder}, got none; see data/README.md`,
    );
  return [...found.values()];
}

function readExecution({ subject, session, files }: Execution): Recording {
  const read = Object.entries(files).map(([device, path]) => ({ device, rows: readSpSwHarRows(path) }));
  const origin = Math.min(...read.map(({ rows }) => rows.milliseconds[0]!));
  const each = read.map(({ device, rows }) => ({ device, rows, seconds: secondsOf(rows, origin) }));
  each.sort((a, b) => a.device.localeCompare(b.device)); // phone, watch
  const modalities: Record<string, Sequence> = {};
  for (const { device, rows, seconds } of each)
    if (rows.values.some((value) => !Number.isNaN(value)))
      modalities[device] = { kind: "sequence", channels, rateHz: spSwHarRateHz, seconds, values: rows.values };
  const { rows, seconds } = each[0]!;
  return {
    dataset: "sp-sw-har",
    subject,
    session,
    space: { kind: "class", classes: Object.values(spSwHarLabels) },
    modalities,
    segments: segmentsOf(seconds, runsOf(seconds, rows.labels, breakSeconds), 1 / spSwHarRateHz),
  };
}

const secondsOf = ({ milliseconds }: SpSwHarRows, origin: number): Float64Array =>
  spreadBursts(
    milliseconds.map((stamp) => (stamp - origin) / 1000),
    shortestPeriodSeconds,
  );
