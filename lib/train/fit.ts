/** Training: epochs of compiled steps, with early stopping, the best weights kept, and a checkpoint after each epoch. */
import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs";
import type { Fold } from "../data/fold";
import { type Batch, gatherBatch } from "../data/gather-batch";
import { leakAudit, refuseLeak } from "../data/leak-audit";
import { fitScaler, type Scaler } from "../data/scaler";
import type { Windows } from "../data/windows";
import { jit } from "../engine/jit";
import { randomFor, seedFor } from "../random";
import { adamW } from "./adamw";
import { dropModalities, shiftInTime } from "./augment";
import { readCheckpoint, writeCheckpoint } from "./checkpoint";
import { balancedClassWeights } from "./cross-entropy";
import { negativeLogLikelihood, decide } from "./evaluate";
import type { TrainingOptions } from "./options";
import { predictor } from "./predict";
import { type ProgressReporter, silent } from "./progress";
import { learningRateAt } from "./schedule";
import { inputTensors, oneHotTargets, weightsOf } from "./tensors";
import { trainStep } from "./train-step";

export interface FitRequest {
  /** Trained in place. */
  readonly model: tf.LayersModel;
  readonly windows: Windows;
  readonly fold: Fold;
  readonly options: TrainingOptions;
  readonly seed: number;
  /** Where checkpoints go, and what the run is called in them; without it nothing is written. */
  readonly checkpoints?: { readonly folder: string; readonly run: string };
  /** Train although test windows share samples, segments or the fold's unit with training. */
  readonly allowLeak?: boolean;
  readonly signal?: AbortSignal;
  readonly progress?: ProgressReporter;
  /** Milliseconds; for progress alone. */
  readonly now?: () => number;
}

/** What one epoch gave. */
export interface EpochRecord {
  readonly epoch: number;
  readonly learningRate: number;
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  /** On the windows for stopping; null where the fold has none. */
  readonly stopLoss: number | null;
  readonly stopAccuracy: number | null;
}

export interface Fitted {
  readonly scaler: Scaler;
  readonly history: readonly EpochRecord[];
  /** The epoch whose weights the model has now. */
  readonly bestEpoch: number;
  readonly interrupted: boolean;
  /** Torn checkpoints that were passed over. */
  readonly torn: readonly string[];
}

interface State {
  readonly history: readonly EpochRecord[];
  readonly bestEpoch: number;
  readonly bestLoss: number | null;
}

/**
 * Statistics (scaler, class weights) come from `fold.train`. Whatever is random is keyed by seed, epoch and step, so
 * that a run which was killed and resumed ends with the bytes of one that was not.
 *
 * @throws where the split leaks and `allowLeak` is not given, where training lacks a class, or where the loss is no number
 */
