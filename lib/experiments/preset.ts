/** A model and its training, as plain data: what a result is the result of. */
import { z } from "zod";
import { type EncoderName, encoders } from "../encoders/registry";
import { type FusionName, fusions } from "../fusion/registry";
import { TrainingOptions } from "../train/options";

const named = <Name extends string>(registry: Readonly<Record<Name, unknown>>) =>
  z.enum(Object.keys(registry) as [Name, ...Name[]]);

/** What a trial changes; see `trials`. */
const TrainingTrial = TrainingOptions.partial().extend({ dropout: z.number().min(0).max(0.9).optional() });

export const NetworkPreset = z.strictObject({
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
  /** A learned gain for each channel of each modality's vector or tokens; late fusion has none. */
  channelScales: z.boolean().default(false),
  training: TrainingOptions,
  /** Each is trained, and the one with the least loss on the fold's windows for stopping is kept. */
  trials: z.array(TrainingTrial).min(2).optional(),
});

const modalities = z.array(z.string()).min(1);
/** Of a training window, as in a network's training. */
const modalityDropout = z.number().min(0).max(1);

/** A method that reads statistics of windows; see `windowStatistics`. */
export const StatisticsPreset = z.discriminatedUnion("classifier", [
  /** The frequencies of training, whatever the window. */
  z.strictObject({ classifier: z.literal("majority"), modalities }),
  z.strictObject({
    ...{ classifier: z.literal("logistic"), modalities, modalityDropout },
    /** λ of the penalty λ/2 ‖W‖² on standardised statistics, beside a sum over windows. */
    l2: z.number().positive(),
    trials: z
      .array(z.strictObject({ l2: z.number().positive() }))
      .min(2)
      .optional(),
  }),
  z.strictObject({
    ...{ classifier: z.literal("forest"), modalities, modalityDropout },
    trees: z.int().positive(),
    /** Windows that a leaf holds at least. */
    leaf: z.int().positive(),
    trials: z
      .array(z.strictObject({ leaf: z.int().positive() }))
      .min(2)
      .optional(),
  }),
  z.strictObject({
    ...{ classifier: z.literal("mlp"), modalities },
    /** Width of its two hidden layers. */
    hidden: z.int().positive(),
    dropout: z.number().min(0).max(0.9),
    training: TrainingOptions,
    trials: z.array(TrainingTrial).min(2).optional(),
  }),
]);

export const Preset = z.union([NetworkPreset, StatisticsPreset]);
export type NetworkPreset = Readonly<z.infer<typeof NetworkPreset>>;
export type StatisticsPreset = Readonly<z.infer<typeof StatisticsPreset>>;
export type Preset = NetworkPreset | StatisticsPreset;

