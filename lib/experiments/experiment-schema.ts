/** What an experiment is: which data, which windows, which split, which models. */
import { z } from "zod";
import { type AlignmentName, alignments } from "../data/alignment-registry";
import { TrainingOptions } from "../train/options";
import { type SourceName, windowSources } from "./data-registry";
import { NetworkPreset, type PresetName, presets } from "./preset";
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
  /** An experiment on the same folds from other seeds, whose results count as this one's. */
  moreSeeds: z.string().optional(),
  seeds: z.array(z.int()).min(1),
  /** What each trained model is put through beyond missing sensors; see the registry. */
  stress: z.array(z.enum(Object.keys(stresses) as [StressName, ...StressName[]])).optional(),
  /** Seconds of each subject and activity; simulated data only. */
  secondsPerActivity: z.number().positive().optional(),
  /** Of "coincidence" only. */
  windowsPerSubject: z.int().positive().optional(),
});
export type Experiment = Readonly<z.infer<typeof Experiment>>;
