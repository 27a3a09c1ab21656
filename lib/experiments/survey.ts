/** Which runs of a plan are there, which are missing, and which results are of another time. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Plan, requestsOfPlan, titleOf } from "./plan";
import { runKey, type RunRequest } from "./run-key";
import { keysOf, logitsFile, resultFile } from "./store";
import type { DataFolders } from "./window-source";

export interface SurveyedRun {
  readonly request: RunRequest;
  readonly key: string;
  readonly title: string;
  /** Its result; undefined where there is none, or where something else that is wanted of it is not there. */
  readonly file: string | undefined;
}

export interface Survey {
  /** In the order of presets, folds, seeds; a run that the plan names twice is here twice. */
  readonly runs: readonly SurveyedRun[];
  /** Each once. */
  readonly missing: readonly SurveyedRun[];
  /** Keys of results of this experiment in the first folder that are of no run of the plan: other code, data, engine. */
  readonly stale: readonly string[];
}

export interface SurveyPlaces {
  readonly folders: DataFolders;
  readonly results: string;
  /** Folders whose results are taken, too, if their keys are the same. */
  readonly reuse?: readonly string[] | undefined;
  /** A run counts as missing unless its model is here. */
  readonly models?: string | undefined;
  /** A run counts as missing unless its logits lie beside it. */
  readonly logits?: boolean | undefined;
}

export async function surveyOf(plan: Plan, places: SurveyPlaces): Promise<Survey> {
  const { results, reuse = [], models, logits = false } = places;
  const requests = await requestsOfPlan(plan, places.folders);
  const { profile, experiment } = plan;
  const runs = requests.map((request): SurveyedRun => {
    const key = runKey(request);
    const file = [results, ...reuse]
      .filter((folder) => !logits || existsSync(logitsFile(folder, profile, experiment, key)))
      .map((folder) => resultFile(folder, profile, experiment, key))
      .find((path) => existsSync(path));
    const complete = !models || existsSync(join(models, key));
    return { request, key, title: titleOf(request), file: complete ? file : undefined };
  });
  const missing = new Map(runs.filter(({ file }) => !file).map((run) => [run.key, run]));
  const keys = new Set(runs.map(({ key }) => key));
  return {
    runs,
    missing: [...missing.values()],
    stale: keysOf(results, profile, experiment).filter((key) => !keys.has(key)),
  };
}
