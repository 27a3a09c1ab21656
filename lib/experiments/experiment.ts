/** The questions that are trained for: which data, which windows, which split, which models. */
import { z } from "zod";
import { type AlignmentName, alignments } from "../data/alignment-registry";
import { TrainingOptions } from "../train/options";
import type { Profile } from "../workspace";
import { type SourceName, windowSources } from "./data-registry";
import { NetworkPreset, type Preset, type PresetName, presets } from "./preset";
import { stresses, type StressName } from "./stress-registry";

const Split = z.discriminatedUnion("kind", [
  /** Each subject held out in turn; other subjects for stopping and calibration. */
  z.strictObject({
    kind: z.literal("leave-one-subject-out"),
    exclude: z.array(z.string()),
    /** Of these subjects only; each in turn where not given. */
    heldOut: z.array(z.string()).min(1).optional(),
    /** False: all others train, for a fixed number of epochs. */
    holdBack: z.boolean().optional(),
  }),
  /** The same test windows under three ways of choosing whom to learn from; see `optimismFolds`. */
  z.strictObject({ kind: z.literal("optimism"), exclude: z.array(z.string()) }),
  /** One fold, whose subjects are named; all others train. */
  z.strictObject({
    kind: z.literal("fixed-subjects"),
    stop: z.array(z.string()),
    test: z.array(z.string()).min(1),
  }),
  /** As leave-one-subject-out, with a group of subjects held out at a time. */
  z.strictObject({ kind: z.literal("subject-groups"), exclude: z.array(z.string()), groups: z.int().min(2) }),
  /** Windows dealt at random, as published; neighbours share samples, and everybody is on both sides. */
  z.strictObject({ kind: z.literal("random") }),
  /** Each person's first trials of a class are learned, the last ones asked; see `trialsInOrder`. */
  z.strictObject({ kind: z.literal("trials-in-order") }),
]);

/** What is changed of every preset's data, so that a comparison differs in this alone; see `presetsOf`. */
const Variant = z.strictObject({
  name: z.string(),
  lengthSeconds: z.number().positive().optional(),
  alignment: z.enum(Object.keys(alignments) as [AlignmentName, ...AlignmentName[]]).optional(),
  /** So many people train, of those who would; see `fewerSubjects`. */
  trainingSubjects: z.int().positive().optional(),
  /** As many steps with fewer windows ask for more epochs. */
  epochs: z.int().positive().optional(),
});
export type Variant = Readonly<z.infer<typeof Variant>>;

/** What suits a data set, for every preset alike. */
const Settings = NetworkPreset.pick({ dim: true, hidden: true, dropout: true })
  .partial()
  .extend({ training: TrainingOptions.partial().optional() });

export const Experiment = z.strictObject({
  data: z.enum(Object.keys(windowSources) as [SourceName, ...SourceName[]]),
  /** PAMAP2's numbers of the activities that are classes. */
  activities: z.array(z.int()).min(2).optional(),
  window: z.strictObject({
    lengthSeconds: z.number().positive(),
    strideSeconds: z.number().positive(),
    /** By modality; its own rate where not given. */
    rateHz: z.record(z.string(), z.number().positive()),
    /** The middle part of a window that its target is of; without it windows lie inside one activity. */
    labelSeconds: z.number().positive().optional(),
  }),
  split: Split,
  /** Of the data set, in the order of the presence axis; each preset's own where not given. */
  modalities: z.array(z.string()).min(1).optional(),
  settings: Settings.optional(),
  /** This preset is trained on each modality alone, too. */
  eachAlone: z.enum(Object.keys(presets) as [PresetName, ...PresetName[]]).optional(),
  presets: z.array(z.enum(Object.keys(presets) as [PresetName, ...PresetName[]])).min(1),
  variants: z.array(Variant).min(1).optional(),
  /** Each preset is trained in several trials, as many for all; see `withTrials`. */
  tuned: z.boolean().optional(),
  /** Results of other experiments on the same folds that are part of this comparison: experiment → its presets. */
  beside: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  seeds: z.array(z.int()).min(1),
  /** What each trained model is put through beyond missing sensors; see the registry. */
  stress: z.array(z.enum(Object.keys(stresses) as [StressName, ...StressName[]])).optional(),
  /** Seconds of each subject and activity; simulated data only. */
  secondsPerActivity: z.number().positive().optional(),
  /** Of "coincidence" only. */
  windowsPerSubject: z.int().positive().optional(),
});
export type Experiment = Readonly<z.infer<typeof Experiment>>;

