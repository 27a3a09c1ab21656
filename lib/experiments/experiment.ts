/** The questions that are trained for: which data, which windows, which split, which models. */
import { z } from "zod";
import { TrainingOptions } from "../train/options";
import type { Profile } from "../workspace";
import { type SourceName, windowSources } from "./data-registry";
import { NetworkPreset, type Preset, type PresetName, presets } from "./preset";
import { stresses, type StressName } from "./stress-registry";

const Split = z.discriminatedUnion("kind", [
  /** Each subject held out in turn; other subjects for stopping and calibration. */
  z.strictObject({ kind: z.literal("leave-one-subject-out"), exclude: z.array(z.string()) }),
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
]);

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

/** 109 did nothing but rope jumping. */
const exclude = ["109"];

export const experiments = {
  /** How much does each split promise of people it has never seen? Simulated, where it is known what can be known. */
  "optimism-simulated": { ...simulated, split: { kind: "optimism", exclude }, seeds: [1] },
  "optimism-pamap2": { ...real, split: { kind: "optimism", exclude }, seeds: [1] },
  /** New people: the protocol of the field. */
  "loso-pamap2": { ...real, split: { kind: "leave-one-subject-out", exclude }, seeds: [1, 2, 3] },
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
    seeds: [1, 2, 3],
  },
  /** Which fusion, where encoder, folds and training are the same? */
  "fusion-pamap2": {
    ...real,
    split: { kind: "leave-one-subject-out", exclude },
    presets: ["gated-conv"],
    eachAlone: "early-conv",
    beside: { "loso-pamap2": ["early-conv"], "attention-pamap2": ["cross-attention-conv"] },
    seeds: [1],
  },
  /** The same on simulated data, where it is known that some activities need two sensors; small enough for a lesson. */
  "fusion-simulated": {
    ...simulated,
    secondsPerActivity: 20,
    split: { kind: "subject-groups", exclude, groups: 3 },
    presets: ["early-conv", "gated-conv", "cross-attention-conv"],
    eachAlone: "early-conv",
    seeds: [1],
  },
  /** What do faults cost that nobody reports? Early fusion with and without modality dropout, late, and cross-attention. */
  "robustness-pamap2": {
    ...real,
    split: { kind: "leave-one-subject-out", exclude },
    presets: ["early-conv", "early-conv-no-dropout", "cross-attention-conv"],
    stress: ["faults"],
    seeds: [1],
  },
  /** The same on simulated people; small enough for a lesson. */
  "missing-simulated": {
    ...simulated,
    secondsPerActivity: 20,
    split: { kind: "subject-groups", exclude, groups: 3 },
    presets: ["early-conv", "early-conv-no-dropout"],
    stress: ["faults"],
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
  ["pamap2-simulated", "coincidence"].includes(experiments[name].data);

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
