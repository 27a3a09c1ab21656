/** Rows of a PAMAP2 file, parsed once and read back from an Arrow file afterwards. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { defaultSensors, type SensorGroup } from "./pamap2-columns";
import { readPamap2Rows, type Pamap2Rows } from "./pamap2-rows";
import { readPrepared, writePrepared } from "./prepared";

/** Raise it when the same bytes shall give other rows. */
const readerVersion = 1;

/** As `readPamap2Rows`; with a folder, from there if the same bytes were read before, and kept there if not. */
export async function preparedPamap2Rows(
  path: string,
  sensors: readonly SensorGroup[] = defaultSensors,
  folder?: string,
): Promise<Pamap2Rows> {
  if (folder === undefined) return readPamap2Rows(path, sensors);
  const file = basename(path).replace(/\.gz$/, "");
  const name = file.replace(/\.dat$/, "");
  const key = { sha256: await sha256Of(path), options: { readerVersion, sensors: [...new Set(sensors)].sort() } };
  const kept = readPrepared(folder, name, key);
  if (kept) return { file, count: kept["time"]!.length, columns: kept };
  const rows = await readPamap2Rows(path, sensors);
  writePrepared(folder, name, key, rows.columns);
  return rows;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}
