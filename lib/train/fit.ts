/** Training: epochs of compiled steps, with early stopping, the best weights kept, and a checkpoint after each epoch. */
import * as tf from "@tensorflow/tfjs";
import type { Fold } from "../data/fold";
import { leakAudit, refuseLeak } from "../data/leak-audit";
import { fitScaler, type Scaler } from "../data/scaler";
import type { Windows } from "../data/windows";
import { jit } from "../engine/jit";
import { adamW } from "./adamw";
import { type Checkpoint, readCheckpoint, writeCheckpoint } from "./checkpoint";
import { balancedClassWeights } from "./cross-entropy";
import { epochTrainer } from "./epoch";
import { decide, negativeLogLikelihood } from "./evaluate";
import { labelsOf, trainedClasses } from "./labels";
import type { TrainingOptions } from "./options";
import { predictor, type Predictor } from "./predict";
import { type ProgressReporter, silent } from "./progress";
import {
  afterEpoch,
  type EpochRecord,
  isOver,
  restore,
  type RunState,
  snapshot,
  untrained,
} from "./run-state";
import { learningRateAt } from "./schedule";
import { weightsOf } from "./tensors";
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
  /** Train although test windows share samples with those that shape the model. */
  readonly allowLeak?: boolean;
  /** Stops within one batch. */
  readonly signal?: AbortSignal;
  readonly progress?: ProgressReporter;
  /** Milliseconds; for progress alone. */
  readonly now?: () => number;
}

export interface Fitted {
  readonly scaler: Scaler;
  readonly history: readonly EpochRecord[];
  /** The epoch whose weights the model has now; 0 where the first was interrupted. */
  readonly bestEpoch: number;
  readonly interrupted: boolean;
  /** Torn checkpoints that were passed over. */
  readonly torn: readonly string[];
}

/**
 * Statistics (scaler, class weights) come from `fold.train`. Whatever is random is keyed by seed, epoch and step, so
 * that a run which was killed and resumed ends with the bytes of one that was not.
 *
 * @throws where the split leaks and `allowLeak` is not given, where training lacks a class, where a
 *   measured sample or a loss is no number, or where checkpoints are another run's
 */
export async function fit(request: FitRequest): Promise<Fitted> {
  const { model, windows, fold, options, seed, checkpoints, signal } = request;
  const { progress = silent, now = () => performance.now() } = request;
  refuseLeak(leakAudit(windows, fold), request.allowLeak ?? false);
  const classes = trainedClasses(windows, fold);
  const resumed = checkpoints && readCheckpoint<RunState>(checkpoints.folder, checkpoints.run);
  const scaler = fitScaler(windows, fold);
  checkScaler(scaler);
  const classWeights =
    options.classWeights === "balanced"
      ? tf.tensor1d(balancedClassWeights(labelsOf(windows, fold.train), classes))
      : undefined;
  const { trained, all } = weightsOf(model);
  const optimiser = adamW(trained, { weightDecay: options.weightDecay });
  const variables = [...all, ...optimiser.slots];
  const step = jit("fit", trainStep(model, optimiser, options, classWeights), variables);
  const predict = predictor(model, scaler);
  try {
    const trainer = epochTrainer({
      step,
      windows,
      fold,
      scaler,
      classes,
      options,
      seed,
      signal,
      progress,
      now,
    });
    let { state, best } = resumed?.checkpoint
      ? resume(resumed.checkpoint, variables)
      : { state: untrained, best: await snapshot(all) };
    let interrupted = false;
    while (state.history.length < options.epochs && !isOver(state, options.patience)) {
      const epoch = state.history.length + 1;
      const learned = await trainer.train(epoch);
      const stop = learned && (await stopScores(predict, windows, fold.stop, epoch, signal));
      interrupted = !stop;
      if (!stop) break;
      const learningRate = learningRateAt(epoch * trainer.batches - 1, trainer.schedule);
      state = afterEpoch(state, { epoch, learningRate, ...learned, ...stop }, options.keep);
      if (state.bestEpoch === epoch) best = await snapshot(all);
      if (checkpoints) {
        const tensors = [...(await snapshot(variables)), ...best];
        writeCheckpoint(checkpoints.folder, { epoch, run: checkpoints.run, state, tensors });
      }
    }
    if (state.bestEpoch > 0) restore(all, best);
    const { history, bestEpoch } = state;
    return { scaler, history, bestEpoch, interrupted, torn: resumed?.torn ?? [] };
  } finally {
    progress.clear();
    step.dispose();
    predict.dispose();
    optimiser.dispose();
    classWeights?.dispose();
  }
}

/** The loss alone would not tell everywhere: a rectifier of the WASM engine turns NaN into 0. */
function checkScaler(scaler: Scaler): void {
  for (const [name, { mean, deviation }] of Object.entries(scaler))
    mean.forEach((value, channel) => {
      if (Number.isFinite(value) && Number.isFinite(deviation[channel])) return;
      throw new Error(
        `fit: expected finite numbers where training windows say that they were measured, got ${value} as mean of channel ${channel} of ${name}; mark such samples as missing`,
      );
    });
}

/** Everything as it was when the checkpoint was written: weights, moments and step count, then the best weights. */
function resume(
  { state, tensors }: Checkpoint<RunState>,
  variables: readonly tf.Variable[],
): { state: RunState; best: Float32Array[] } {
  restore(variables, tensors.slice(0, variables.length));
  return { state, best: tensors.slice(variables.length) };
}

type StopScores = Pick<EpochRecord, "stopLoss" | "stopAccuracy">;

/** How the windows for stopping fare; undefined where the user asked to stop. */
async function stopScores(
  predict: Predictor,
  windows: Windows,
  stop: Int32Array,
  epoch: number,
  signal: AbortSignal | undefined,
): Promise<StopScores | undefined> {
  if (stop.length === 0) return { stopLoss: null, stopAccuracy: null };
  const logits = await predict(windows, stop, { signal });
  if (!logits) return undefined;
  const labels = labelsOf(windows, stop);
  const stopLoss = negativeLogLikelihood(logits, labels);
  if (!Number.isFinite(stopLoss))
    throw new Error(
      `fit: expected a finite loss on the windows for stopping, got ${stopLoss} after epoch ${epoch}; lower learningRate or look for NaN in the windows`,
    );
  const right = decide(logits).filter((id, i) => id === labels[i]).length;
  return { stopLoss, stopAccuracy: right / labels.length };
}