const imuRate = { hand: 50, chest: 50, ankle: 50, heart: 9 };

/** Of those in the republished part of PAMAP2; sitting is there for one subject only. */
export const realActivities = [5, 12, 13, 24];

const real = {
  data: "pamap2",
  activities: realActivities,
  window: { lengthSeconds: 5.12, strideSeconds: 1, rateHz: imuRate },
  presets: ["early-conv"],
} as const;

const simulated = {
  data: "pamap2-simulated",
  activities: [1, 2, 3, 4, 5, 6, 7, 12, 13, 16, 17, 24],
  window: { lengthSeconds: 5.12, strideSeconds: 2, rateHz: { hand: 25, chest: 25, ankle: 25, heart: 9 } },
  presets: ["early-conv"],
  secondsPerActivity: 45,
} as const;

/** Simulated, since EAV itself is not to be had without asking: ten trials of an emotion, of four windows of 1 s; eight people. */
const eegAudio = {
  data: "eav-simulated",
  windowsPerSubject: 200,
  window: { lengthSeconds: 1, strideSeconds: 1, rateHz: {} },
  seeds: [1],
} as const;

const eegAudioPresets = [
  ...["eeg-alone", "audio-alone"],
  ...["eeg-audio-concat", "eeg-audio-cross-attention", "eeg-audio-gated"],
  ...["eeg-audio-concat-unscaled", "eeg-audio-cross-attention-unscaled", "eeg-audio-gated-unscaled"],
];
const eegAudioPublished = [
  ...["eeg-audio-concat-published", "eeg-audio-cross-attention-published", "eeg-audio-gated-published"],
];

/** 109 did nothing but rope jumping. */
const exclude = ["109"];

const baselines = ["majority", "logistic-statistics", "forest-statistics", "mlp-statistics"] as const;

/** Beside early fusion and cross-attention, which have experiments of their own. */
const otherFusions = [
  ...([
    "gated-conv",
    "late-mean-conv",
    "late-learned-conv",
    "product-of-experts-conv",
    "uncertainty-conv",
  ] as const),
  ...(["uncertainty-dropout-conv", "hybrid-conv", "adaptive-conv", "bottleneck-conv"] as const),
] as const;

/** Chosen by leaving out each of subjects 1, 3, 5 and 7 in turn; no other has been looked at. */
const utdMhad = {
  data: "utd-mhad",
  window: { lengthSeconds: 1, strideSeconds: 1, rateHz: { inertial: 32, skeleton: 32 } },
  split: { kind: "fixed-subjects", stop: ["7"], test: ["2", "4", "6", "8"] },
  modalities: ["inertial", "skeleton"],
  settings: {
    dim: 64,
    hidden: 128,
    dropout: 0.5,
    training: {
      epochs: 70,
      learningRate: 2e-3,
      labelSmoothing: 0.1,
      modalityDropout: 0.3,
      keep: "last",
      motion: { turn: 0.4, gain: 0.15, speed: 0.25 },
    },
  },
} as const;

/**
 * Windows of others' results: 0.5 s, half overlapping, the commonest label. Settings were chosen with two groups of three
 * people left out, s02 s09 s16 and s05 s12 s21.
 */
const spSwHar = {
  data: "sp-sw-har",
  window: { lengthSeconds: 0.5, strideSeconds: 0.25, labelSeconds: 0.5, rateHz: { phone: 50, watch: 50 } },
  modalities: ["phone", "watch"],
  settings: {
    dim: 48,
    training: {
      ...{ epochs: 10, batchSize: 64, learningRate: 3e-3, modalityDropout: 0.5, keep: "last" },
      motion: { turn: 0.2, gain: 0.1 },
    },
  },
} as const;
const everybody = { kind: "leave-one-subject-out", exclude: [] } as const;

