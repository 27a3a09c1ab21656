/** What notebooks call: everything that the workspace knows is filled in. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type * as tf from "@tensorflow/tfjs";
import { interruptSignal } from "./engine/interrupt";
import { requireDataSet, type Workspace } from "./workspace";
import { showMarkdown } from "./figures/show";
import { codeOfDescription, type Description, readDescription } from "./experiments/description";
import { type Benchmark, readBenchmark } from "./experiments/benchmark";
import { amounts } from "./experiments/amounts";
import { experiment, type ExperimentName } from "./experiments/experiment";
import { requestsOf, runExperiment } from "./experiments/grid";
import { gridLineReporter } from "./experiments/grid-progress";
import { buildModel } from "./experiments/build-model";
import { openCoincidence } from "./experiments/open-coincidence";
import { simulatedPamap2Recordings, simulationFolder } from "./experiments/open-pamap2";
import { runKey } from "./experiments/run-key";
import { isStale } from "./experiments/stale";
import { readResults, resultFile } from "./experiments/store";
import type { Study } from "./experiments/study";
import type { Fold } from "./data/fold";
import type { Recording } from "./data/recording";
import type { Coincidence } from "./data/simulate-coincidence";
import { fitScaler, type Scaler } from "./data/scaler";
import type { Windows } from "./data/windows";
import { loadModel } from "./train/save-model";
import type { Result } from "./experiments/result";

/** Where the files of `simulatedRecordings` lie. */
export const simulatedFolder = ({ profile, prepared }: Pick<Workspace, "profile" | "prepared">): string =>
  simulationFolder(prepared, amounts[profile].secondsPerActivity);

/** Simulated PAMAP2, as large as the profile has it, with the protocol's twelve activities as classes. */
export const simulatedRecordings = ({ profile, prepared }: Workspace): Promise<Recording[]> =>
  simulatedPamap2Recordings({ secondsPerActivity: amounts[profile].secondsPerActivity }, { prepared });

/**
 * Runs what has not been run, with a bar that is gone from the saved notebook; the interrupt button stops it, and the
 * next call goes on. In a lesson committed results serve as well; where everything is to be made afresh they do not.
 *
 * @param options `keepModels`: also keep the trained models, for `trainedModel`; results without a model do not serve
 */
export function trainHere(
  name: ExperimentName,
  place: Workspace,
  { keepModels = false }: { readonly keepModels?: boolean } = {},
): Promise<Result[]> {
  return runExperiment(name, {
    ...studyOptionsOf(place),
    ...(keepModels && { models: modelsIn(place) }),
  });
}

/** How a notebook makes the runs of an experiment or a study. */
export const studyOptionsOf = (place: Workspace) => ({
  profile: place.profile,
  folders: foldersOf(place),
  results: place.results,
  reuse: place.isFresh ? [] : [place.keptResults],
  checkpoints: join(place.build, "checkpoints"),
  signal: interruptSignal(),
  // to start a process takes longer than a run of seconds
  jobs: place.profile === "tiny" ? 1 : Math.min(2, availableParallelism()),
  progress: gridLineReporter((text) => void process.stdout.write(text)),
});

const foldersOf = (place: Workspace) => ({
  prepared: place.prepared,
  find: (dataSet: string) => requireDataSet(place, dataSet),
});

const modelsIn = ({ build }: Pick<Workspace, "build">): string => join(build, "models");

export interface Trained {
  /** The caller frees both. */
  readonly model: tf.LayersModel;
  /** As it was before training. */
  readonly untrained: tf.LayersModel;
  readonly scaler: Scaler;
  readonly windows: Windows;
  readonly fold: Fold;
}

/**
 * The model behind a result, with the windows that it was trained and tested on.
 *
 * @param result of `trainHere` with `keepModels`
 * @throws where it is a result of something else
 */
