/** One run made and kept: reads only its preset and its data, writes only files of its own key. */
import { hostname } from "node:os";
import { join } from "node:path";
import { removeCheckpoints } from "../train/checkpoint";
import type { FitRequest } from "../train/fit";
import { saveModel } from "../train/save-model";
import { writeLogits } from "./logits-file";
import type { Result } from "./result";
import { run } from "./run";
import { runKey, type RunRequest } from "./run-key";
import { logitsFile, writeResult } from "./store";

/** Plain data, so that another process can be told. */
export interface RunPlaces {
  /** Where results are written. */
  readonly results: string;
  /** Where checkpoints of unfinished runs lie, each in a folder of its key; none are kept if not given. */
  readonly checkpoints?: string;
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
  const checkpoints = places.checkpoints && { folder: join(places.checkpoints, key), run: key };
  const logits = logitsFile(places.results, request.profile, request.experiment, key);
  const { models } = places;
  const started = performance.now();
  const result = await run(request, {
    ...(checkpoints && { checkpoints }),
    ...(signal && { signal }),
    ...(progress && { progress }),
    ...(models && { keepModel: (trained) => saveModel(trained, join(models, key)) }),
    keepLogits: (told) => writeLogits(logits, key, request.windows, told),
  });
  const seconds = Math.round((performance.now() - started) / 10) / 100;
  const finished = now().toISOString();
  writeResult(places.results, result, {
    ...{ seconds, finished, host: hostname(), commit: places.commit ?? "unknown" },
  });
  if (checkpoints) removeCheckpoints(checkpoints.folder);
  return result;
}
