/** A folder as large as the original PAMAP2, read on one core and on all: seconds and peak memory. Called by parse. */
import { spawnSync } from "node:child_process";
import { rmSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { findPamap2Files, readPamap2 } from "fusion/dist/data/pamap2";
import { writePamap2Folder } from "./pamap2-folder";

/** Each reading in a process of its own, whose peak memory is then that of the reading. */
export function readFullSize(build: string): void {
  const folder = join(build, "pamap2-full-size");
  console.log("parse: writing a folder as large as the original ...");
  writePamap2Folder(folder);
  const prepared = join(build, "prepared");
  rmSync(prepared, { recursive: true, force: true });
  const cores = availableParallelism();
  const runs: [string, object][] = [
    ["one core", { workers: 1 }],
    [`${cores} cores`, { workers: cores }],
    [`${cores} cores, writing prepared columns`, { workers: cores, prepared }],
    [`${cores} cores, from prepared columns`, { workers: cores, prepared }],
  ];
  for (const [what, options] of runs) {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [__filename, folder, JSON.stringify(options)],
      {
        encoding: "utf8",
      },
    );
    if (status !== 0)
      throw new Error(`parse: expected a reading of ${folder}, got exit ${status}: ${stderr}`);
    console.log(`parse, full size, ${what}: ${stdout.trim()}`);
  }
  rmSync(folder, { recursive: true });
  rmSync(prepared, { recursive: true });
}

async function readFull(folder: string, options: object): Promise<void> {
  const start = performance.now();
  const recordings = await readPamap2(folder, options);
  const seconds = (performance.now() - start) / 1000;
  const rows = recordings.reduce((sum, { modalities }) => sum + modalities["hand"]!.seconds.length, 0);
  const bytes = findPamap2Files(folder).reduce((sum, { path }) => sum + statSync(path).size, 0);
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(
    `${rows.toLocaleString("en")} rows, ${(bytes / 1e9).toFixed(2)} GB in ${seconds.toFixed(1)} s, peak memory ${(peak / 1e9).toFixed(2)} GB`,
  );
}

if (require.main === module) void readFull(process.argv[2]!, JSON.parse(process.argv[3]!) as object);