export const training: TrainingOptions = {
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

const base: NetworkPreset = {
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
const pair: NetworkPreset = {
  ...base,
  modalities: ["hand", "chest"],
  dropout: 0,
  training: { ...training, epochs: 5, learningRate: 3e-3, modalityDropout: 0, jitter: 0 },
};

/** Widths and training as published; no jitter and no weights, and 10 epochs without warm-up. */
const published: NetworkPreset = {
  ...base,
  encoder: "cnn-published",
  dim: 128,
  hidden: 256,
  dropout: 0.1,
  training: {
    ...training,
    ...{ epochs: 10, weightDecay: 1e-4, warmupSteps: 0, classWeights: "none", jitter: 0, keep: "last" },
  },
};

/** EEG with audio, a quarter as wide as published; with channel scales, as its brief has them. */
const eegAudio: NetworkPreset = {
  ...base,
  fusion: "concat",
  encoder: "eeg-audio",
  modalities: ["eeg", "audio"],
  dropout: 0.3,
  channelScales: true,
  // a shift leaves a gap, which closes a published encoder's whole window
  training: { ...training, learningRate: 2e-3, jitter: 0 },
};
const eegAudioPublished: NetworkPreset = { ...eegAudio, encoder: "eeg-audio-published" };

/** Statistics have no time: nothing is shifted in them. */
const onStatistics = { modalities: base.modalities, modalityDropout: training.modalityDropout };

export const presets = {
  "early-conv": base,
  /** Every training window has all its sensors. */
  "early-conv-no-dropout": { ...base, training: { ...training, modalityDropout: 0 } },
  /** Each sensor of a training window is missing as often as not; one always remains. */
  "early-conv-half-dropout": { ...base, training: { ...training, modalityDropout: 0.5 } },
  "early-tcn": { ...base, encoder: "tcn" },
  "early-lstm": { ...base, encoder: "lstm" },
  "early-gru": { ...base, encoder: "gru" },
  "early-transformer": { ...base, encoder: "transformer" },
  "early-frame": { ...base, encoder: "frame" },
  "cross-attention-conv": { ...base, fusion: "cross-attention" },
  "gated-conv": { ...base, fusion: "gated" },
  "late-mean-conv": { ...base, fusion: "late-mean" },
  "late-learned-conv": { ...base, fusion: "late-learned" },
  "product-of-experts-conv": { ...base, fusion: "product-of-experts" },
  "uncertainty-conv": { ...base, fusion: "uncertainty" },
  "uncertainty-dropout-conv": { ...base, fusion: "uncertainty-dropout" },
  "hybrid-conv": { ...base, fusion: "hybrid" },
  "adaptive-conv": { ...base, fusion: "adaptive" },
  "bottleneck-conv": { ...base, fusion: "bottleneck" },
  /** What one choice is worth, all else being the same: of sensors, of heads, of width. */
  "imus-conv": { ...base, modalities: ["hand", "chest", "ankle"] },
  "cross-attention-conv-1-head": { ...base, fusion: "cross-attention", heads: 1 },
  "cross-attention-conv-8-heads": { ...base, fusion: "cross-attention", heads: 8 },
  "cross-attention-conv-no-dropout": {
    ...base,
    fusion: "cross-attention",
    training: { ...training, modalityDropout: 0 },
  },
  "early-conv-8": { ...base, dim: 8, hidden: 16 },
  "early-conv-64": { ...base, dim: 64, hidden: 128 },
  /** The published models and their training, on scaled windows; the convolutional one of the published encoders. */
  "early-published": { ...published, fusion: "early-published" },
  "late-published": { ...published, fusion: "late-published" },
  "hybrid-published": { ...published, fusion: "hybrid-published" },
  /** Below every table: what needs no network, or no sequence. */
  majority: { classifier: "majority", modalities: base.modalities },
  "logistic-statistics": { ...onStatistics, classifier: "logistic", l2: 10 },
  "forest-statistics": { ...onStatistics, classifier: "forest", trees: 200, leaf: 1 },
  "mlp-statistics": {
    classifier: "mlp",
    modalities: base.modalities,
    hidden: 64,
    dropout: 0.2,
    training: { ...training, jitter: 0 },
  },
  /** The pair, from a mean of each sensor's tokens, from one token of each, and from all of them. */
  "pair-early": pair,
  "pair-one-token": { ...pair, fusion: "cross-attention", reach: "others", encoder: "conv-one-token" },
  "pair-tokens": { ...pair, fusion: "cross-attention", reach: "others" },
  /** One modality; then both, in the three modes of fusion, without scales, and as published. */
  "eeg-alone": { ...eegAudio, modalities: ["eeg"] },
  "audio-alone": { ...eegAudio, modalities: ["audio"] },
  "eeg-audio-concat": eegAudio,
  "eeg-audio-cross-attention": { ...eegAudio, fusion: "attend-others" },
  "eeg-audio-gated": { ...eegAudio, fusion: "gated-projection" },
  "eeg-audio-concat-unscaled": { ...eegAudio, channelScales: false },
  "eeg-audio-cross-attention-unscaled": { ...eegAudio, fusion: "attend-others", channelScales: false },
  "eeg-audio-gated-unscaled": { ...eegAudio, fusion: "gated-projection", channelScales: false },
  "eeg-audio-concat-published": { ...eegAudioPublished, fusion: "concat-published" },
  "eeg-audio-cross-attention-published": { ...eegAudioPublished, fusion: "cross-attention-published" },
  "eeg-audio-gated-published": { ...eegAudioPublished, fusion: "gated-published" },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;