export async function fit(request: FitRequest): Promise<Fitted> {
  const { model, windows, fold, options, seed, checkpoints, signal, progress = silent } = request;
  refuseLeak(leakAudit(windows, fold), request.allowLeak ?? false);
  const classes = classesOf(windows, fold);
  const scaler = fitScaler(windows, fold);
  const classWeights =
    options.classWeights === "balanced"
      ? tf.tensor1d(balancedClassWeights(labelsOf(windows, fold.train), classes))
      : undefined;
  const { trained, all } = weightsOf(model);
  const optimiser = adamW(trained, { weightDecay: options.weightDecay });
  const variables = [...all, ...optimiser.slots];
  const step = jit("fit", trainStep(model, optimiser, options, classWeights), variables);
  const predict = predictor(model, scaler);

  const batchSize = Math.min(options.batchSize, fold.train.length);
  const batches = Math.floor(fold.train.length / batchSize); // the rest has its turn in other epochs
  const schedule = {
    base: options.learningRate,
    minimum: options.minimumLearningRate,
    warmupSteps: options.warmupSteps,
    totalSteps: options.epochs * batches,
  };
  const clock = stopwatch(request.now ?? (() => performance.now()));

  let state: State = { history: [], bestEpoch: 0, bestLoss: null };
  let best = await snapshot(all);
  let torn: readonly string[] = [];
  if (checkpoints) {
    const resumed = readCheckpoint<State>(checkpoints.folder, checkpoints.run);
    if (resumed) {
      ({ state } = resumed.checkpoint);
      ({ torn } = resumed);
      restore(variables, resumed.checkpoint.tensors.slice(0, variables.length));
      best = resumed.checkpoint.tensors.slice(variables.length);
    }
  }

  /** @returns undefined where the user asked to stop */
  const trainEpoch = async (
    epoch: number,
  ): Promise<Pick<EpochRecord, "trainLoss" | "trainAccuracy"> | undefined> => {
    const order = randomFor(seed, "shuffle", epoch).permutation(fold.train.length);
    let [loss, correct] = [0, 0];
    let reused: Batch | undefined;
    for (let b = 0; b < batches; b++) {
      await setImmediate(); // an interrupt and a notebook's messages get their turn
      if (signal?.aborted) return undefined;
      const indices = order.subarray(b * batchSize, (b + 1) * batchSize).map((i) => fold.train[i]!);
      const batch = (reused = gatherBatch(windows, indices, { scaler }, reused));
      const random = randomFor(seed, "augment", epoch, b);
      shiftInTime(batch, windows.names, options.jitter, random);
      dropModalities(batch, windows.names, options.modalityDropout, random);
      const at = (epoch - 1) * batches + b;
      const inputs = {
        ...inputTensors(batch),
        targets: oneHotTargets(batch, classes),
        rate: tf.scalar(learningRateAt(at, schedule)),
        seed: tf.tensor1d([seedFor(seed, "step") >>> 1, at], "int32"),
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

  let interrupted = false;
  try {
    for (
      let epoch = state.history.length + 1;
      epoch <= options.epochs && !isOver(state, options.patience);
      epoch++
    ) {
      const trainedTo = await trainEpoch(epoch);
      if (!trainedTo) {
        interrupted = true;
        break;
      }
      const stop =
        fold.stop.length > 0
          ? await scores(predict, windows, fold.stop)
          : { stopLoss: null, stopAccuracy: null };
      const learningRate = learningRateAt(epoch * batches - 1, schedule);
      const history = [...state.history, { epoch, learningRate, ...trainedTo, ...stop }];
      const better = stop.stopLoss === null || state.bestLoss === null || stop.stopLoss < state.bestLoss;
      if (better) best = await snapshot(all);
      state = better ? { history, bestEpoch: epoch, bestLoss: stop.stopLoss } : { ...state, history };
      if (checkpoints)
        writeCheckpoint(checkpoints.folder, {
          epoch,
          run: checkpoints.run,
          state,
          tensors: [...(await snapshot(variables)), ...best],
        });
    }
    if (state.bestEpoch > 0) restore(all, best);
    return { scaler, history: state.history, bestEpoch: state.bestEpoch, interrupted, torn };
  } finally {
    progress.clear();
    step.dispose();
    predict.dispose();
    optimiser.dispose();
    classWeights?.dispose();
  }
}

const isOver = ({ history, bestEpoch }: State, patience: number | null): boolean =>
  patience !== null && history.length - bestEpoch >= patience;

async function scores(predict: ReturnType<typeof predictor>, windows: Windows, indices: Int32Array) {
  const [logits, labels] = [await predict(windows, indices), labelsOf(windows, indices)];
  const right = decide(logits).filter((id, i) => id === labels[i]).length;
  return { stopLoss: negativeLogLikelihood(logits, labels), stopAccuracy: right / labels.length };
}

/** [window]: class ids. */
export const labelsOf = (windows: Windows, indices: Int32Array): Int32Array =>
  indices.map((i) => windows.targets[i]!);

function classesOf(windows: Windows, fold: Fold): number {
  const { space } = windows;
  if (space.kind !== "class")
    throw new Error(
      `fit: expected windows with a class each, got "${space.kind}" targets; choose a data set with classes`,
    );
  const seen = new Set(labelsOf(windows, fold.train));
  const missing = space.classes.filter((_, id) => !seen.has(id));
  if (missing.length > 0)
    throw new Error(
      `fit: expected every class among the training windows of ${fold.heldOut}, got none of ${missing.join(", ")}; choose other activities or another split`,
    );
  return space.classes.length;
}

const scalar = (tensor: tf.Tensor): number => tensor.dataSync()[0]!;

const snapshot = (variables: readonly tf.Variable[]): Promise<Float32Array[]> =>
  Promise.all(variables.map(async (variable) => (await variable.data<"float32">()).slice()));

function restore(variables: readonly tf.Variable[], values: readonly Float32Array[]): void {
  variables.forEach((variable, i) =>
    tf.tidy(() => variable.assign(tf.tensor(values[i]!.slice(), variable.shape))),
  );
}

/** Windows a second, smoothed, and seconds for those that are left. */
function stopwatch(
  now: () => number,
): (done: number, left: number) => { windowsPerSecond: number; secondsLeft: number } {
  const started = now();
  let total = 0;
  return (done, left) => {
    total += done;
    const windowsPerSecond = (1000 * total) / Math.max(1, now() - started);
    return { windowsPerSecond, secondsLeft: left / windowsPerSecond };
  };
}
