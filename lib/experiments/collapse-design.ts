/** Why did the published hybrid collapse? What is trained for the answer, and what is switched in what was trained. */
import { z } from "zod";
import type { HybridSwitches } from "../fusion/hybrid-published";
import type { Profile } from "../workspace";
import type { PresetName } from "./preset";

/** One change against the published training each; `published` has none. */
export const CollapseVariant = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("published"),
    fusion: z.enum(["early", "late", "hybrid"]),
    /** Of each of the two layers of an LSTM encoder; 256 in the original. */
    units: z.int().positive(),
    /** Width of an encoder's vector; 128 in the original. */
    dim: z.int().positive(),
    /** Width of the fusion; 256 in the original. */
    hidden: z.int().positive(),
    epochs: z.int().positive(),
    /** What a cleared flag does to a training window: nothing else, as published, or raw zeros as in the test. */
    removal: z.enum(["flag", "raw zeros"]),
    /** Is the hybrid trained with its absent tokens excluded? */
    excludesAbsent: z.boolean(),
    /** Zero mean and unit deviation for each channel, as the training windows know them; the original has raw units. */
    scaled: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("corrected"), preset: z.string(), epochs: z.int().positive() }),
]);
export type CollapseVariant = Readonly<z.infer<typeof CollapseVariant>>;
export type PublishedVariant = Extract<CollapseVariant, { readonly kind: "published" }>;

/** How a trained hybrid is asked. */
export interface CollapseSwitch {
  readonly switches: HybridSwitches;
  /** Are the raw values of an absent sensor set to 0, as in the published test? */
  readonly rawZeros: boolean;
}

const excluded = { mean: "present", shares: "present" } as const;

/** What acts where a trained model is asked: another graph over the same weights. */
export const collapseSwitches = {
  published: { switches: {}, rawZeros: true },
  "raw values kept": { switches: {}, rawZeros: false },
  "keys masked": { switches: { keys: "masked" }, rawZeros: true },
  "features zeroed": { switches: { features: "zeroed" }, rawZeros: true },
  "continue added": { switches: { skipZeros: true }, rawZeros: true },
  "features zeroed, continue added": { switches: { features: "zeroed", skipZeros: true }, rawZeros: true },
  "features zeroed, shares of the present": {
    switches: { features: "zeroed", shares: "present" },
    rawZeros: true,
  },
  "mean of the present": { switches: { mean: "present" }, rawZeros: true },
  "shares of the present": { switches: { shares: "present" }, rawZeros: true },
  "absent excluded": { switches: excluded, rawZeros: true },
  "absent excluded, gaps by window": { switches: { ...excluded, gaps: "window" }, rawZeros: true },
} as const satisfies Record<string, CollapseSwitch>;
export type CollapseSwitchName = keyof typeof collapseSwitches;

/** What the graph of a variant is in training, by the name of its switch. */
export const trainedSwitch = (variant: PublishedVariant): CollapseSwitchName =>
  variant.excludesAbsent ? "absent excluded, gaps by window" : "published";

/** Where a heart rate has a number in each row it is alive in the published windows; at 9 Hz no window is without NaN. */
export type Heart = "dead, simulated" | "filled forward, as republished" | "thinned to 9 Hz, reconstructed";

export interface CollapseDefinition {
  readonly data: "pamap2" | "pamap2-simulated";
  /** PAMAP2's numbers. */
  readonly activities: readonly number[];
  readonly heart: Heart;
  readonly seeds: readonly number[];
  /** The original's width costs as much as all others together: fewer seeds. */
  readonly seedsWhenWide: readonly number[];
}

export const collapseExperiments = {
  "collapse-simulated": {
    data: "pamap2-simulated",
    activities: [1, 2, 3, 4, 5, 6, 7, 12, 13, 16, 17, 24],
    heart: "dead, simulated",
    seeds: [1, 2, 3],
    seedsWhenWide: [1],
  },
  "collapse-pamap2": {
    data: "pamap2",
    activities: [2, 5, 12, 13, 24],
    heart: "filled forward, as republished",
    seeds: [1, 2, 3],
    seedsWhenWide: [1],
  },
  "collapse-pamap2-thinned": {
    data: "pamap2",
    activities: [2, 5, 12, 13, 24],
    heart: "thinned to 9 Hz, reconstructed",
    seeds: [1, 2, 3],
    seedsWhenWide: [1],
  },
} as const satisfies Record<string, CollapseDefinition>;
export type CollapseName = keyof typeof collapseExperiments;
export const collapseNames = Object.keys(collapseExperiments) as CollapseName[];

/** How much work, never which method. */
interface CollapseAmount {
  readonly units: number;
  readonly dim: number;
  readonly hidden: number;
  readonly epochs: number;
  /** Of the simulation. */
  readonly secondsPerActivity: number;
  readonly subjects?: readonly string[];
  /** Of the presets beside them. */
  readonly correctedEpochs: number;
  readonly seeds?: number;
}

export const collapseAmounts: Readonly<Record<Profile, CollapseAmount>> = {
  tiny: {
    ...{ units: 8, dim: 16, hidden: 32, epochs: 2, correctedEpochs: 2, seeds: 1 },
    ...{ secondsPerActivity: 30, subjects: ["101", "102"] },
  },
  standard: {
    ...{ units: 16, dim: 32, hidden: 64, epochs: 8, correctedEpochs: 8, seeds: 1 },
    ...{ secondsPerActivity: 45, subjects: ["101", "102", "103", "104"] },
  },
  full: { units: 64, dim: 128, hidden: 256, epochs: 10, correctedEpochs: 10, secondsPerActivity: 45 },
};

export type CollapseVariantName = keyof ReturnType<typeof collapseVariants>;

/** All that is trained on the data of an experiment; `published` is the one that the others differ from. */
export function collapseVariants(profile: Profile) {
  const { units, dim, hidden, epochs, correctedEpochs } = collapseAmounts[profile];
  const published = {
    kind: "published",
    fusion: "hybrid",
    ...{ units, dim, hidden, epochs },
    removal: "flag",
    excludesAbsent: false,
    scaled: false,
  } as const satisfies PublishedVariant;
  const corrected = (preset: PresetName) => ({ kind: "corrected", preset, epochs: correctedEpochs }) as const;
  return {
    published,
    "early, published": { ...published, fusion: "early" },
    "late, published": { ...published, fusion: "late" },
    "removed in training": { ...published, removal: "raw zeros" },
    "absent excluded in training": { ...published, excludesAbsent: true },
    scaled: { ...published, scaled: true },
    "four times the units": { ...published, units: 4 * units },
    "a quarter of the units": { ...published, units: units / 4 },
    "a fifth of the epochs": { ...published, epochs: Math.max(1, Math.round(epochs / 5)) },
    "early, corrected": corrected("early-conv"),
    "late, corrected": corrected("late-mean-conv"),
    "hybrid, corrected": corrected("hybrid-conv"),
  } as const satisfies Record<string, CollapseVariant>;
}
