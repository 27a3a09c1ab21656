/** What a preset's calibration comes to, over its folds and seeds: small enough for git, made of logits that are not. */
import { z } from "zod";
import { corrections } from "./calibration-corrections";

const Where = {
  split: z.string(),
  /** The sensors that are left, joined by "+"; "none". */
  set: z.string(),
  correction: z.enum(corrections),
};
const Scores = z.strictObject({
  windows: z.int(),
  accuracy: z.number(),
  confidence: z.number(),
  /** Nats; null where the truth was called impossible. */
  logLoss: z.number().nullable(),
  brier: z.number(),
  brierReliability: z.number(),
  brierResolution: z.number(),
  brierUncertainty: z.number(),
  ece: z.number(),
  eceEqualMass: z.number(),
  eceDebiased: z.number(),
  mce: z.number(),
  ace: z.number(),
  eceClasswise: z.number(),
  aceClasswise: z.number(),
  sharpness: z.number(),
  aurc: z.number(),
  excessAurc: z.number(),
});
const Coverage = { windows: z.int(), covered: z.number(), size: z.number() };

export const CalibrationResult = z.strictObject({
  key: z.string(),
  /** Whose runs these are. */
  experiment: z.string(),
  profile: z.enum(["tiny", "standard", "full"]),
  presetName: z.string(),
  /** Keys of the runs that it was made of. */
  runs: z.array(z.string()).min(1),
  /** Hash of the code from logits to here. */
  code: z.string(),
  data: z.strictObject({ name: z.string(), hash: z.string() }),
  classes: z.array(z.string()),
  modalities: z.array(z.string()),
  fittedOn: z.array(z.enum(["people kept for it", "other test people", "windows kept for it", "nobody"])),
  temperatures: z.array(
    z.strictObject({
      ...Where,
      heldOut: z.string(),
      seed: z.int(),
      /** Of all, or by modality. */
      temperatures: z.record(z.string(), z.number()),
      windows: z.int(),
      /** On the windows of the fit; null where each modality has its own. */
      lossBefore: z.number().nullable(),
      lossAfter: z.number().nullable(),
    }),
  ),
  /** Over the test windows of all folds. */
  pooled: z.array(z.strictObject({ ...Where, seed: z.int(), scores: Scores })),
  /** The mean probabilities of all seeds, over the test windows of all folds; none of one seed. */
  ensemble: z.array(
    z.strictObject({
      ...Where,
      members: z.int(),
      scores: Scores,
      /** Means over windows, nats: entropy of the mean, and mutual information of answer and member. */
      entropy: z.number(),
      between: z.number(),
      /** Does doubt tell wrong answers from right ones? Area under the curve, by entropy and by what is between. */
      aurocEntropy: z.number().nullable(),
      aurocBetween: z.number().nullable(),
    }),
  ),
  /** Over seeds. */
  subjects: z.array(
    z.strictObject({
      ...Where,
      subject: z.string(),
      windows: z.int(),
      accuracy: z.number(),
      logLoss: z.number().nullable(),
      ece: z.number(),
    }),
  ),
  /** Bins that are not empty, over folds and seeds; intervals over people drawn again. */
  reliability: z.array(
    z.strictObject({
      ...Where,
      bins: z.array(
        z.strictObject({
          ...{ lower: z.number(), upper: z.number(), count: z.int(), confidence: z.number() },
          ...{ accuracy: z.number(), accuracyLower: z.number(), accuracyUpper: z.number() },
        }),
      ),
    }),
  ),
  /** Errors among the share of windows that the model is surest of, over folds and seeds. */
  riskCoverage: z.array(
    z.strictObject({
      ...Where,
      points: z.array(z.strictObject({ coverage: z.number(), risk: z.number() })),
    }),
  ),
  conformal: z.array(
    z.strictObject({
      split: z.string(),
      set: z.string(),
      score: z.enum(["thr", "aps"]),
      /** The share that may be missed. */
      alpha: z.number(),
      /** Over folds and seeds. */
      pooled: z.strictObject(Coverage),
      /** Of these two with all sensors alone; none with fewer. */
      subjects: z.array(z.strictObject({ subject: z.string(), ...Coverage })),
      classes: z.array(z.strictObject({ class: z.string(), ...Coverage })),
    }),
  ),
});
export type CalibrationResult = Readonly<z.infer<typeof CalibrationResult>>;
