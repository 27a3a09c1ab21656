/** Why did the published hybrid collapse? What is trained for the answer, on which data, and how much of it. */
import type { Profile } from "../workspace";
import type { CollapseVariant, PublishedVariant } from "./collapse-switches";
import { NetworkPreset, presets, type PresetName } from "./preset";

/** Where a heart rate has a number in each row it is alive in the published windows; at 9 Hz no window is without NaN. */
export type Heart = "dead, simulated" | "filled forward, as republished" | "thinned to 9 Hz, reconstructed";

export interface CollapseDefinition {
  readonly data: "pamap2" | "pamap2-simulated";
  /** PAMAP2's numbers. */
  readonly activities: readonly number[];
  readonly heart: Heart;
  readonly seeds: readonly number[];
  /** Of variants that are looked at aside. */
  readonly seedsAside: readonly number[];
}

export const collapseExperiments = {
  "collapse-simulated": {
    data: "pamap2-simulated",
    activities: [1, 2, 3, 4, 5, 6, 7, 12, 13, 16, 17, 24],
    heart: "dead, simulated",
    seeds: [1, 2, 3],
    seedsAside: [1],
  },
  "collapse-pamap2": {
    data: "pamap2",
    activities: [2, 5, 12, 13, 24],
    heart: "filled forward, as republished",
    seeds: [1, 2, 3],
    seedsAside: [1],
  },
  "collapse-pamap2-thinned": {
    data: "pamap2",
    activities: [2, 5, 12, 13, 24],
    heart: "thinned to 9 Hz, reconstructed",
    seeds: [1, 2, 3],
    seedsAside: [1],
  },
} as const satisfies Record<string, CollapseDefinition>;
export type CollapseName = keyof typeof collapseExperiments;
export const collapseNames = Object.keys(collapseExperiments) as CollapseName[];

/** How much work, never which method. */
export interface CollapseAmount {
  readonly units: number;
  readonly dim: number;
  readonly hidden: number;
  readonly epochs: number;
  /** One row in so many is read, where the original reads all hundred of a window: an LSTM's time goes by rows. */
  readonly everyRow: number;
  /** Of the simulation. */
  readonly secondsPerActivity: number;
  readonly subjects?: readonly string[];
  /** Of the presets beside them. */
  readonly correctedEpochs: number;
  readonly seeds?: number;
}

export const collapseAmounts: Readonly<Record<Profile, CollapseAmount>> = {
  tiny: {
    ...{ units: 8, dim: 16, hidden: 32, epochs: 2, everyRow: 5, correctedEpochs: 2, seeds: 1 },
    ...{ secondsPerActivity: 30, subjects: ["101", "102"] },
  },
  standard: {
    ...{ units: 16, dim: 32, hidden: 64, epochs: 8, everyRow: 5, correctedEpochs: 8, seeds: 1 },
    ...{ secondsPerActivity: 45, subjects: ["101", "102", "103", "104"] },
  },
  full: {
    ...{ units: 32, dim: 64, hidden: 128, epochs: 10, everyRow: 5, correctedEpochs: 10 },
    secondsPerActivity: 45,
  },
};

export type CollapseVariantName = keyof ReturnType<typeof collapseVariants>;

/** Sizes and scales, looked at aside with fewer seeds; the widest, the original's, costs as much as all others together. */
export const collapseAside: readonly string[] = [
  "scaled",
  "a quarter of the units",
  "a fifth of the epochs",
  "four times the epochs",
  "the original's widths",
];

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
    "the original's widths": { ...published, units: 8 * units, dim: 2 * dim, hidden: 2 * hidden },
    "a quarter of the units": { ...published, units: units / 4 },
    "four times the epochs": { ...published, epochs: 4 * epochs },
    "a fifth of the epochs": { ...published, epochs: Math.max(1, Math.round(epochs / 5)) },
    "early, corrected": corrected("early-conv"),
    "late, corrected": corrected("late-mean-conv"),
    "hybrid, corrected": corrected("hybrid-conv"),
  } as const satisfies Record<string, CollapseVariant>;
}

/** The preset behind a variant: as it is, but for its number of epochs. */
export function correctedPreset({
  preset: name,
  epochs,
}: Extract<CollapseVariant, { readonly kind: "corrected" }>): NetworkPreset {
  const preset = NetworkPreset.parse(presets[name as PresetName]);
  return { ...preset, training: { ...preset.training, epochs } };
}
