/** What is kept of one training: every set of modalities, every chance of losing them, and the space. */
import { z } from "zod";
import { McaRunOptions } from "./mca-options";

/** NaN has no JSON: what cannot be said is null. */
const number = z.number().nullable();

/** Of a part of the test samples, or of all. */
export const McaScores = z.strictObject({
  samples: z.int(),
  accuracy: number,
  macroF1: number,
  auroc: number,
  /** Of the linear probe's probabilities, 15 bins. */
  calibrationError: number,
  /** Of the five nearest training embeddings; null for what has no embeddings. */
  neighboursF1: number,
  neighboursAuroc: number,
  /** Of the continuous factor, where there is one. */
  factor: z.strictObject({ l1: number, pearson: number }).nullable(),
});
export type McaScores = Readonly<z.infer<typeof McaScores>>;

/** How surely a set of modalities answers, and what one number learned on validation mends. */
export const McaCalibration = z.strictObject({
  /** 15 bins of equally many samples; see calibrationError for those of equal width. */
  adaptive: number,
  brier: number,
  logLoss: number,
  /** Area under the risk-coverage curve. */
  aurc: number,
  /** After division by a temperature fitted on validation samples with all modalities, or with this set alone. */
  complete: z.strictObject({ temperature: number, calibrationError: number, logLoss: number }).nullable(),
  own: z.strictObject({ temperature: number, calibrationError: number, logLoss: number }).nullable(),
});
export type McaCalibration = Readonly<z.infer<typeof McaCalibration>>;

export const McaRetrieval = z.strictObject({
  modality: z.string(),
  /** Is the query's modality in the fused side, too? */
  withQuery: z.boolean(),
  /** Those that have the modality; the gallery holds them all, and others. */
  queries: z.int(),
  gallery: z.int(),
  medianRank: z.number(),
  recall1: z.number(),
  recall5: z.number(),
  recall10: z.number(),
  recall1Strict: z.number(),
  /** [person, ...] of the queries, for paired intervals. */
  groups: z.record(
    z.string(),
    z.strictObject({ queries: z.int(), recall1: z.number(), recall10: z.number(), meanRank: z.number() }),
  ),
});

export const McaSpace = z.strictObject({
  /** Mean over modalities: unimodal against fused, rows of length 1. */
  alignment: number,
  uniformity: z.strictObject({ modalities: number, fused: number, groups: z.record(z.string(), number) }),
  effectiveRank: number,
  alarm: z.array(z.string()),
});

export const McaResult = z.strictObject({
  study: z.string(),
  profile: z.enum(["tiny", "standard", "full"]),
  key: z.string(),
  options: McaRunOptions,
  data: z.strictObject({
    name: z.string(),
    hash: z.string(),
    modalities: z.array(z.string()),
    classes: z.array(z.string()),
  }),
  split: z.strictObject({ name: z.string(), train: z.int(), validation: z.int(), test: z.int() }),
  engine: z.record(z.string(), z.unknown()),
  code: z.string(),
  mask: z.strictObject({
    hash: z.string(),
    /** Share of training samples' modalities that are left, and what arithmetic expects (where it does). */
    left: z.number(),
    expected: z.number().nullable(),
    sets: z.record(z.string(), z.int()),
  }),
  parameters: z.int(),
  /** Of one training step's forward pass. */
  multiplyAdds: z.int(),
  losses: z.array(z.number()),
  /** Which modality a "single" chose, on validation, and what each scored there. */
  chosen: z.strictObject({ modality: z.string(), validation: z.record(z.string(), z.number()) }).nullable(),
  subsets: z.array(
    z.strictObject({
      present: z.array(z.string()),
      scores: McaScores,
      calibration: McaCalibration.nullable(),
    }),
  ),
  tests: z.array(
    z.strictObject({
      p: z.number(),
      maskHash: z.string(),
      scores: McaScores,
      /** [person, video, patient or site] → accuracy, for paired intervals. */
      groups: z.record(z.string(), z.number()),
      retrieval: z.array(McaRetrieval),
      space: McaSpace.nullable(),
    }),
  ),
  /** Of a network with channels, mean over samples, heads, learned tokens and layers. */
  attention: z
    .strictObject({
      channels: z.array(
        z.strictObject({
          members: z.array(z.string()),
          /** [modality], and on itself: 1 together. */
          mass: z.array(z.number()),
          own: z.number(),
          /** [modality]: 1 - cosine of the channel's embedding with and without it. */
          moves: z.array(z.number()),
        }),
      ),
      /** Rank agreement of mass and moves: of the root, and of all channels' members, each against its channel's mean. */
      agreement: z.strictObject({ root: number, all: number }),
      /** The root's mass where only some modalities are there. */
      patterns: z.array(
        z.strictObject({ present: z.array(z.string()), mass: z.array(z.number()), own: z.number() }),
      ),
    })
    .nullable(),
});
export type McaResult = Readonly<z.infer<typeof McaResult>>;

export const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);