export async function trainedModel(
  name: ExperimentName,
  result: Pick<Result, "key" | "classes">,
  place: Workspace,
): Promise<Trained> {
  const requests = await requestsOf(name, { profile: place.profile, folders: foldersOf(place) });
  const request = requests.find((r) => runKey(r) === result.key);
  if (!request)
    throw new Error(
      `trainedModel: expected a result of ${name} under this code, got the key ${result.key}; take it from trainHere`,
    );
  const { windows, fold, preset, seed } = request;
  if (!("fusion" in preset))
    throw new Error(
      `trainedModel: expected a network, got ${preset.classifier}; ask for a preset with a fusion`,
    );
  const model = await loadModel(join(modelsIn(place), result.key));
  const untrained = buildModel(preset, windows, result.classes.length, seed);
  return { model, untrained, scaler: fitScaler(windows, fold), windows, fold };
}

/**
 * The committed results on real data, whatever data sets are on this machine. Where older code made them, the cell says
 * so above what it draws.
 *
 * @throws where they have not been made, with the command that makes them
 */
export function keptResults(name: ExperimentName, place: Pick<Workspace, "keptResults">): Result[] {
  const results = readResults(place.keptResults, "full", name);
  if (results.length === 0)
    throw new Error(
      `keptResults: expected results/full/${name}, got none; where the data are, run: npm run results -- ${name}`,
    );
  say(staleNote(`results of ${name}`, results.filter(isStale).length, results.length));
  return results;
}

/** As `keptResults`; where they have not been made the cell says so, and with which command they are. */
export function keptIfMade(
  name: ExperimentName,
  place: Pick<Workspace, "keptResults">,
): Result[] | undefined {
  if (readResults(place.keptResults, "full", name).length > 0) return keptResults(name, place);
  say(
    `**Not run**: there are no results of ${name} yet. Where the data are, \`npm run experiment -- ${name}\` makes them.`,
  );
  return undefined;
}

/** The committed rows of a benchmark; see `npm run bench`. */
export const keptBenchmark = (name: string, place: Pick<Workspace, "keptResults">): Benchmark =>
  readBenchmark(place.keptResults, name);

/** The simulation behind an experiment on "coincidence", as large as the profile has it: windows, and the truth. */
export function coincidenceOf(name: ExperimentName, { profile }: Pick<Workspace, "profile">): Coincidence {
  const { data, windowsPerSubject } = experiment(name);
  if (data !== "coincidence")
    throw new Error(
      `coincidenceOf: expected an experiment on "coincidence", got ${name} on "${data}"; name another`,
    );
  return openCoincidence({ windowsPerSubject: amounts[profile].windowsPerSubject ?? windowsPerSubject });
}

/** The committed description of a real data set; said to be stale as `keptResults` does. */
export function keptDescription(dataSet: string, place: Pick<Workspace, "keptResults">): Description {
  const description = readDescription(place.keptResults, dataSet);
  say(staleNote(`description of ${dataSet}`, description.code === codeOfDescription() ? 0 : 1, 1));
  return description;
}

/** What must stand above figures and tables of stale results; undefined where none is stale. */
export function staleNote(
  what: string,
  stale: number,
  of: number,
  command = "npm run results",
): string | undefined {
  if (stale === 0) return undefined;
  return `**Stale**: of the ${what}, ${stale} of ${of} were made by older code than this. Where the data are, \`${command}\` renews them.`;
}

/** Says in the cell how many of a study's committed results are stale, where any is. */
export function sayStaleOf(
  { name, isStale: isOld }: Pick<Study, "name" | "isStale">,
  results: readonly { readonly key: string }[],
  { keptResults: folder }: Pick<Workspace, "keptResults">,
  what = `trainings of ${name}`,
): void {
  const stale = results.filter(({ key }) => isOld(resultFile(folder, "full", name, key))).length;
  say(staleNote(what, stale, results.length, `npm run experiment -- ${name}`));
}

const say = (note: string | undefined): void => {
  if (note !== undefined) showMarkdown(note);
};
