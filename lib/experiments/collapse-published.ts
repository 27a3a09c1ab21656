/** Trains a published model as it was trained, and asks it under every switch for every set of sensors. */
import * as tf from "@tensorflow/tfjs";
import type { Batch } from "../data/gather-batch";
import { allPresent, unscaled } from "../data/unscaled";
import type { Windows } from "../data/windows";
import { lstmPublished } from "../encoders/recurrent-published";
import { earlyPublished } from "../fusion/early-published";
import { hybridPublished, type HybridPublishedOptions } from "../fusion/hybrid-published";
import { latePublished } from "../fusion/late-published";
import { subsetsOf } from "../metrics/subsets";
import { fit, type FitRequest } from "../train/fit";
import { labelsOf } from "../train/labels";
import type { TrainingOptions } from "../train/options";
import { type Predictor, predictor } from "../train/predict";
import { type SubsetAnswer, subsetAnswer } from "./collapse-answers";
import type { CollapseData } from "./collapse-data";
import { collapseSwitches, type PublishedVariant, trainedSwitch } from "./collapse-switches";
import { hybridAnswerer } from "./collapse-head";

export interface CollapseTrained {
  readonly parameters: number;
  readonly steps: number;
  readonly history: readonly {
    readonly epoch: number;
    readonly trainLoss: number;
    readonly trainAccuracy: number;
  }[];
  /** By switch; of a model without any, all under "as trained". */
  readonly answers: readonly { readonly switch: string; readonly subsets: readonly SubsetAnswer[] }[];
  /** [modality]: Euclidean norms of what its encoder says of zeros, and in the mean of whole test windows (0 if none). */
  readonly norms: readonly {
    readonly sensor: string;
    readonly ofZeros: number;
    readonly ofWindows: number;
  }[];
}

export type CollapseContext = Pick<FitRequest, "checkpoints" | "signal" | "progress"> & {
  /** Called with the trained model before it is freed. */
  readonly keepModel?: (model: tf.LayersModel) => Promise<void> | void;
};

const published = { dropout: 0.1, heads: 4 };

/** AdamW and half a cosine, as in the original; its rate falls by epoch, here by step. */
const training = (epochs: number): TrainingOptions => ({
  ...{ epochs, batchSize: 32, learningRate: 1e-3, minimumLearningRate: 1e-5, warmupSteps: 0 },
  ...{ weightDecay: 1e-4, clipNorm: 1, labelSmoothing: 0, classWeights: "none", patience: null },
  ...{ modalityDropout: 0, jitter: 0, noise: 0 }, // flags are cleared inside the model
});

/** The options of a variant's model on these windows. */
export function publishedOptions(
  { units, dim, hidden, removal, excludesAbsent }: PublishedVariant,
  windows: Windows,
  classes: number,
  seed: number,
): HybridPublishedOptions {
  const modalities = windows.names.map((name) => {
    const track = windows.tracks[name]!;
    if (track.kind !== "sequence")
      throw new Error(`collapse: expected a sequence, got the vector ${name}; leave it out`);
    return { name, time: track.time, channels: track.channels.length };
  });
  return {
    ...{ modalities, classes, dim, hidden, seed, ...published },
    encoder: lstmPublished({ hidden: units, layers: 2, dropout: published.dropout }),
    rawZeros: removal === "flag" ? "evaluation" : "always",
    ...(excludesAbsent && collapseSwitches["absent excluded, gaps by window"].switches),
  };
}

const builders = { early: earlyPublished, late: latePublished, hybrid: hybridPublished } as const;

/** @returns undefined where the signal asked to stop */
export async function trainPublished(
  variant: PublishedVariant,
  { windows: given, fold }: CollapseData,
  seed: number,
  { keepModel, ...context }: CollapseContext,
): Promise<CollapseTrained | undefined> {
  const windows = allPresent(variant.scaled ? given : unscaled(given));
  if (windows.space.kind !== "class")
    throw new Error("collapse: expected windows with classes, got others; choose a data set with classes");
  const { classes } = windows.space;
  const options = publishedOptions(variant, windows, classes.length, seed);
  const model = builders[variant.fusion](options);
  let predict: Predictor | undefined;
  try {
    const { interrupted, scaler, history } = await fit({
      ...context,
      ...{ model, windows, fold, seed, options: training(variant.epochs) },
      allowLeak: true, // half-overlapping windows dealt at random, as published
    });
    if (interrupted) return undefined;
    await keepModel?.(model);
    const truth = labelsOf(windows, fold.test);
    const subsets = subsetsOf(windows.names).slice(1);
    const shared = {
      parameters: model.countParams(),
      steps: variant.epochs * Math.floor(fold.train.length / 32),
      history: history.map(({ epoch, trainLoss, trainAccuracy }) => ({ epoch, trainLoss, trainAccuracy })),
    };
    if (variant.fusion === "hybrid") {
      const answerer = await hybridAnswerer(model, options, { windows, scaler, test: fold.test });
      const answers = Object.entries(collapseSwitches).map(([name, how]) => ({
        switch: name === trainedSwitch(variant) ? `${name}, as trained` : name,
        subsets: answerer
          .ask(how, subsets)
          .map(({ sensors, logits, shares }) => subsetAnswer(sensors, logits, truth, classes, shares)),
      }));
      return { ...shared, answers, norms: answerer.norms };
    }
    const ask = (predict = predictor(model, scaler));
    const answered: SubsetAnswer[] = [];
    for (const sensors of subsets) {
      const edit = ({ inputs }: Batch): void => {
        const { values } = inputs["presence"]!;
        values.forEach((_, i) => {
          if (!sensors.includes(windows.names[i % windows.names.length]!)) values[i] = 0;
        });
      };
      answered.push(subsetAnswer(sensors, await ask(windows, fold.test, { edit }), truth, classes));
    }
    return { ...shared, answers: [{ switch: "as trained", subsets: answered }], norms: [] };
  } finally {
    predict?.dispose();
    model.dispose();
  }
}
