/** All runs of a study: those that are there are left, the others are made, in as many processes as are wanted. */
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { engineIdentity } from "../engine/start";
import { removeCheckpoints } from "../train/checkpoint";
import type { ProgressReporter } from "../train/progress";
import type { Profile } from "../workspace";
import { FailedRuns } from "./failed-runs";
import { type GridReporter, silentGrid } from "./grid-progress";
import { makeAll } from "./make-all";
import { remembered } from "./remembered-folders";
import { writeWithCircumstances } from "./result-files";
import { Interrupted } from "./run";
import { resultFile } from "./store";
import type { Study, StudyRun } from "./study";
import type { StudyTask } from "./study-worker";
import type { DataFolders } from "./window-source";

/** Plain data, so that another process can be told. */
export interface StudyPlaces {
  /** Where results are written. */
  readonly results: string;
  /** Where checkpoints lie, each run's in a folder of its key; none are written if not given. */
  readonly checkpoints?: string;
  /** Recorded beside the results. */
  readonly commit?: string;
}

export interface StudyOptions extends StudyPlaces {
  readonly profile: Profile;
  readonly folders: DataFolders;
  /** Folders whose results are taken, if their keys are the same. */
  readonly reuse?: readonly string[];
  /** Only these of its runs; all if not given. */
  readonly wanted?: (run: StudyRun) => boolean;
  /** Processes that work at the same time; 1, this one alone, unless told. The results are the same bytes. */
  readonly jobs?: number;
  readonly signal?: AbortSignal;
  readonly progress?: GridReporter;
}

export interface SurveyedStudyRun {
  readonly run: StudyRun;
  /** Its result; undefined where there is none. */
  readonly file: string | undefined;
}

/** Which of a study's runs are there. */
export async function surveyStudy(
  study: Study,
  { profile, folders, results, reuse = [], wanted = () => true }: StudyOptions,
): Promise<SurveyedStudyRun[]> {
  const runs = await study.runs(profile, folders);
  return runs.filter(wanted).map((run) => ({
    run,
    file: [results, ...reuse]
      .map((folder) => resultFile(folder, profile, study.name, run.key))
      .find((file) => existsSync(file)),
  }));
}

/**
 * @returns the files of all runs, in the study's order
 * @throws Interrupted where the signal asked to stop: finished runs stay; FailedRuns at the end where some failed
 */
export async function runStudy(study: Study, options: StudyOptions): Promise<string[]> {
  const { results, checkpoints, commit, profile, jobs = 1, signal, progress = silentGrid } = options;
  const { folders, dataSets } = remembered(options.folders);
  const surveyed = await surveyStudy(study, { ...options, folders });
  const missing = new Map(surveyed.filter(({ file }) => !file).map(({ run }) => [run.key, run]));
  const places: StudyPlaces = { results, ...(checkpoints && { checkpoints }), ...(commit && { commit }) };
  const shared = { study: study.name, profile, places, prepared: folders.prepared, dataSets };
  const failures = await makeAll([...missing.values()], {
    ...{ of: surveyed.length, jobs, signal, progress },
    here: (run, update) =>
      makeStudyRun(study.name, profile, run, places, { signal, progress: { update, clear: () => {} } }),
    script: join(__dirname, "study-worker.js"),
    taskOf: ({ key }): StudyTask => ({ ...shared, key, engine: engineIdentity() }),
  });
  const lost = new Set(failures.map(({ key }) => key));
  const files = surveyed
    .filter(({ run }) => !lost.has(run.key))
    .map(({ run, file }) => file ?? resultFile(results, profile, study.name, run.key));
  if (failures.length > 0) throw new FailedRuns(failures, files, surveyed.length);
  return files;
}

/** @throws Interrupted where the signal asks to stop; the next call goes on from the last checkpoint */
export async function makeStudyRun(
  name: string,
  profile: Profile,
  run: StudyRun,
  places: StudyPlaces,
  { signal, progress }: { readonly signal?: AbortSignal | undefined; readonly progress?: ProgressReporter },
): Promise<void> {
  const checkpoints = places.checkpoints && { folder: join(places.checkpoints, run.key), run: run.key };
  const started = performance.now();
  const result = await run.make({
    results: places.results,
    ...(checkpoints && { checkpoints }),
    ...(signal && { signal }),
    ...(progress && { progress }),
  });
  if (!result) throw new Interrupted();
  writeWithCircumstances(resultFile(places.results, profile, name, run.key), result, {
    seconds: Math.round((performance.now() - started) / 10) / 100,
    finished: new Date().toISOString(),
    host: hostname(),
    commit: places.commit ?? "unknown",
  });
  if (checkpoints) removeCheckpoints(checkpoints.folder);
}
