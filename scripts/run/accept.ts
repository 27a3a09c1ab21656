/** Takes a run over into `notebooks/` and `figures/`: all of it, or nothing with the reason. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { names } from "../compare/figures";
import { listNotebooks, readNotebook } from "./notebook";
import { type RunRecord, hashCells, readRecord } from "./record";

export interface AcceptPlaces {
  readonly build: string;
  readonly notebooks: string;
  readonly figures: string;
  /** Results of simulated experiments are taken over too; none if not given. */
  readonly results?: string;
}

export interface Accepted {
  readonly notebooks: readonly string[];
  readonly figures: readonly string[];
  /** Figures that were committed and that no notebook writes any more. */
  readonly removed: readonly string[];
}

/** @throws where the run is not whole, not of profile standard, failed, or older than the notebooks */
export function acceptRun(places: AcceptPlaces): Accepted {
  const record = checkRun(places);
  const notebooks = record.notebooks.map(({ name }) => name);
  const figures = record.notebooks.flatMap((n) => n.figures).sort();
  const removed = names(places.figures)
    .filter((name) => !figures.includes(name))
    .sort();
  const results = places.results === undefined ? undefined : simulatedResults(places.build, places.results);
  const files = [
    ...(results?.files ?? []),
    ...notebooks.map((name) => [
      join(places.build, "notebooks", `${name}.ipynb`),
      join(places.notebooks, `${name}.ipynb`),
    ]),
    ...figures.flatMap((name) =>
      figureFiles(name).map((file) => [join(places.build, "figures", file), join(places.figures, file)]),
    ),
  ] as [from: string, to: string][];
  mkdirSync(places.figures, { recursive: true });
  // all that can fail for want of space or rights happens beside the targets, before the first of them changes
  const staged = files.map(([from, to]) => ({ part: `${to}.part`, to, from }));
  try {
    for (const { from, part, to } of staged) {
      mkdirSync(dirname(to), { recursive: true });
      copyFileSync(from, part);
    }
    for (const { part, to } of staged) renameSync(part, to);
  } finally {
    for (const { part } of staged) rmSync(part, { force: true });
  }
  for (const name of removed)
    for (const file of figureFiles(name)) rmSync(join(places.figures, file), { force: true });
  for (const file of results?.replaced ?? []) rmSync(file, { force: true });
  return { notebooks, figures, removed };
}

/** What the run trained, by experiment, and the committed results of the same experiments that it replaces. */
function simulatedResults(build: string, kept: string): { files: [string, string][]; replaced: string[] } {
  const [made, old] = [join(build, "results", "standard"), join(kept, "standard")];
  const list = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);
  const experiments = list(made);
  const files = experiments.flatMap((experiment) =>
    list(join(made, experiment)).map((file): [string, string] => [
      join(made, experiment, file),
      join(old, experiment, file),
    ]),
  );
  const fresh = new Set(files.map(([, to]) => to));
  const replaced = experiments
    .flatMap((experiment) => list(join(old, experiment)).map((file) => join(old, experiment, file)))
    .filter((file) => !fresh.has(file));
  return { files, replaced };
}

const figureFiles = (name: string): string[] => ["vl.json", "svg", "png"].map((type) => `${name}.${type}`);

function checkRun({ build, notebooks }: AcceptPlaces): RunRecord {
  const refuse = (expected: string, got: string, remedy = "run: npm start"): never => {
    throw new Error(`npm run accept: expected ${expected}, got ${got}; ${remedy}`);
  };
  const record = readRecord(build) ?? refuse("a run in build/", "none");
  if (record.profile !== "standard") refuse("a run of profile standard", `one of profile ${record.profile}`);
  if (record.engine.name !== "wheel")
    refuse(
      "a run on the wheel engine, which made all that is kept",
      `one on ${record.engine.name}`,
      "see environment.md",
    );
  const failed = record.notebooks.filter(({ error }) => error).map(({ name }) => name);
  if (failed.length > 0)
    refuse("a run without errors", `errors in ${failed.join(", ")}`, "mend them and run: npm start");
  if (!record.complete)
    refuse(
      "a run of all notebooks that came to its end",
      `${record.notebooks.length} of ${listNotebooks(notebooks).length} notebooks`,
    );
  const ran = new Map(record.notebooks.map((n) => [n.name, n]));
  const here = listNotebooks(notebooks);
  const edited = here.filter(
    (name) => ran.get(name)?.cellsHash !== hashCells(readNotebook(join(notebooks, `${name}.ipynb`))),
  );
  if (edited.length > 0) refuse("the notebooks that ran", `${edited.join(", ")} edited since`);
  const gone = [...ran.keys()].filter((name) => !here.includes(name));
  if (gone.length > 0) refuse("the notebooks that ran", `${gone.join(", ")} removed since`);
  const drawn = existsSync(join(build, "figures"))
    ? new Set(readdirSync(join(build, "figures")))
    : new Set<string>();
  const missing = record.notebooks
    .flatMap((n) => n.figures)
    .flatMap(figureFiles)
    .filter((file) => !drawn.has(file));
  if (missing.length > 0)
    refuse("the figures that the run drew", `no ${missing.join(", ")} in build/figures`);
  return record;
}
