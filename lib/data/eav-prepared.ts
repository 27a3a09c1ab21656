/** What was computed of one subject of EAV, kept as Arrow files: filters and features take longer than reading. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readPrepared, writePrepared } from "./prepared";

export interface EavParts {
  /** [trial]: row of the label. */
  readonly rows: Float64Array;
  /** One number: of a trial. */
  readonly seconds: Float64Array;
  /** [step of the speaking trials, channel] */
  readonly eeg: Float32Array;
  /** Trials that have a voice. */
  readonly voiced: Float64Array;
  /** [frame of the voiced trials, coefficient] */
  readonly audio: Float32Array;
}

/** Raise it when the same bytes shall give other numbers. */
const readerVersion = 1;
const names = ["rows", "seconds", "eeg", "voiced", "audio"] as const;

/**
 * From `folder` if the same bytes were read before; else as `read` gives them, and kept there.
 *
 * @param path of the subject, with `EEG` and `Audio`
 */
export function preparedEavParts(
  path: string,
  subject: string,
  folder: string | undefined,
  read: () => EavParts,
): EavParts {
  if (folder === undefined) return read();
  const key = { sha256: sha256Of(path), options: { readerVersion } };
  const kept = names.map((name) => readPrepared(folder, `${subject}-${name}`, key)?.["values"]);
  if (kept.every((values) => values !== undefined))
    return Object.fromEntries(names.map((name, i) => [name, kept[i]])) as unknown as EavParts;
  const parts = read();
  for (const name of names) writePrepared(folder, `${subject}-${name}`, key, { values: parts[name] });
  return parts;
}

/** Over names and bytes of all files. */
function sha256Of(path: string): string {
  const hash = createHash("sha256");
  for (const part of ["EEG", "Audio"]) {
    const folder = join(path, part);
    for (const file of existsSync(folder) ? readdirSync(folder).sort() : [])
      hash.update(`${part}/${file}\n`).update(readFileSync(join(folder, file)));
  }
  return hash.digest("hex");
}
