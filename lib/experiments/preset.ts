/** A model and its training, as plain data: what a result is the result of. */
import { z } from "zod";
import { type EncoderName, encoders } from "../encoders/registry";
import { type FusionName, fusions } from "../fusion/registry";
import { TrainingOptions } from "../train/options";

const named = <Name extends string>(registry: Readonly<Record<Name, unknown>>) =>
  z.enum(Object.keys(registry) as [Name, ...Name[]]);

export const Preset = z.strictObject({
  fusion: named<FusionName>(fusions),
  encoder: named<EncoderName>(encoders),
  /** The modalities that the model gets, in the order of its presence axis. */
  modalities: z.array(z.string()).min(1),
  /** Width of an encoder's output. */
  dim: z.int().positive(),
  /** Width of the classifier's hidden layer. */
  hidden: z.int().positive(),
  dropout: z.number().min(0).max(0.9),
  /** Of the attention, where the fusion has one; divides `dim`. */
  heads: z.int().positive().default(4),
  /** Whom a token of cross-attention may ask: tokens of all modalities, or of the others alone. */
  reach: z.enum(["all", "others"]).default("all"),
  /** A learned gain for each channel of each modality's vector; of early, gated and cross-attention. */
  channelScales: z.boolean().default(false),
  training: TrainingOptions,
});
export type Preset = Readonly<z.infer<typeof Preset>>;

const training: TrainingOptions = {
  epochs: 12,
  batchSize: 32,
  learningRate: 1e-3,
  minimumLearningRate: 1e-5,
  warmupSteps: 20,
  weightDecay: 1e-2,
  clipNorm: 1,
  labelSmoothing: 0,
  classWeights: "balanced",
  patience: null, // a fixed number of epochs: arms of a comparison must not differ in when they stop
  modalityDropout: 0.1,
  jitter: 0.05,
  noise: 0,
};

const base: Preset = {
  fusion: "early",
  encoder: "conv",
  modalities: ["hand", "chest", "ankle", "heart"],
  dim: 32,
  hidden: 64,
  dropout: 0.2,
  heads: 4,
  reach: "all",
  channelScales: false,
  training,
};

/** Two sensors of a task that neither solves alone. With dropout it stays where it begins: the one moment is lost. */
const pair: Preset = {
  ...base,
  modalities: ["hand", "chest"],
  dropout: 0,
  training: { ...training, epochs: 5, learningRate: 3e-3, modalityDropout: 0, jitter: 0 },
};

export const presets = {
  "early-conv": base,
  "early-tcn": { ...base, encoder: "tcn" },
  "early-lstm": { ...base, encoder: "lstm" },
  "early-gru": { ...base, encoder: "gru" },
  "early-transformer": { ...base, encoder: "transformer" },
  "early-frame": { ...base, encoder: "frame" },
  "cross-attention-conv": { ...base, fusion: "cross-attention" },
  "gated-conv": { ...base, fusion: "gated" },
  /** The pair, from a mean of each sensor's tokens, from one token of each, and from all of them. */
  "pair-early": pair,
  "pair-one-token": { ...pair, fusion: "cross-attention", reach: "others", encoder: "conv-one-token" },
  "pair-tokens": { ...pair, fusion: "cross-attention", reach: "others" },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;