const alignmentVariants = Object.keys(alignments).map((name) => ({ name, alignment: name as AlignmentName }));

export const experiments = {
  /** How much does each split promise of people it has never seen? Simulated, where it is known what can be known. */
  "optimism-simulated": { ...simulated, split: { kind: "optimism", exclude }, seeds: [1] },
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
    seeds: [1],
  },
  /** The published protocol: windows of 1 s that overlap by half, dealt at random; what it promises is not kept. */
  "fusion-published-pamap2": {
    ...real,
    window: { lengthSeconds: 1, strideSeconds: 0.5, rateHz: imuRate },
    split: { kind: "random" },
    presets: [
      ...["early-published", "late-published", "hybrid-published"],
      ...["early-conv", "late-learned-conv", "hybrid-conv", "majority"],
    ],
    seeds: [1],
  },
  /** The same on simulated data, where it is known that some activities need two sensors; small enough for a lesson. */
  "fusion-simulated": {
    ...simulated,
    secondsPerActivity: 20,
    split: { kind: "subject-groups", exclude, groups: 3 },
    presets: ["early-conv", "late-learned-conv", "gated-conv", "hybrid-conv"],
    settings: { training: { epochs: 20 } }, // there are few windows
    eachAlone: "early-conv",
    beside: { "baselines-simulated": baselines },
    seeds: [1],
  },
  /**
   * Do models know when they do not know, and do three of them know better than one? Ten activities; the other two, vacuum
   * cleaning and rope jumping, are for the question what becomes of windows that are like nothing that was learned.
   */
  "ensemble-simulated": {
    ...simulated,
    activities: [1, 2, 3, 4, 5, 6, 7, 12, 13, 17],
    secondsPerActivity: 20,
    split: { kind: "subject-groups", exclude: [], groups: 3 }, // 109 did nothing but rope jumping,
    presets: ["early-conv", "late-mean-conv", "uncertainty-conv"],
    settings: { training: { epochs: 14 } },
    seeds: [1, 2, 3],
  },
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
  /** The same on simulated people; small enough for a lesson. */
  "missing-simulated": {
    ...simulated,
    split: { kind: "fixed-subjects", stop: ["105"], test: ["101", "103", "107"] },
    presets: ["early-conv", "early-conv-no-dropout", "early-conv-half-dropout", "cross-attention-conv"],
    stress: ["typical-faults"],
    seeds: [1],
  },
  /** Sensors without a common clock: inertial and skeleton, the split of others' results. */
  "utd-mhad": {
    ...utdMhad,
    presets: [...baselines, "early-conv", "cross-attention-conv", ...otherFusions],
    eachAlone: "early-conv",
    seeds: [1, 2, 3],
  },
  /** Phone and watch: every fusion on four groups of people ... */
  "sp-sw-har-groups": {
    ...spSwHar,
    split: { kind: "subject-groups", exclude: [], groups: 4 },
    presets: [...baselines, "early-conv", "cross-attention-conv", ...otherFusions],
    eachAlone: "early-conv",
    seeds: [1],
  },
  /** ... and what faults cost that nobody reports ... */
  "robustness-sp-sw-har": {
    ...spSwHar,
    split: { kind: "subject-groups", exclude: [], groups: 4 },
    presets: ["early-conv", "early-conv-no-dropout", "cross-attention-conv"],
    stress: ["faults"],
    seeds: [1],
  },
  /** ... three of them and each sensor alone on one person at a time, as others report it ... */
  "sp-sw-har": {
    ...spSwHar,
    split: everybody,
    presets: ["early-conv", "late-learned-conv", "cross-attention-conv"],
    eachAlone: "early-conv",
    seeds: [1],
  },
  /** ... and with 2.56 s to see around the half second that is asked about. */
  "sp-sw-har-context": {
    ...spSwHar,
    window: { ...spSwHar.window, lengthSeconds: 2.56 },
    split: { kind: "subject-groups", exclude: [], groups: 4 },
    presets: ["early-conv", "cross-attention-conv"],
    eachAlone: "early-conv",
    seeds: [1],
  },
  /** What does audio add to EEG, fused in which way? Other trials of people who have been heard before ... */
  "eeg-audio-trials": {
    ...eegAudio,
    split: { kind: "trials-in-order" },
    presets: [...eegAudioPresets, ...eegAudioPublished],
  },
  /** ... and people who have not. */
  "eeg-audio-subjects": {
    ...eegAudio,
    split: { kind: "fixed-subjects", stop: ["6"], test: ["7", "8"] },
    presets: eegAudioPresets,
  },
  /** What needs no sequence, or no training at all: below every table. */
  "baselines-pamap2": {
    ...real,
    split: { kind: "leave-one-subject-out", exclude },
    presets: baselines,
    seeds: [1],
  },
  "baselines-simulated": {
    ...simulated,
    secondsPerActivity: 20,
    split: { kind: "subject-groups", exclude, groups: 3 },
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
  "alignment-simulated": {
    ...simulated,
    secondsPerActivity: 20,
    split: { kind: "subject-groups", exclude, groups: 3 },
    variants: alignmentVariants,
    seeds: [1],
  },
  /** Does heart rate help once it is alive? Reconstructed on real people; beside: the same without it. */
  "heart-pamap2": {
    ...real,
    split: { kind: "leave-one-subject-out", exclude },
    presets: ["imus-conv"],
    beside: { "loso-pamap2": ["early-conv"] },
    seeds: [1],
  },
  /** On simulated people its worth is known: it tells climbing from walking, and resting from light work. */
  "heart-simulated": {
    ...simulated,
    secondsPerActivity: 20,
    split: { kind: "subject-groups", exclude, groups: 3 },
    presets: ["early-conv", "imus-conv"],
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
  /** Does attention find the place that the simulation has hidden? */
  "attention-coincidence": {
    data: "coincidence",
    windowsPerSubject: 600,
    window: { lengthSeconds: 3.84, strideSeconds: 3.84, rateHz: {} },
    split: { kind: "fixed-subjects", stop: ["9"], test: ["10", "11", "12"] },
    presets: ["pair-early", "pair-one-token", "pair-tokens"],
    seeds: [1, 2, 3],
  },
} as const satisfies Record<string, unknown>;

export type ExperimentName = keyof typeof experiments;

export const experimentNames = Object.keys(experiments) as ExperimentName[];

/** @throws naming the field that is wrong */
export const experiment = (name: ExperimentName): Experiment => Experiment.parse(experiments[name]);

/** Is it made of simulated data, which every machine can make? */
export const isSimulated = (name: ExperimentName): boolean =>
  ["pamap2-simulated", "coincidence", "eav-simulated"].includes(experiments[name].data);

/** How much work, never which method. */
export interface Amount {
  readonly preset: (preset: Preset) => Preset;
  /** Held-out subjects at most; all if undefined. */
  readonly heldOut?: number;
  readonly seeds?: number;
  readonly secondsPerActivity?: number;
  readonly windowsPerSubject?: number;
}

function small(preset: Preset): Preset {
  if ("fusion" in preset)
    return { ...preset, dim: 8, hidden: 16, training: { ...preset.training, epochs: 2 } };
  if (preset.classifier === "mlp")
    return { ...preset, hidden: 16, training: { ...preset.training, epochs: 2 } };
  return preset.classifier === "forest" ? { ...preset, trees: 20 } : preset;
}

export const amounts: Readonly<Record<Profile, Amount>> = {
  tiny: {
    preset: small,
    heldOut: 2,
    seeds: 1,
    secondsPerActivity: 30,
    windowsPerSubject: 16,
  },
  standard: { preset: (p) => p },
  full: { preset: (p) => p },
};
