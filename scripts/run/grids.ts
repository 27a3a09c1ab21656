/** Experiments by name: where their data and results lie, what of them is there, and the missing runs made. */
import { join, resolve } from "node:path";
import { workspace } from "fusion";
import {
  experiment,
  type ExperimentName,
  experimentNames,
  isSimulated,
} from "fusion/dist/experiments/experiment";
import { FailedRuns } from "fusion/dist/experiments/failed-runs";
import { runExperiment } from "fusion/dist/experiments/grid";
import { removeReplaced } from "fusion/dist/experiments/store";
import { checkProfile, findDataSet, type Profile, requireDataSet } from "fusion/dist/workspace";
import { commitOf } from "./commit-of";
import { gridTerminal } from "./grid-terminal";

export interface GridRequest {
  readonly name: ExperimentName;
  readonly profile: Profile;
  /** As it was given, from the root if relative. */
  readonly to: string;
  readonly jobs: number;
  readonly logits: boolean;
  readonly signal: AbortSignal;
}

/** @throws listing the known ones */
export function checkName(who: string, name: string, others: readonly string[] = []): ExperimentName {
  const known = experimentNames.find((n) => n === name);
  if (known) return known;
  throw new Error(
    `${who}: expected one of [${[...others, ...experimentNames].join(", ")}], got "${name}"; see --help`,
  );
}

/** @param unless where it is left out */
export function checkJobs(who: string, text: string | undefined, unless: number): number {
  const jobs = text === undefined ? unless : Number(text);
  if (Number.isInteger(jobs) && jobs > 0) return jobs;
  throw new Error(`${who}: expected --jobs 1 or more, got "${text}"; leave it out for one process a core`);
}

/** What is kept: full runs on real data, standard ones on simulated data. */
export const profileOf = (name: ExperimentName, asked: string | undefined): Profile =>
  asked !== undefined ? checkProfile(asked) : isSimulated(name) ? "standard" : "full";

/** Are its data on this machine, or made by it? */
export const isHere = (name: ExperimentName): boolean =>
  isSimulated(name) || findDataSet(workspace, experiment(name).data) !== undefined;

export const folders = {
  find: (dataSet: string): string => requireDataSet(workspace, dataSet),
  prepared: workspace.prepared,
};

export const placesOf = (to: string) => ({
  results: resolve(workspace.root, to),
  checkpoints: join(workspace.root, "build", "checkpoints"),
  keepCheckpoints: true, // what changes scoring alone costs no second training
  commit: commitOf(workspace.root),
});

/** @returns how many runs failed; results that newer ones have replaced are removed where none did */
export async function makeGrid({ name, profile, to, jobs, logits, signal }: GridRequest): Promise<number> {
  const started = performance.now();
  const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(0)} s`;
  const places = placesOf(to);
  const where = `${to}/${profile}/${name}`;
  try {
    const made = await runExperiment(name, {
      ...{ ...places, profile, folders, jobs, logits, signal, progress: gridTerminal() },
    });
    const keys = made.map(({ key }) => key);
    const replaced = removeReplaced(places.results, profile, name, keys);
    console.log(
      `${name}: ${made.length} runs in ${where}, ${replaced.length} older ones removed, ${seconds()}`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof FailedRuns)) throw error;
    const { failures, results } = error;
    console.log(
      `${name}: ${results.length} runs in ${where}, ${failures.length} failed, ${seconds()}; the failed ones:`,
    );
    for (const { key, title, error } of failures) console.log(`  ${key} ${title}: ${error.message}`);
    return failures.length;
  }
}
