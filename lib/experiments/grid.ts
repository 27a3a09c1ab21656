/** All runs of an experiment: those that are there are read, the others are made, in as many processes as are wanted. */
import { join } from "node:path";
import { engineIdentity } from "../engine/start";
import type { Progress } from "../train/progress";
import type { Profile } from "../workspace";
import type { ExperimentName } from "./experiment";
import { expectedSeconds } from "./expected-seconds";
import { FailedRuns } from "./failed-runs";
import { type GridReporter, silentGrid } from "./grid-progress";
import type { GridTask } from "./grid-worker";
import { makeAll } from "./make-all";
import { makeRun } from "./make-run";
import { type Plan, planOf, requestsOfPlan } from "./plan";
import { remembered } from "./remembered-folders";
import type { Result } from "./result";
import type { RunRequest } from "./run-key";
import { readResult, resultFile } from "./store";
import { type SurveyedRun, surveyOf } from "./survey";
import type { DataFolders } from "./window-source";

export interface PlanOptions {
  readonly folders: DataFolders;
  /** Where results are written. */
  readonly results: string;
  /** Folders whose results are taken, if their keys are the same, before anything is computed. */
  readonly reuse?: readonly string[];
  /** Where checkpoints lie; none are written if not given. */
  readonly checkpoints?: string;
  /** Leave those of finished runs: where only the scoring has changed since, nothing is trained again. */
  readonly keepCheckpoints?: boolean;
  readonly signal?: AbortSignal;
  readonly progress?: GridReporter;
  /** Processes that work at the same time; 1, this one alone, unless told. The results are the same bytes. */
  readonly jobs?: number;
  /** Where each run's trained model is kept, in a folder of its key; a run whose model is not there is made again. */
  readonly models?: string;
  /** A run whose logits are not beside its result is made again. */
  readonly logits?: boolean;
  /** Recorded beside the results. */
  readonly commit?: string;
  readonly now?: () => Date;
}

export interface GridOptions extends PlanOptions {
  readonly profile: Profile;
}

/** @returns results in the order of presets, folds, seeds; @throws as `runPlan` */
export const runExperiment = (
  name: ExperimentName,
  { profile, ...options }: GridOptions,
): Promise<Result[]> => runPlan(planOf(name, profile), options);

/**
 * A run that fails, or whose process dies, stops none of the others.
 *
 * @returns results in the order of presets, folds, seeds
 * @throws Interrupted where the signal asked to stop: finished runs stay, the others go on from their checkpoints;
 *   FailedRuns at the end where some failed
 */
export async function runPlan(plan: Plan, options: PlanOptions): Promise<Result[]> {
  const { results, reuse = [], jobs = 1, signal, progress = silentGrid } = options;
  const { folders, dataSets } = remembered(options.folders);
  const { runs, missing } = await surveyOf(plan, { ...options, folders });
  const expected = expectedSeconds([results, ...reuse], plan);
  const work = missing.map((run) => ({ ...run, weight: expected(run.request) ?? 1 }));
  const { checkpoints, keepCheckpoints, models, commit } = options;
  const places = {
    results,
    ...(checkpoints && { checkpoints }),
    ...(keepCheckpoints && { keepCheckpoints }),
    ...(models && { models }),
    ...(commit && { commit }),
  };
  const shared = { plan, places, engine: engineIdentity(), prepared: folders.prepared, dataSets };
  const failures = await makeAll(work, {
    ...{ of: runs.length, jobs, signal, progress },
    here: (run, told) => makeHere(run, options, told),
    script: join(__dirname, "grid-worker.js"),
    taskOf: ({ key }): GridTask => ({ ...shared, key }),
  });
  const lost = new Set(failures.map(({ key }) => key));
  const made = runs
    .filter(({ key }) => !lost.has(key))
    .map(({ file, key }) => readResult(file ?? resultFile(results, plan.profile, plan.experiment, key)));
  if (failures.length > 0) throw new FailedRuns(failures, made, runs.length);
  return made;
}

const makeHere = (
  { request }: SurveyedRun,
  options: PlanOptions,
  told: (progress: Progress) => void,
): Promise<Result> => {
  const { signal, now } = options;
  return makeRun(request, options, { signal, now, progress: { update: told, clear: () => {} } });
};

/** What would be run: presets × folds × seeds. */
export const requestsOf = (
  name: ExperimentName,
  { profile, folders }: Pick<GridOptions, "profile" | "folders">,
): Promise<RunRequest[]> => requestsOfPlan(planOf(name, profile), folders);
