/** All runs of an experiment: those that are there are read, the others are made, in as many processes as are wanted. */
import { join } from "node:path";
import { engineIdentity } from "../engine/start";
import type { Progress } from "../train/progress";
import type { Profile } from "../workspace";
import type { ExperimentName } from "./experiment";
import { expectedSeconds } from "./expected-seconds";
import { followGrid, type GridReporter, silentGrid } from "./grid-progress";
import type { GridNews, GridTask } from "./grid-worker";
import { makeRun } from "./make-run";
import { type Plan, planOf, requestsOfPlan } from "./plan";
import type { Result } from "./result";
import { Interrupted } from "./run";
import type { RunRequest } from "./run-key";
import { readResult, resultFile } from "./store";
import { type SurveyedRun, surveyOf } from "./survey";
import type { DataFolders } from "./window-source";
import { inProcesses } from "./worker-processes";

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
  const grid = followGrid(work, runs.length, progress);
  const failures: FailedRun[] = [];
  const ended = (run: (typeof work)[number], error?: Error): void => {
    if (error) failures.push({ key: run.key, title: run.title, error });
    grid.ended(run, error);
  };
  try {
    if (jobs === 1 || missing.length < 2)
      for (const run of work) {
        grid.began(run);
        await makeHere(run, options, (news) => grid.trained(run.key, news)).then(
          () => ended(run),
          (error: Error) => {
            if (error instanceof Interrupted) throw error;
            ended(run, error);
          },
        );
      }
    else {
      const { checkpoints, keepCheckpoints, models, commit } = options;
      const places = {
        results,
        ...(checkpoints && { checkpoints }),
        ...(keepCheckpoints && { keepCheckpoints }),
        ...(models && { models }),
        ...(commit && { commit }),
      };
      const shared = { plan, places, engine: engineIdentity(), prepared: folders.prepared, dataSets };
      const byKey = new Map(work.map((run) => [run.key, run]));
      await inProcesses<GridTask>(
        join(__dirname, "grid-worker.js"),
        work.map(({ key }) => ({ ...shared, key })),
        {
          processes: Math.min(jobs, missing.length),
          signal,
          began: ({ key }) => grid.began(byKey.get(key)!),
          heard: ({ key }, news) => {
            const heard = news as GridNews;
            if ("process" in heard) grid.isIn(key, heard.process);
            else if ("progress" in heard) grid.trained(key, heard.progress);
          },
          ended: ({ key }, error) => ended(byKey.get(key)!, error),
        },
      );
      if (signal?.aborted) throw new Interrupted();
    }
  } finally {
    progress.clear();
  }
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

/** Folders that know which data sets were asked for, and where they lay. */
function remembered({ find, prepared }: DataFolders): {
  readonly folders: DataFolders;
  readonly dataSets: Record<string, string>;
} {
  const dataSets: Record<string, string> = {};
  return { folders: { prepared, find: (name) => (dataSets[name] = find(name)) }, dataSets };
}

export interface FailedRun {
  readonly key: string;
  readonly title: string;
  readonly error: Error;
}

/** All others are made and kept. */
export class FailedRuns extends Error {
  constructor(
    readonly failures: readonly FailedRun[],
    readonly results: readonly Result[],
    of: number,
  ) {
    const lines = failures.map(({ key, title, error }) => `  ${key} ${title}: ${error.message}`);
    super(
      `runPlan: expected ${of} runs, got ${results.length}, since these failed; mend the cause and start it again, the others stay:\n${lines.join("\n")}`,
    );
  }
}

/** What would be run: presets × folds × seeds. */
export const requestsOf = (
  name: ExperimentName,
  { profile, folders }: Pick<GridOptions, "profile" | "folders">,
): Promise<RunRequest[]> => requestsOfPlan(planOf(name, profile), folders);
