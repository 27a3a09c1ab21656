/** One PAMAP2 file as typed columns, row by row as it was written. */
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { numberScanner, type NumberColumn, type NumberScanner } from "./number-scanner";
import { activities, defaultSensors, pamap2Columns, type SensorGroup } from "./pamap2-columns";

export interface Pamap2Rows {
  /** Name of the file, without ".gz". */
  readonly file: string;
  readonly count: number;
  /**
   * [row] each, by column name and in file order: `time` (float64), `activity`, `heart_rate` and the sensors asked for
   * (float32); NaN where nothing was measured. `aq.table(rows.columns)` makes a table of them without a copy.
   */
  readonly columns: Readonly<Record<string, NumberColumn>>;
}

const remedy = "the file is torn, run: npm run data -- pamap2";
const chunkBytes = 1 << 20;

/**
 * @param path a `.dat` or `.dat.gz` file
 * @param sensors groups of IMU columns to keep; acc16, gyro and mag unless told
 * @throws naming file and line: a line without 54 columns, a kept field that is no number, a torn gzip file, a file
 *   without lines, a missing or unknown activity, a time that is missing, repeated or running backwards
 */
export async function readPamap2Rows(
  path: string,
  sensors: readonly SensorGroup[] = defaultSensors,
): Promise<Pamap2Rows> {
  const name = basename(path);
  const who = `readPamap2: ${name}`;
  const wanted = pamap2Columns.filter(({ group }) => group === undefined || sensors.includes(group));
  const scanner = numberScanner({
    names: pamap2Columns.map((column) => column.name),
    keep: Object.fromEntries(wanted.map((c) => [c.name, c.name === "time" ? "float64" : "float32"])),
    who,
    remedy,
  });
  await scanFile(path, scanner, who);
  const columns = scanner.finish();
  const { time, activity } = columns as { time: Float64Array; activity: Float32Array };
  checkTimes(time, who);
  checkActivities(activity, who);
  return { file: name.replace(/\.gz$/, ""), count: time.length, columns };
}

async function scanFile(path: string, scanner: NumberScanner, who: string): Promise<void> {
  const scan = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of chunks) scanner.push(chunk);
  };
  const file = createReadStream(path, { highWaterMark: chunkBytes });
  if (!path.endsWith(".gz")) return pipeline(file, scan);
  try {
    await pipeline(file, createGunzip({ chunkSize: chunkBytes }), scan);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith("Z_")) throw error;
    const line = scanner.rows() + 1;
    throw new Error(`${who}, line ${line}: expected a whole gzip file, got "${message}"; ${remedy}`, {
      cause: error,
    });
  }
}

function checkTimes(time: Float64Array, who: string): void {
  for (let row = 0; row < time.length; row++) {
    const [before, now] = [row > 0 ? time[row - 1]! : -Infinity, time[row]!];
    if (now > before) continue;
    const got = now === before ? `${now} s twice` : `${now} s after ${before} s`;
    throw new Error(`${who}, line ${row + 1}: expected a time that increases, got ${got}; ${remedy}`);
  }
}

function checkActivities(activity: Float32Array, who: string): void {
  const known = new Set(activities.map(({ id }) => id));
  for (let row = 0; row < activity.length; row++) {
    if (known.has(activity[row]!)) continue;
    const ids = [...known].sort((a, b) => a - b).join(", ");
    throw new Error(
      `${who}, line ${row + 1}: expected an activity of ${ids}, got ${activity[row]}; remove the row or correct it`,
    );
  }
}
