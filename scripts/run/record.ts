/** What a run of the notebooks did: `build/run.json`, from which the overview is drawn and which `accept` trusts. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineIdentity, Profile } from "fusion";
import { z } from "zod";

const Engine = z.object({
  name: z.enum(["wheel", "download", "wasm"]),
  tensorflow: z.string(),
  oneDnn: z.boolean(),
  threads: z.number(),
  instructionSet: z.string(),
}) satisfies z.ZodType<EngineIdentity>;

const NotebookRun = z.object({
  /** "01-data-processing" */
  name: z.string(),
  /** SHA-256 of the cells that ran, outputs aside. */
  cellsHash: z.string(),
  cells: z.number(),
  seconds: z.number(),
  /** The figures that it wrote, by name. */
  figures: z.array(z.string()),
  error: z
    .object({ cell: z.number(), ename: z.string(), evalue: z.string(), traceback: z.array(z.string()) })
    .nullable(),
});
export type NotebookRun = Readonly<z.infer<typeof NotebookRun>>;

const RunRecord = z.object({
  profile: z.enum(["tiny", "standard", "full"]) satisfies z.ZodType<Profile>,
  engine: Engine,
  /** False while notebooks are left to run, or some were left out. */
  complete: z.boolean(),
  notebooks: z.array(NotebookRun),
});
export type RunRecord = Readonly<z.infer<typeof RunRecord>>;

/** Undefined where nothing has run. */
export function readRecord(build: string): RunRecord | undefined {
  const file = join(build, "run.json");
  return existsSync(file) ? RunRecord.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}

export function writeRecord(build: string, record: RunRecord): void {
  const file = join(build, "run.json");
  writeFileSync(`${file}.part`, JSON.stringify(record, null, 2) + "\n");
  renameSync(`${file}.part`, file);
}

/** Changes when a cell is edited, and not when a notebook is executed. */
export function hashCells(notebook: {
  cells: readonly { cell_type: string; source: string | readonly string[] }[];
}): string {
  const cells = notebook.cells.map(({ cell_type, source }) => [cell_type, [source].flat().join("")]);
  return createHash("sha256").update(JSON.stringify(cells)).digest("hex");
}
