/** One run made and kept: reads only its preset and its data, writes only files of its own key. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { removeCheckpoints } from "../train/checkpoint";
import type { FitRequest } from "../train/fit";
import { saveModel } from "../train/save-model";
import { writeLogits } from "./logits-file";
import type { Result } from "./result";
import { run } from "./run";
import { runKey, type RunRequest, trainingKey } from "./run-key";
import { logitsFile, writeResult } from "./store";

/** Plain data, so that another process can be told. */
export interface RunPlaces {
  /** Where results are written. */
  readonly results: string;
  /** Where checkpoints lie, each training's in a folder of its key; none are written if not given. */
  readonly checkpoints?: string;
  /** Leave those of finished runs: where only the scoring has changed since, nothing is trained again. */
  readonly keepCheckpoints?: boolean;
  /** Where each run's trained model is kept, in a folder of its key. */
  readonly models?: string;
  /** Recorded beside the results. */
  readonly commit?: string;
}

export interface MakeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: FitRequest["progress"] | undefined;
  readonly now?: (() => Date) | undefined;
}

/** @throws Interrupted where the signal asks to stop; the next call goes on from the last checkpoint */
export async function makeRun(
  request: RunRequest,
  places: RunPlaces,
  { signal, progress, now = () => new Date() }: MakeOptions = {},
): Promise<Result> {
  const key = runKey(request);
  const training = trainingKey(request);
  const checkpoints = places.checkpoints && { folder: join(places.checkpoints, training), run: training };
  const logits = logitsFile(places.results, request.profile, request.experiment, key);
  const { models } = places;
  const started = performance.now();
  const before = checkpoints ? secondsSpent(checkpoints.folder) : 0;
  const spent = (): number => before + Math.round((performance.now() - started) / 10) / 100;
  try {
    const result = await run(request, {
      ...(checkpoints && { checkpoints }),
      ...(signal && { signal }),
      ...(progress && { progress }),
      ...(models && { keepModel: (trained) => saveModel(trained, join(models, key)) }),
      keepLogits: (told) => writeLogits(logits, key, request.windows, told),
    });
    const finished = now().toISOString();
    const circumstances = { finished, host: hostname(), commit: places.commit ?? "unknown" };
    writeResult(places.results, result, { seconds: spent(), ...circumstances });
    if (checkpoints && !places.keepCheckpoints) removeCheckpoints(checkpoints.folder);
    return result;
  } finally {
    if (checkpoints && existsSync(checkpoints.folder)) keepSeconds(checkpoints.folder, spent());
  }
}

const spentFile = (folder: string): string => join(folder, "seconds.json");

/** By earlier attempts at this training, so that a run that was resumed is not told as a quick one. */
function secondsSpent(folder: string): number {
  if (!existsSync(spentFile(folder))) return 0;
  return Number(readFileSync(spentFile(folder), "utf8")) || 0;
}

const keepSeconds = (folder: string, seconds: number): void =>
  writeFileSync(spentFile(folder), `${seconds}\n`);
