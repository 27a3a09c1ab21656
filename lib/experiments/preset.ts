/** A model and its training, as plain data: what a result is the result of. */
import { z } from "zod";
import { TrainingOptions } from "../train/options";

export const Preset = z.strictObject({
  fusion: z.enum(["early"]),
  encoder: z.enum(["conv"]),
  /** The modalities that the model gets, in the order of its presence axis. */
  modalities: z.array(z.string()).min(1),
  /** Width of an encoder's output. */
  dim: z.int().positive(),
  /** Width of the classifier's hidden layer. */
  hidden: z.int().positive(),
  dropout: z.number().min(0).max(0.9),
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
  training,
};

export const presets = {
  "early-conv": base,
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;
