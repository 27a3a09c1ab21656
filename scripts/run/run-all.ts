/** Runs notebooks one after the other; one that fails does not stop the rest. */
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { listNotebooks } from "./notebook";
import { type NotebookRun, type RunRecord, readRecord, writeRecord } from "./record";
import { type RunPlace, chooseNotebooks, runNotebook } from "./run-notebook";

export interface Progress {
  begin(name: string): void;
  /** @param note what the cell says of its own progress; empty when it begins */
  cell(name: string, cell: number, of: number, note: string): void;
  end(run: NotebookRun): void;
}

/**
 * @param only beginnings of names; the outputs of the others stay as an earlier run of the same profile left them
 * @param resume finished trainings of an earlier run stay: a result's key says by which code, data and engine it was made
 * @returns the record, which is also in `<build>/run.json`
 */
export async function runAll(
  place: RunPlace,
  only: readonly string[],
  progress: Progress,
  { resume = false } = {},
): Promise<RunRecord> {
  const { build, profile, engine } = place;
  const names = chooseNotebooks(place.notebooks, only);
  const earlier = readRecord(build);
  const kept =
    only.length > 0 && earlier?.profile === profile
      ? earlier.notebooks.filter((n) => !names.includes(n.name))
      : [];
  if (!resume) rmSync(join(build, "results"), { recursive: true, force: true });
  clear(build, new Set(kept.map(({ name }) => name)), new Set(kept.flatMap(({ figures }) => figures)));
  const done: NotebookRun[] = [...kept];
  const record = (complete: boolean): RunRecord => {
    const notebooks = [...done].sort((a, b) => a.name.localeCompare(b.name));
    const state = { profile, engine, complete, notebooks };
    writeRecord(build, state);
    return state;
  };
  record(false);
  for (const name of names) {
    progress.begin(name);
    const run = await runNotebook(place, name, (cell, of, note) => progress.cell(name, cell, of, note));
    done.push(run);
    record(false);
    progress.end(run);
  }
  // what was kept may come from older code, so only a run of all is complete
  return record(kept.length === 0 && names.length === listNotebooks(place.notebooks).length);
}

/** What was executed is executed afresh; what was drawn in JupyterLab (build/lab) stays. */
function clear(build: string, keptNotebooks: ReadonlySet<string>, keptFigures: ReadonlySet<string>): void {
  mkdirSync(build, { recursive: true });
  for (const name of ["index.html", "run.json"]) rmSync(join(build, name), { recursive: true, force: true });
  for (const [folder, kept] of [
    ["notebooks", keptNotebooks],
    ["figures", keptFigures],
  ] as const) {
    if (!existsSync(join(build, folder))) continue;
    for (const file of readdirSync(join(build, folder)))
      if (!kept.has(file.replace(/\..*$/, ""))) rmSync(join(build, folder, file), { recursive: true });
  }
}
