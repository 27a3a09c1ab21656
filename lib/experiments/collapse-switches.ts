/** What is switched in a trained hybrid, and what a training of one is. */
import { z } from "zod";
import type { HybridSwitches } from "../fusion/hybrid-published";

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
