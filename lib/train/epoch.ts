/** One epoch: the training windows in a new order, batch after batch through the compiled step. */
import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs";
import type { Fold } from "../data/fold";
import { type Batch, gatherBatch } from "../data/gather-batch";
import type { Scaler } from "../data/scaler";
import type { Windows } from "../data/windows";
import type { CompiledStep } from "../engine/jit";
import { randomFor, seedFor } from "../random";
import { dropModalities, shiftInTime } from "./augment";
import { changeMotion } from "./augment-motion";
import type { TrainingOptions } from "./options";
import { type ProgressReporter, stopwatch } from "./progress";
import type { EpochRecord } from "./run-state";
import { learningRateAt, type Schedule } from "./schedule";
import { inputTensors, oneHotTargets } from "./tensors";

export interface EpochRequest {
  readonly step: CompiledStep;
  readonly windows: Windows;
  readonly fold: Pick<Fold, "train">;
  readonly scaler: Scaler;
  readonly classes: number;
  readonly options: TrainingOptions;
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
  readonly progress: ProgressReporter;
  /** Milliseconds; for progress alone. */
  readonly now: () => number;
}

export interface EpochTrainer {
  readonly schedule: Schedule;
  /** Batches in an epoch. All are full: the windows that are left over have their turn in other epochs. */
  readonly batches: number;
  /** Trains epoch 1, 2, ...; undefined where the user asked to stop. */
  train(epoch: number): Promise<Pick<EpochRecord, "trainLoss" | "trainAccuracy"> | undefined>;
}

/** Whatever is random is keyed by seed, epoch and batch: an epoch does not depend on how the process came to it. */
export function epochTrainer(request: EpochRequest): EpochTrainer {
  const { step, windows, fold, scaler, classes, options, seed, signal, progress } = request;
  const batchSize = Math.min(options.batchSize, fold.train.length);
  const batches = Math.floor(fold.train.length / batchSize);
  const schedule: Schedule = {
    base: options.learningRate,
    minimum: options.minimumLearningRate,
    warmupSteps: options.warmupSteps,
    totalSteps: options.epochs * batches,
  };
  const clock = stopwatch(request.now);
  const key = seedFor(seed, "step") >>> 1; // below 2^30, as keyed random numbers want it

  const train: EpochTrainer["train"] = async (epoch) => {
    const order = randomFor(seed, "shuffle", epoch).permutation(fold.train.length);
    let [loss, correct] = [0, 0];
    let reused: Batch | undefined;
    for (let b = 0; b < batches; b++) {
      await setImmediate(); // an interrupt and a notebook's messages get their turn
      if (signal?.aborted) return undefined;
      const indices = order.subarray(b * batchSize, (b + 1) * batchSize).map((i) => fold.train[i]!);
      const batch = (reused = gatherBatch(windows, indices, { scaler }, reused));
      const random = randomFor(seed, "augment", epoch, b);
      if (options.motion) changeMotion(batch, windows.names, options.motion, scaler, random);
      shiftInTime(batch, windows.names, options.jitter, random);
      dropModalities(batch, windows.names, options.modalityDropout, random);
      const at = (epoch - 1) * batches + b;
      const inputs = {
        ...inputTensors(batch),
        targets: oneHotTargets(batch, classes),
        rate: tf.scalar(learningRateAt(at, schedule)),
        seed: tf.tensor1d([key, at], "int32"),
      };
      const outputs = step(inputs);
      const [value, right] = [scalar(outputs["loss"]!), scalar(outputs["correct"]!)];
      tf.dispose([inputs, outputs]);
      if (!Number.isFinite(value))
        throw new Error(
          `fit: expected a finite loss, got ${value} in epoch ${epoch}, batch ${b + 1}; lower learningRate (${options.learningRate}) or look for NaN in the windows`,
        );
      loss += value;
      correct += right;
      progress.update({
        ...{ epoch, epochs: options.epochs, batch: b + 1, batches, loss: loss / (b + 1) },
        metric: { name: "accuracy", value: correct / ((b + 1) * batchSize) },
        ...clock(batchSize, batchSize * (batches * (options.epochs - epoch + 1) - b - 1)),
      });
    }
    return { trainLoss: loss / batches, trainAccuracy: correct / (batches * batchSize) };
  };
  return { schedule, batches, train };
}

const scalar = (tensor: tf.Tensor): number => tensor.dataSync()[0]!;
