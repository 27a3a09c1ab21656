/** Training of a target beside cached sources: as `fit`, with a loss more. */
import * as tf from "@tensorflow/tfjs";
import { gatherBatch } from "../data/gather-batch";
import { leakAudit, refuseLeak } from "../data/leak-audit";
import { fitScaler } from "../data/scaler";
import { jit, withRestored } from "../engine/jit";
import { seedFor } from "../random";
import { adamW } from "../train/adamw";
import { readCheckpoint, writeCheckpoint } from "../train/checkpoint";
import { balancedClassWeights } from "../train/cross-entropy";
import { epochTrainer } from "../train/epoch";
import { negativeLogLikelihood, decide } from "../train/evaluate";
import type { FitRequest, Fitted } from "../train/fit";
import { labelsOf, trainedClasses } from "../train/labels";
import { predictor } from "../train/predict";
import { silent } from "../train/progress";
import { afterEpoch, isOver, restore, type RunState, snapshot, untrained } from "../train/run-state";
import { learningRateAt } from "../train/schedule";
import { inputTensors, oneHotTargets, weightsOf } from "../train/tensors";
import { type Combination, learnedParts } from "./combine";
import { gradientNorms, type Objective, transferStep } from "./transfer-step";
import { type SourceTrack, withSources } from "./with-sources";

export interface TransferRequest extends FitRequest {
  readonly sources: readonly SourceTrack[];
  readonly objective: Pick<Objective, "alignment" | "lambda" | "reduction" | "dim"> & {
    readonly combination: Combination;
    /** A learned linear map on the sources' signatures. */
    readonly map: boolean;
  };
  /** After how many epochs both gradients are measured once more; they are after the first and the last. */
  readonly probeEvery?: number;
}

/** Norms of both gradients on the same windows, before λ. */
export interface GradientRecord {
  readonly epoch: number;
  readonly crossEntropy: number;
  readonly alignment: number;
}

export interface FittedTransfer extends Fitted {
  readonly gradients: readonly GradientRecord[];
  /** [source]: softmax(w), of learned weights. */
  readonly weights: readonly number[] | null;
}

type State = RunState & { readonly gradients: readonly GradientRecord[] };

/**
 * @param request `windows` of the target's sensor alone; `model` of `unimodalModel`, new or trained, is trained in place
 * @throws as `fit` does
 */
export async function fitTransfer(request: TransferRequest): Promise<FittedTransfer> {
  const { model, windows, fold, options, seed, checkpoints, signal, sources } = request;
  const { progress = silent, now = () => performance.now(), probeEvery = options.epochs } = request;
  if (options.noise > 0 || options.jitter > 0)
    throw new Error(
      `fitTransfer: expected noise and jitter of 0, got ${options.noise} and ${options.jitter}; a cached source knew the window as it is`,
    );
  refuseLeak(leakAudit(windows, fold), request.allowLeak ?? false);
  const classes = trainedClasses(windows, fold);
  const resumed = checkpoints && readCheckpoint<State>(checkpoints.folder, checkpoints.run);
  const scaler = fitScaler(windows, fold);
  const classWeights =
    options.classWeights === "balanced"
      ? tf.tensor1d(balancedClassWeights(labelsOf(windows, fold.train), classes))
      : undefined;
  const { trained, all } = weightsOf(model);
  const { combination, map, dim } = request.objective;
  const learned = learnedParts(sources.length, { combination, map, dim });
  const objective: Objective = {
    ...request.objective,
    sources: sources.map(({ name }) => name),
    ...{ learned, classWeights, labelSmoothing: options.labelSmoothing },
  };
  const optimiser = adamW([...trained, ...learned.all], { weightDecay: options.weightDecay });
  const variables = [...all, ...learned.all, ...optimiser.slots];
  const step = jit("fit transfer", transferStep(model, optimiser, options, objective), variables);
  const norms = jit("gradient norms", gradientNorms(model, objective), variables);
  const predict = predictor(model, scaler);
  const paired = withSources(windows, sources);
  try {
    const trainer = epochTrainer({
      ...{ step, windows: paired, fold, scaler, classes, options, seed, signal, progress, now },
    });
    let state: State = { ...untrained, gradients: [] };
    let best = await snapshot(all);
    if (resumed?.checkpoint) {
      const { tensors } = resumed.checkpoint;
      restore(variables, tensors.slice(0, variables.length));
      best = tensors.slice(variables.length);
      state = resumed.checkpoint.state;
    }
    let interrupted = false;
    while (state.history.length < options.epochs && !isOver(state, options.patience)) {
      const epoch = state.history.length + 1;
      const learnt = await trainer.train(epoch);
      const logits = learnt && (await predict(windows, fold.stop, { signal }));
      interrupted = !logits;
      if (!logits) break;
      const labels = labelsOf(windows, fold.stop);
      const stop = {
        stopLoss: labels.length > 0 ? negativeLogLikelihood(logits, labels) : null,
        stopAccuracy:
          labels.length > 0
            ? decide(logits).filter((id, i) => id === labels[i]).length / labels.length
            : null,
      };
      const learningRate = learningRateAt(epoch * trainer.batches - 1, trainer.schedule);
      const gradients = [...state.gradients];
      if (epoch === 1 || epoch === options.epochs || epoch % probeEvery === 0)
        gradients.push({ epoch, ...probe(epoch) });
      state = { ...afterEpoch(state, { epoch, learningRate, ...learnt, ...stop }, options.keep), gradients };
      if (state.bestEpoch === epoch) best = await snapshot(all);
      if (checkpoints) {
        const tensors = [...(await snapshot(variables)), ...best];
        writeCheckpoint(checkpoints.folder, { epoch, run: checkpoints.run, state, tensors });
      }
    }
    if (state.bestEpoch > 0) restore(all, best);
    const { preference } = learned;
    const weights = preference
      ? tf.tidy(() => Array.from(tf.softmax(preference as tf.Tensor1D).dataSync()))
      : null;
    const { history, bestEpoch, gradients } = state;
    return { scaler, history, bestEpoch, interrupted, torn: resumed?.torn ?? [], gradients, weights };
  } finally {
    progress.clear();
    for (const part of [step, norms, predict, optimiser]) part.dispose();
    tf.dispose([...learned.all]);
    classWeights?.dispose();
  }

  /** Always on the same windows, evenly from training; moving statistics stay as they are. */
  function probe(epoch: number): Omit<GradientRecord, "epoch"> {
    const size = Math.min(options.batchSize, fold.train.length);
    const indices = Int32Array.from(
      { length: size },
      (_, i) => fold.train[Math.floor((i * fold.train.length) / size)]!,
    );
    const batch = gatherBatch(paired, indices, { scaler });
    const inputs = {
      ...inputTensors(batch),
      targets: oneHotTargets(batch, classes),
      seed: tf.tensor1d([seedFor(seed, "probe") >>> 1, epoch], "int32"),
    };
    const read = (x: tf.Tensor): number => x.dataSync()[0]!;
    const found = withRestored(variables, () => {
      const { crossEntropy, alignment } = norms(inputs);
      return { crossEntropy: read(crossEntropy!), alignment: read(alignment!) };
    });
    tf.dispose(inputs);
    return found;
  }
}
