/** One training of the transfer chapter: the target alone, beside cached sources, or with both sensors at inference. */
import type * as tf from "@tensorflow/tfjs";
import type { Fold } from "../data/fold";
import { selectModalities } from "../data/select-modalities";
import type { Windows } from "../data/windows";
import { convEncoder } from "../encoders/conv";
import { earlyFusion } from "../fusion/early";
import { fit, type Fitted } from "../train/fit";
import { trainedClasses } from "../train/labels";
import { predictor } from "../train/predict";
import { alignmentOf } from "../transfer/alignments";
import type { Cache } from "../transfer/cache";
import { fitTransfer, type FittedTransfer } from "../transfer/fit-transfer";
import { type AloneRequest, keepAlone, newModel, trainAlone } from "./d-cat-alone";
import type { Task, Transfer } from "./d-cat-design";
import type { DCatResult } from "./d-cat-result";
import { scoreTarget } from "./d-cat-scores";
import { openSource, type Source } from "./d-cat-sources";
import type { StudyContext } from "./study";

type Facts =
  "parameters" | "inputs" | "steps" | "bestEpoch" | "history" | "gradients" | "weights" | "sources";

/** What a run finds out; the rest of a result says what was asked. */
export type TaskOutcome = Pick<DCatResult, Facts | "scores" | "temperature" | "stopMacroF1">;

export interface TaskData {
  /** Of all sensors. */
  readonly windows: Windows;
  readonly fold: Fold;
}

interface TrainedTarget {
  readonly model: tf.LayersModel;
  readonly fitted: Fitted & Partial<Pick<FittedTransfer, "gradients" | "weights">>;
  readonly sources: readonly Source[];
}

export interface TaskContext extends StudyContext {
  readonly cache: Cache;
  /** Called with the trained model before it is freed; for those who want to look inside. */
  readonly keepModel?: (model: tf.LayersModel) => Promise<void>;
}

/** @returns undefined where the signal asked to stop */
export async function runTask(
  task: Task,
  { windows, fold }: TaskData,
  context: TaskContext,
): Promise<TaskOutcome | undefined> {
  const { target, method, learner } = task;
  const sensors = method.kind === "both" ? [...method.sources, target] : [target];
  const heard = selectModalities(windows, sensors);
  const trained = await trainTarget(task, { windows, fold }, heard, context);
  if (!trained) return undefined;
  const { model, fitted, sources } = trained;
  const predict = predictor(model, fitted.scaler);
  try {
    const scored = await scoreTarget(predict, {
      windows: heard,
      fold,
      sensor: target,
      scaler: fitted.scaler,
    });
    await context.keepModel?.(model);
    const batch = Math.min(learner.training.batchSize, fold.train.length);
    return {
      parameters: model.countParams(),
      inputs: [...model.inputNames],
      steps: fitted.history.length * Math.floor(fold.train.length / batch),
      bestEpoch: fitted.bestEpoch,
      history: fitted.history.map(({ epoch, trainLoss, trainAccuracy, stopLoss }) => ({
        ...{ epoch, trainLoss, trainAccuracy, stopLoss },
      })),
      gradients: [...(fitted.gradients ?? [])],
      weights: fitted.weights ? [...fitted.weights] : null,
      sources: sources.map(({ name, open, trainAccuracy, rows }) => ({
        ...{ name, open, trainAccuracy, bytes: 4 * rows[0]!.length },
      })),
      ...scored,
    };
  } finally {
    predict.dispose();
    model.dispose();
  }
}

async function trainTarget(
  { target, method, learner, sourceLearner, seed }: Task,
  { windows, fold }: TaskData,
  heard: Windows,
  context: TaskContext,
): Promise<TrainedTarget | undefined> {
  const { cache, checkpoints, signal, progress } = context;
  const fitting = {
    ...{ windows: heard, fold, seed, options: learner.training },
    ...(checkpoints && { checkpoints }),
    ...(signal && { signal }),
    ...(progress && { progress }),
  };
  const own: AloneRequest = { windows, fold, sensor: target, learner, seed };
  if (method.kind !== "transfer") {
    const isAlone = method.kind === "alone";
    const model = isAlone ? newModel(own) : fusedModel(heard, fold, own);
    const fitted = await fit({ ...fitting, model });
    if (isAlone && !fitted.interrupted) keepAlone(own, model, cache);
    return finished(model, fitted, []);
  }
  const sources: Source[] = [];
  for (const sensor of method.sources) {
    const source = await openSource({ ...own, sensor, learner: sourceLearner }, method, cache, {
      ...(signal && { signal }),
    });
    if (!source) return undefined;
    sources.push(source);
  }
  const model =
    method.start === "alone" ? await trainAlone(own, cache, { ...(signal && { signal }) }) : newModel(own);
  if (!model) return undefined;
  const objective = objectiveOf(method, learner.dim, trainedClasses(windows, fold));
  const probeEvery = Math.max(1, Math.round(learner.training.epochs / 4));
  return finished(model, await fitTransfer({ ...fitting, model, sources, objective, probeEvery }), sources);
}

function finished(
  model: tf.LayersModel,
  fitted: TrainedTarget["fitted"],
  sources: readonly Source[],
): TrainedTarget | undefined {
  if (!fitted.interrupted) return { model, fitted, sources };
  model.dispose();
  return undefined;
}

export function objectiveOf(method: Transfer, dim: number, classes: number) {
  const { align, normalisation, blocks, lambda, reduction, combination, map } = method;
  const alignment = alignmentOf(align, { dim, classes }, { normalisation, heads: blocks });
  return { alignment, lambda, reduction, combination, map, dim };
}

/** Every sensor in its own encoder, side by side into one classifier. */
function fusedModel(heard: Windows, fold: Fold, { learner, seed }: AloneRequest): tf.LayersModel {
  const modalities = heard.names.map((name) => {
    const track = heard.tracks[name]!;
    if (track.kind !== "sequence")
      throw new Error(`d-cat: expected sequences, got the vector ${name}; name others`);
    return { name, time: track.time, channels: track.channels.length };
  });
  const { dim, dropout } = learner;
  const sizes = { classes: trainedClasses(heard, fold), dim, hidden: 2 * dim, dropout };
  return earlyFusion({ modalities, encoder: convEncoder, ...sizes, seed });
}
