/**
 * How fast is PAMAP2 read? Against pandas `read_csv` (C engine, float32), the same files in one run, one core each;
 * then a folder of the original's size on all cores, with its peak memory.
 *
 *     node dist/bench/parse.js [folder with PAMAP2] [rounds]
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync, mkdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { findPamap2Files } from "fusion/dist/data/pamap2";
import { defaultSensors, imuBlock, pamap2Columns } from "fusion/dist/data/pamap2-columns";
import { readPamap2Rows } from "fusion/dist/data/pamap2-rows";
import { writePamap2Folder } from "./pamap2-folder";
import { readFullSize } from "./parse-full-size";

const build = "build/bench";
const pandasVersion = "3.1.1";
/** Both keep 30 columns or all 54; pandas leaves out the others with `usecols`. */
const sensorSets = {
  "the 30 columns read by default": defaultSensors,
  "all 54 columns": [...new Set(imuBlock.map(({ group }) => group))],
};
const places = (sensors: readonly string[]): number[] =>
  pamap2Columns.filter(({ group }) => !group || sensors.includes(group)).map(({ index }) => index);

/** A reader that waits in a process of its own, on one core: asked with a line, it answers with milliseconds of processor time, which other load hardly alters. */
interface Reader {
  read(request: object): Promise<number>;
  stop(): void;
}

async function main(folder: string, rounds: number): Promise<void> {
  mkdirSync(build, { recursive: true });
  const python = pandas();
  if (python) {
    const there = existsSync(folder) ? folder : join(build, "pamap2");
    if (there !== folder) writePamap2Folder(there);
    const compressed = findPamap2Files(there).map(({ path }) => path);
    await against(python, "plain files", await plainCopies(compressed), rounds);
    if (compressed.every((path) => path.endsWith(".gz")))
      await against(python, "gzip files", compressed, rounds);
  }
  readFullSize(build);
}

async function against(
  python: string,
  kind: string,
  files: readonly string[],
  rounds: number,
): Promise<void> {
  const ours = reader(process.execPath, [__filename, "--reader"]);
  const theirs = reader(python, ["-u", "-c", pandasReader]);
  const megabytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
  try {
    for (const [what, sensors] of Object.entries(sensorSets)) {
      const request = { files, sensors, columns: places(sensors) };
      const ratios: number[] = [];
      const times: [ours: number, theirs: number][] = [];
      for (let round = -1; round < rounds; round++) {
        const pair: [number, number] = [await ours.read(request), await theirs.read(request)];
        if (round < 0) continue; // warm up
        times.push(pair);
        ratios.push(pair[0] / pair[1]);
      }
      const [our, their] = [0, 1].map(
        (i) =>
          quantile(
            times.map((pair) => pair[i]!),
            0.5,
          ) / 1000,
      );
      console.log(
        `parse, ${kind}, ${what}: ${quantile(ratios, 0.5).toFixed(2)} × pandas read_csv ` +
          `(quartiles ${quantile(ratios, 0.25).toFixed(2)} to ${quantile(ratios, 0.75).toFixed(2)}, ${rounds} rounds; ` +
          `${our!.toFixed(2)} s and ${their!.toFixed(2)} s of one core for ${megabytes.toFixed(0)} MB)`,
      );
    }
  } finally {
    ours.stop();
    theirs.stop();
  }
}

function quantile(values: readonly number[], p: number): number {
  return [...values].sort((a, b) => a - b)[Math.round(p * (values.length - 1))]!;
}

const pandasReader = `
import sys, json, time, pandas
for line in sys.stdin:
    request = json.loads(line)
    start = time.process_time()
    for file in request["files"]:
        pandas.read_csv(file, sep=" ", header=None, usecols=request["columns"], dtype="float32", engine="c")
    print((time.process_time() - start) * 1000)
`;

async function ourReader(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const { files, sensors } = JSON.parse(line) as { files: string[]; sensors: never[] };
    const start = process.cpuUsage();
    for (const file of files) await readPamap2Rows(file, sensors);
    const { user, system } = process.cpuUsage(start);
    console.log((user + system) / 1000);
  }
}

function reader(command: string, args: readonly string[]): Reader {
  const pinned = spawnSync("taskset", ["-c", "0", "true"]).status === 0;
  if (!pinned) console.log("parse: no taskset here; both readers may use more than one core");
  const child = pinned ? spawn("taskset", ["-c", "0", command, ...args]) : spawn(command, args);
  child.stderr.pipe(process.stderr);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async read(request) {
      child.stdin.write(JSON.stringify(request) + "\n");
      const answer = await answers.next();
      if (answer.done)
        throw new Error(`parse: expected milliseconds from ${basename(command)}, got its end; see above`);
      return Number(answer.value);
    },
    stop: () => child.stdin.end(),
  };
}

/** A Python with pandas in an environment that is only ours; undefined, with a line, where there cannot be one. */
function pandas(): string | undefined {
  const python = join(build, "pandas", "bin", "python");
  const has = (): boolean =>
    spawnSync(python, ["-c", `import pandas; assert pandas.__version__ == "${pandasVersion}"`]).status === 0;
  if (has()) return python;
  spawnSync("python3", ["-m", "venv", join(build, "pandas")]);
  spawnSync(python, ["-m", "pip", "install", "--quiet", `pandas==${pandasVersion}`]);
  if (has()) return python;
  console.log(`parse: skipped the comparison; pip could not install pandas ${pandasVersion}`);
  return undefined;
}

/** Unpacked copies of gzip files, so that both readers spend their time on parsing. */
async function plainCopies(files: readonly string[]): Promise<string[]> {
  const folder = join(build, `plain-${createHash("sha256").update(files.join()).digest("hex").slice(0, 8)}`);
  mkdirSync(folder, { recursive: true });
  return Promise.all(
    files.map(async (file) => {
      if (!file.endsWith(".gz")) return file;
      const plain = join(folder, basename(file, ".gz"));
      await pipeline(createReadStream(file), createGunzip(), createWriteStream(plain));
      return plain;
    }),
  );
}

const [mode, ...rest] = process.argv.slice(2);
if (mode === "--reader") void ourReader();
else void main(mode ?? "../shared/data/pamap2", Number(rest[0] ?? 9));
