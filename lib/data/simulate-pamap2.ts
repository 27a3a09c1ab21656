/** Simulated PAMAP2: files in the original's layout, about which it is known what each sensor can tell. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { pamap2Lines } from "./simulate-pamap2-lines";
import { simulatedSubjects } from "./simulate-pamap2-schedule";
import { simulateSession } from "./simulate-pamap2-session";

export interface SimulationOptions {
  /** Other seed, other people and other data. Default 42. */
  readonly seed?: number;
  /** Of each subject and activity, in one or two segments. Default 45. */
  readonly secondsPerActivity?: number;
  /** Default all nine, "101" to "109". */
  readonly subjects?: readonly string[];
  /** `.dat.gz` instead of `.dat`: a third of the size, three times the time. Default false. */
  readonly gzip?: boolean;
}

/** Part of the manifest's hash: raise it when the same options give other bytes. */
const version = 1;
const manifestName = "simulation.json";
const protocol = "Protocol"; // as the original's archive has it

interface Manifest {
  readonly hash: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/**
 * Writes `Protocol/subject101.dat`, ... into `folder` and returns their paths. Does nothing if the folder holds the files of the
 * same options already; files of other options are replaced. The manifest is written last, so a run that broke off is
 * done again.
 *
 * @throws naming the option that makes no sense
 */
export function simulatePamap2(folder: string, options: SimulationOptions = {}): string[] {
  const { seed = 42, secondsPerActivity = 45, subjects = simulatedSubjects, gzip = false } = options;
  if (!Number.isInteger(seed))
    throw new Error(`simulatePamap2: expected a whole number as seed, got ${seed}; try 42`);
  if (!(secondsPerActivity >= 1 && secondsPerActivity <= 3600))
    throw new Error(
      `simulatePamap2: expected 1 to 3600 seconds per activity, got ${secondsPerActivity}; the default is 45`,
    );
  const unknown = subjects.filter((s) => !simulatedSubjects.some((known) => known === s));
  if (unknown.length || !subjects.length)
    throw new Error(
      `simulatePamap2: expected subjects among [${simulatedSubjects.join(", ")}], got [${subjects.join(", ")}]; correct subjects`,
    );

  const described = JSON.stringify({ version, seed, secondsPerActivity, subjects, gzip });
  const hash = createHash("sha256").update(described).digest("hex");
  const manifestPath = join(folder, manifestName);
  const old = readManifest(manifestPath);
  const isThere = (file: Manifest["files"][number]): boolean =>
    existsSync(join(folder, file.name)) && statSync(join(folder, file.name)).size === file.bytes;
  if (old?.hash === hash && old.files.every(isThere)) return old.files.map((f) => join(folder, f.name));

  mkdirSync(join(folder, protocol), { recursive: true });
  rmSync(manifestPath, { force: true });
  for (const { name } of old?.files ?? []) rmSync(join(folder, name), { force: true });
  const files = subjects.map((subject) => {
    const lines = pamap2Lines(simulateSession(seed, subject, secondsPerActivity));
    const content = gzip ? gzipSync(lines, { level: 1 }) : lines;
    const name = `${protocol}/subject${subject}.dat${gzip ? ".gz" : ""}`;
    writeWhole(join(folder, name), content);
    return { name, bytes: content.length };
  });
  writeWhole(manifestPath, JSON.stringify({ hash, options: JSON.parse(described), files }, null, 2) + "\n");
  return files.map((f) => join(folder, f.name));
}

function readManifest(path: string): Manifest | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Manifest) : undefined;
}

/** A reader sees the old file or the new one, never a part. */
function writeWhole(path: string, content: Buffer | string): void {
  const partial = `${path}.${process.pid}.partial`; // two processes may write the same bytes at once
  writeFileSync(partial, content);
  renameSync(partial, path);
}
