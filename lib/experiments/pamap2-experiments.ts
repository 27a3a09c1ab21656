/** Experiments on PAMAP2's real people: three inertial sensors and a reconstructed heart rate. */
import { alignmentVariants, baselines, exclude, otherFusions } from "./experiment-parts";

const imuRate = { hand: 50, chest: 50, ankle: 50, heart: 9 };

/** Of those in the republished part of PAMAP2; sitting is there for one subject only. */
export const realActivities = [5, 12, 13, 24];

const real = {
  data: "pamap2",
  activities: realActivities,
  window: { lengthSeconds: 5.12, strideSeconds: 1, rateHz: imuRate },
  presets: ["early-conv"],
} as const;

const published = {
  ...real,
  window: { lengthSeconds: 1, strideSeconds: 0.5, rateHz: imuRate },
  split: { kind: "random" },
  presets: [
    ...["early-published", "late-published", "hybrid-published"],
    ...["early-conv", "late-learned-conv", "hybrid-conv", "majority"],
  ],
} as const;

export const pamap2Experiments = {
  /** How much does each split promise of people it has never seen? */
  "optimism-pamap2": { ...real, split: { kind: "optimism", exclude }, seeds: [1] },
  /** New people: the protocol of the field. */
  "loso-pamap2": { ...real, split: { kind: "leave-one-subject-out", exclude }, seeds: [1] },
  /** Which encoder, where all else is the same? Beside these: "early-conv" of "loso-pamap2", on the same folds. */
  "encoders-pamap2": {
    ...real,
    split: { kind: "leave-one-subject-out", exclude },
    presets: ["early-frame", "early-transformer", "early-tcn", "early-lstm", "early-gru"],
    seeds: [1],
  },
  /** What do tokens of four sensors look at, and does it help? Beside these: "early-conv" of "loso-pamap2". */
  "attention-pamap2": {
    ...real,
    split: { kind: "leave-one-subject-out", exclude },
    presets: ["cross-attention-conv"],
    seeds: [1],
  },
  /** Which fusion, where encoder, folds and training are the same? */
  "fusion-pamap2": {
    ...real,
    split: { kind: "leave-one-subject-out", exclude },
    presets: otherFusions,
    eachAlone: "early-conv",
    beside: {
      "loso-pamap2": ["early-conv"],
      "attention-pamap2": ["cross-attention-conv"],
      "baselines-pamap2": baselines,
    },
    moreSeeds: "fusion-seeds-pamap2",
    seeds: [1],
  },
  /** "fusion-pamap2" and what it stands beside, again from other beginnings. */
  "fusion-seeds-pamap2": {
    ...real,
    split: { kind: "leave-one-subject-out", exclude },
    presets: ["early-conv", "cross-attention-conv", ...otherFusions, ...baselines],
    eachAlone: "early-conv",
    seeds: [2, 3],
  },
  /** The published protocol: windows of 1 s that overlap by half, dealt at random; what it promises is not kept. */
  "fusion-published-pamap2": { ...published, moreSeeds: "fusion-published-seeds-pamap2", seeds: [1] },
  "fusion-published-seeds-pamap2": { ...published, seeds: [2, 3] },
  /** What do faults cost that nobody reports? Early fusion with none, some and much modality dropout, late, and cross-attention. */
  "robustness-pamap2": {
    ...real,
    split: { kind: "leave-one-subject-out", exclude },
    presets: [
      ...(["early-conv", "early-conv-no-dropout", "early-conv-half-dropout"] as const),
      ...(["late-learned-conv", "cross-attention-conv"] as const),
    ],
    stress: ["faults"],
    seeds: [1],
  },
  /** What needs no sequence, or no training at all: below every table. */
  "baselines-pamap2": {
    ...real,
    split: { kind: "leave-one-subject-out", exclude },
    presets: baselines,
    seeds: [1],
  },
  /** The same effort for each method: three trials, chosen by the subjects held back for stopping; four groups of people. */
  "tuned-pamap2": {
    ...real,
    split: { kind: "subject-groups", exclude, groups: 4 },
    presets: [...baselines, "early-conv", "late-learned-conv", "hybrid-conv"],
    tuned: true,
    seeds: [1],
  },
  /** How is a slow sensor put beside fast ones? All subjects, one seed: 56 runs. */
  "alignment-pamap2": {
    ...real,
    split: { kind: "leave-one-subject-out", exclude },
    variants: alignmentVariants,
    seeds: [1],
  },
  /** The same from other beginnings, its own clock and the two that fill gaps. Beside these: seed 1 of "alignment-pamap2". */
  "alignment-seeds-pamap2": {
    ...real,
    split: { kind: "leave-one-subject-out", exclude },
    variants: alignmentVariants.filter(({ name }) => ["own-rate", "hold", "linear"].includes(name)),
    seeds: [2, 3],
  },
  /** Does heart rate help once it is alive? Reconstructed on real people; beside: the same without it. */
  "heart-pamap2": {
    ...real,
    split: { kind: "leave-one-subject-out", exclude },
    presets: ["imus-conv"],
    beside: { "loso-pamap2": ["early-conv"] },
    seeds: [1],
  },
  /** One head, eight heads (four: "attention-pamap2"), and attention that has never lost a sensor in training. */
  "heads-pamap2": {
    ...real,
    split: { kind: "leave-one-subject-out", exclude },
    presets: [
      "cross-attention-conv-1-head",
      "cross-attention-conv-8-heads",
      "cross-attention-conv-no-dropout",
    ],
    beside: { "attention-pamap2": ["cross-attention-conv"], "loso-pamap2": ["early-conv"] },
    seeds: [1],
  },
  /** How long must one look? A new window each second, whatever its length. */
  "window-length-pamap2": {
    ...real,
    split: { kind: "leave-one-subject-out", exclude },
    variants: [
      { name: "1 s", lengthSeconds: 1 },
      { name: "3 s", lengthSeconds: 3 },
      { name: "5 s", lengthSeconds: 5 },
    ],
    seeds: [1],
  },
  /**
   * Does scale matter more than design? Three widths, and 1 to 7 people to learn from, with as many steps for all.
   * Four subjects are held out, those who did three activities or more; two people alone did all four, and one of them
   * is always the first to be learned from.
   */
  "scale-pamap2": {
    ...real,
    split: {
      kind: "leave-one-subject-out",
      exclude,
      heldOut: ["101", "102", "105", "108"],
      holdBack: false,
    },
    presets: ["early-conv-8", "early-conv", "early-conv-64"],
    variants: [
      { name: "1 subject", trainingSubjects: 1, epochs: 84 },
      { name: "2 subjects", trainingSubjects: 2, epochs: 42 },
      { name: "4 subjects", trainingSubjects: 4, epochs: 21 },
      { name: "7 subjects", trainingSubjects: 7, epochs: 12 },
    ],
    seeds: [1],
  },
} as const satisfies Record<string, unknown>;
