/** The PAMAP2 data set: a folder of subjects, each file a recording (Reiss & Stricker 2012; UCI 231, CC BY 4.0). */
import { existsSync, readdirSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { SensorGroup } from "./pamap2-columns";
import { pamap2Classes, pamap2Recording, type Pamap2RecordingOptions } from "./pamap2-recording";
import { preparedPamap2Rows } from "./pamap2-prepared";
import type { Recording } from "./recording";
import { runInWorkers } from "./worker-pool";

export interface Pamap2Options extends Pamap2RecordingOptions {
  /** "101" to "109"; all that are there unless told. */
  readonly subjects?: readonly string[];
  /** Groups of IMU columns to read; acc16, gyro and mag unless told. */
  readonly sensors?: readonly SensorGroup[];
  /** A folder for parsed files, so that the next reading takes a fraction of the time; nothing is kept unless told. */
  readonly prepared?: string;
  /** Files read at once, each on its own core; as many as there are cores unless told. Changes no result. */
  readonly workers?: number;
}

/**
 * One recording for each subject, in the order of their numbers.
 *
 * Rows of all activities stay in the modalities; segments are the contiguous runs of the activities that are classes.
 * Class ids are places in the table of activities (`space.classes`), whichever occur.
 *
 * @param folder the data set's folder, or its Protocol folder itself; subject10X.dat or subject10X.dat.gz
 * @throws naming the folder, or file and line, and what to do
 */
export async function readPamap2(folder: string, options: Pamap2Options = {}): Promise<Recording[]> {
  const { workers = availableParallelism(), ...rest } = options;
  pamap2Classes(options.activities); // a wrong option is told before minutes of reading
  const files = chosen(findPamap2Files(folder), options.subjects, folder);
  const jobs = files.map(({ path }) => ({ path, options: rest }));
  if (workers === 1 || jobs.length === 1) {
    const recordings: Recording[] = [];
    for (const job of jobs) recordings.push(await readPamap2File(job));
    return recordings;
  }
  jobs.sort((a, b) => statSync(b.path).size - statSync(a.path).size); // the longest first, so that none waits for it
  const recordings = await runInWorkers<Pamap2Job, Recording>(join(__dirname, "pamap2-worker.js"), jobs, workers);
  return recordings.sort((a, b) => a.subject.localeCompare(b.subject));
}

export interface Pamap2Job {
  readonly path: string;
  readonly options: Omit<Pamap2Options, "workers">;
}

/** One file, in this thread. */
export async function readPamap2File({ path, options }: Pamap2Job): Promise<Recording> {
  return pamap2Recording(await preparedPamap2Rows(path, options.sensors, options.prepared), options);
}

export interface Pamap2File {
  readonly subject: string;
  readonly path: string;
}

/** The subjects' files in `folder`, its Protocol folder, or that of an unpacked archive; by subject. */
export function findPamap2Files(folder: string): Pamap2File[] {
  const places = [folder, join(folder, "Protocol"), join(folder, "PAMAP2_Dataset", "Protocol")];
  for (const place of places.filter((p) => existsSync(p))) {
    const files = readdirSync(place)
      .sort()
      .flatMap((name) => {
        const subject = /^subject(\d+)\.dat(\.gz)?$/.exec(name)?.[1];
        return subject ? [{ subject, path: join(place, name) }] : [];
      });
    const twice = files.find(({ subject }, i) => files[i + 1]?.subject === subject);
    if (twice)
      throw new Error(
        `readPamap2: ${place}: expected one file for subject ${twice.subject}, got .dat and .dat.gz; remove one`,
      );
    if (files.length > 0) return files;
  }
  throw new Error(
    `readPamap2: expected subject10X.dat or .dat.gz in ${folder} or its Protocol folder, got none; run: npm run data -- pamap2`,
  );
}

function chosen(files: readonly Pamap2File[], subjects: readonly string[] | undefined, folder: string): readonly Pamap2File[] {
  const there = files.map(({ subject }) => subject);
  const missing = (subjects ?? []).filter((subject) => !there.includes(subject));
  if (missing.length > 0)
    throw new Error(
      `readPamap2: ${folder}: expected subject ${missing.join(", ")}, got ${there.join(", ")}; ask for those or add the file`,
    );
  return files.filter(({ subject }) => subjects?.includes(subject) ?? true);
}
