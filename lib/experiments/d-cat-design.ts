/** What a training of the transfer chapter is, as plain data. */
import { z } from "zod";
import { TrainingOptions } from "../train/options";
import { alignmentNames } from "../transfer/alignments";
import { combinations } from "../transfer/combine";
import { gates } from "../transfer/gate";
import { reductions } from "../transfer/gated-mean";
import { normalisations } from "../transfer/normalise";
import { Pairing } from "../transfer/pairing";
import type { Profile } from "../workspace";

/** How one sensor's model is built and trained on its own. */
export const Learner = z.strictObject({
  dim: z.int().positive(),
  heads: z.int().positive(),
  dropout: z.number().min(0).max(0.9),
  training: TrainingOptions,
});
export type Learner = Readonly<z.infer<typeof Learner>>;

/** How well a learner fits: its training as it is, or changed on purpose; see `learnerFor`. */
export const fitnesses = [
  "fitted",
  "over-fitted",
  "over-fitted, best epoch",
  "over-fitted, dropout",
  "over-fitted, weight decay",
  "under-trained",
] as const;
export type Fitness = (typeof fitnesses)[number];

export const Transfer = z.strictObject({
  kind: z.literal("transfer"),
  sources: z.array(z.string()).min(1),
  align: z.enum(alignmentNames),
  normalisation: z.enum(normalisations),
  /** 1: the whole signature. */
  blocks: z.int().positive(),
  reduction: z.enum(reductions),
  lambda: z.number().min(0),
  gate: z.enum(gates),
  pairing: Pairing,
  combination: z.enum(combinations),
  map: z.boolean(),
  /** Does the target begin anew, or where its own training ended? */
  start: z.enum(["scratch", "alone"]),
});
export type Transfer = Readonly<z.infer<typeof Transfer>>;

export const Method = z.discriminatedUnion("kind", [
  /** The target's sensor alone: the floor, λ = 0, and what serves as a source. */
  z.strictObject({ kind: z.literal("alone") }),
  /** Sources and target at inference, too: early fusion, the ceiling. */
  z.strictObject({ kind: z.literal("both"), sources: z.array(z.string()).min(1) }),
  Transfer,
]);
export type Method = Readonly<z.infer<typeof Method>>;

export const dCatDataNames = ["shared-private", "utd-mhad", "sp-sw-har", "pamap2"] as const;
export type DCatDataName = (typeof dCatDataNames)[number];

/** One training. */
export const Task = z.strictObject({
  data: z.enum(dCatDataNames),
  /** New people, or the same people on another occasion. */
  split: z.enum(["ood", "id"]),
  /** Of the split's folds. */
  fold: z.int().min(0),
  seed: z.int(),
  target: z.string(),
  method: Method,
  /** How the target is trained, and its sources. */
  learner: Learner,
  sourceLearner: Learner,
  /** What the two learners are called. */
  fitness: z.strictObject({ target: z.enum(fitnesses), source: z.enum(fitnesses) }),
});
export type Task = Readonly<z.infer<typeof Task>>;

/** D-CAT as in its brief: signatures as they are, the whole of them, gate on, target from scratch. */
export const dCat: Omit<Transfer, "sources"> = {
  kind: "transfer",
  align: "signature",
  normalisation: "none",
  blocks: 1,
  reduction: "mean_over_gated",
  lambda: 1,
  gate: "in-fold",
  pairing: { kind: "true" },
  combination: "mean",
  map: false,
  start: "scratch",
};

const training: TrainingOptions = {
  epochs: 20,
  batchSize: 32,
  learningRate: 3e-3,
  minimumLearningRate: 1e-5,
  warmupSteps: 20,
  weightDecay: 1e-2,
  clipNorm: 1,
  labelSmoothing: 0,
  classWeights: "balanced",
  patience: null, // a fixed number of epochs: arms of a comparison must not differ in when they stop
  keep: "last",
  modalityDropout: 0,
  jitter: 0, // a cached signature is of the window as it is
  noise: 0,
};

/** Some 1,000 steps each on real sensors, 180 on simulated ones; over-fitted, three times as many are still below 3,000. */
const epochs: Readonly<Record<DCatDataName, number>> = {
  "shared-private": 12,
  "utd-mhad": 75,
  "sp-sw-har": 15,
  pamap2: 25,
};

/**
 * Over-fitted: three times the epochs at twice the rate without dropout and decay; each remedy changes one thing of that.
 * Under-trained: a tenth of the epochs.
 */
export function learnerFor(data: DCatDataName, fitness: Fitness, profile: Profile): Learner {
  const tiny = profile === "tiny";
  const fitted = { dim: tiny ? 8 : 32, heads: 1, dropout: 0.2 };
  const base = { ...training, epochs: tiny ? 2 : epochs[data] };
  if (fitness === "fitted") return { ...fitted, training: base };
  if (fitness === "under-trained")
    return { ...fitted, training: { ...base, epochs: Math.ceil(base.epochs / 10) } };
  const over = { ...base, epochs: 3 * base.epochs, learningRate: 2 * base.learningRate, weightDecay: 0 };
  switch (fitness) {
    case "over-fitted":
      return { ...fitted, dropout: 0, training: over };
    case "over-fitted, best epoch":
      return { ...fitted, dropout: 0, training: { ...over, keep: "best" } };
    case "over-fitted, dropout":
      return { ...fitted, dropout: 0.5, training: over };
    case "over-fitted, weight decay":
      return { ...fitted, dropout: 0, training: { ...over, weightDecay: 0.1 } };
  }
}
