/** One sensor trained on its own: as source, as floor, and as what a target may start from. */
import type * as tf from "@tensorflow/tfjs";
import type { Fold } from "../data/fold";
import { fitScaler } from "../data/scaler";
import { selectModalities } from "../data/select-modalities";
import type { Windows } from "../data/windows";
import { convEncoder } from "../encoders/conv";
import { engineIdentity } from "../engine/start";
import { fit } from "../train/fit";
import { trainedClasses } from "../train/labels";
import { restore } from "../train/run-state";
import { weightsOf } from "../train/tensors";
import { type Cache, cacheKey } from "../transfer/cache";
import { unimodalModel } from "../transfer/unimodal-model";
import { codeHash } from "./code-hash";
import type { Learner } from "./d-cat-design";
import type { StudyContext } from "./study";

export interface AloneRequest {
  /** Of any sensors. */
  readonly windows: Windows;
  readonly fold: Fold;
  readonly sensor: string;
  readonly learner: Learner;
  readonly seed: number;
}

/** @throws where the sensor is no sequence */
export function newModel({ windows, fold, sensor, learner, seed }: AloneRequest): tf.LayersModel {
  const track = windows.tracks[sensor];
  if (track?.kind !== "sequence")
    throw new Error(
      `d-cat: expected a sensor among [${windows.names.join(", ")}] that is a sequence, got ${sensor}; name another`,
    );
  const shape = { modality: sensor, time: track.time, channels: track.channels.length };
  const { dim, heads, dropout } = learner;
  const classes = trainedClasses(windows, fold);
  return unimodalModel({ ...shape, dim, heads, dropout, classes, encoder: convEncoder, seed });
}

/** Names the weights by all that they depend on; test windows are not among it. */
export function aloneKey({ windows, fold, sensor, learner, seed }: AloneRequest): string {
  const parts = [fold.train, fold.stop].map((part) => Array.from(part));
  return cacheKey({
    ...{ sensor, learner, seed, parts, data: windows.hash, engine: engineIdentity() },
    code: codeHash(["experiments/d-cat-alone"]),
  });
}

/**
 * Trains it, or takes its weights from the cache: the same bytes, since the same code learned from the same windows.
 *
 * @returns a model that the caller disposes of; undefined where the signal asked to stop
 */
export async function trainAlone(
  request: AloneRequest,
  cache: Cache,
  { signal, progress }: Pick<StudyContext, "signal" | "progress">,
): Promise<tf.LayersModel | undefined> {
  const { fold, sensor, learner, seed } = request;
  const model = newModel(request);
  const key = aloneKey(request);
  const { all } = weightsOf(model);
  const kept = cache.read(key);
  if (kept) {
    restore(all, kept);
    return model;
  }
  const windows = selectModalities(request.windows, [sensor]);
  const { interrupted } = await fit({
    ...{ model, windows, fold, seed, options: learner.training },
    ...(signal && { signal }),
    ...(progress && { progress }),
  });
  if (interrupted) {
    model.dispose();
    return undefined;
  }
  keepAlone(request, model, cache);
  return model;
}

/** Weights as they came out of training: who asks for this sensor as a source need not train it again. */
export const keepAlone = (request: AloneRequest, model: tf.LayersModel, cache: Cache): void =>
  cache.write(
    aloneKey(request),
    weightsOf(model).all.map((variable) => variable.dataSync<"float32">().slice()),
  );

/** As it was in training. */
export const scalerOf = ({ windows, fold, sensor }: Pick<AloneRequest, "windows" | "fold" | "sensor">) =>
  fitScaler(selectModalities(windows, [sensor]), fold);
