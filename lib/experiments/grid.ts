/** All runs of an experiment: those that are there are read, the others are made, one after the other. */
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { selectModalities } from "../data/select-modalities";
import { removeCheckpoints } from "../train/checkpoint";
import { saveModel } from "../train/save-model";
import type { FitRequest } from "../train/fit";
import type { Profile } from "../workspace";
import { amounts, experiment, type ExperimentName } from "./experiment";
import { foldsOf, openWindows } from "./open-data";
import { presetsOf } from "./presets-of";
import type { Result } from "./result";
import { run } from "./run";
import { runKey, type RunRequest } from "./run-key";
import { readResult, resultFile, writeResult } from "./store";
import type { DataFolders } from "./window-source";

export interface GridOptions {
  readonly profile: Profile;
  readonly folders: DataFolders;
  /** Where results are written. */
  readonly results: string;
  /** Folders whose results are taken, if their keys are the same, before anything is computed. */
  readonly reuse?: readonly string[];
  /** Where checkpoints of unfinished runs lie; none are kept if not given. */
  readonly checkpoints?: string;
  readonly signal?: AbortSignal;
  readonly progress?: (done: number, of: number, title: string) => FitRequest["progress"];
  /** Where each run's trained model is kept, in a folder of its key; a run whose model is not there is made again. */
  readonly models?: string;
  /** Recorded beside the results. */
  readonly commit?: string;
  readonly now?: () => Date;
}

/** @returns results in the order of presets, folds, seeds */
export async function runExperiment(name: ExperimentName, options: GridOptions): Promise<Result[]> {
  const requests = await requestsOf(name, options);
  const results: Result[] = [];
  const { now = () => new Date() } = options;
  for (const [i, request] of requests.entries()) {
    const key = runKey(request);
    const places = [options.results, ...(options.reuse ?? [])];
    const there = places
      .map((folder) => resultFile(folder, request.profile, name, key))
      .find((file) => existsSync(file));
    const model = options.models && join(options.models, key);
    if (there && !(model && !existsSync(model))) {
      results.push(readResult(there));
      continue;
    }
    const title = `${name} ${request.presetName}, ${request.fold.split}, held out ${request.fold.heldOut}, seed ${request.seed}`;
    const progress = options.progress?.(i, requests.length, title);
    const checkpoints = options.checkpoints && { folder: join(options.checkpoints, key), run: key };
    const started = performance.now();
    const result = await run(request, {
      ...(checkpoints && { checkpoints }),
      ...(options.signal && { signal: options.signal }),
      ...(progress && { progress }),
      ...(model && { keepModel: (trained) => saveModel(trained, model) }),
    });
    const seconds = Math.round((performance.now() - started) / 10) / 100;
    const circumstances = {
      seconds,
      finished: now().toISOString(),
      host: hostname(),
      commit: options.commit ?? "unknown",
    };
    writeResult(options.results, result, circumstances);
    if (checkpoints) removeCheckpoints(checkpoints.folder);
    results.push(result);
  }
  return results;
}

/** What would be run: presets × folds × seeds. */
export async function requestsOf(
  name: ExperimentName,
  { profile, folders }: Pick<GridOptions, "profile" | "folders">,
): Promise<RunRequest[]> {
  const amount = amounts[profile];
  const described = experiment(name);
  const {
    secondsPerActivity = described.secondsPerActivity,
    windowsPerSubject = described.windowsPerSubject,
  } = amount;
  const definition = {
    ...described,
    ...(secondsPerActivity !== undefined && { secondsPerActivity }),
    ...(windowsPerSubject !== undefined && { windowsPerSubject }),
  };
  const chosen = presetsOf(definition).map(({ presetName, preset }) => ({
    presetName,
    preset: amount.preset(preset),
  }));
  const modalities = [...new Set(chosen.flatMap(({ preset }) => preset.modalities))];
  const windows = await openWindows(definition, modalities, folders);
  const all = foldsOf(windows, definition);
  const heldOut = [...new Set(all.map((fold) => fold.heldOut))].slice(0, amount.heldOut);
  const folds = all.filter((fold) => heldOut.includes(fold.heldOut));
  const source = { data: described.data, split: { kind: described.split.kind } };
  const seeds = definition.seeds.slice(0, amount.seeds);
  return chosen.flatMap(({ presetName, preset }) => {
    const seen = selectModalities(windows, preset.modalities);
    return folds.flatMap((fold) =>
      seeds.map((seed) => ({
        experiment: name,
        profile,
        presetName,
        preset,
        source,
        windows: seen,
        fold,
        seed,
      })),
    );
  });
}
