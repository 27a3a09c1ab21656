/** What one training of the transfer chapter leaves behind. */
import { z } from "zod";
import { domains } from "./d-cat-domains";
import { Task } from "./d-cat-design";
import { Result } from "./result";

const Scores = z.strictObject({
  windows: z.int(),
  accuracy: z.number(),
  /** Over the classes in the truth of these windows. */
  macroF1: z.number(),
  /** Mean over windows. */
  negativeLogLikelihood: z.number(),
  /** Expected calibration error, 15 bins of equal width. */
  ece: z.number(),
  /** The same after the temperature of the calibration windows. */
  scaled: z.strictObject({ negativeLogLikelihood: z.number(), ece: z.number() }),
});
export type DCatScores = Readonly<z.infer<typeof Scores>>;

export const DCatResult = z.strictObject({
  experiment: z.string(),
  profile: z.enum(["tiny", "standard", "full"]),
  key: z.string(),
  task: Task,
  data: z.strictObject({ name: z.string(), hash: z.string() }),
  engine: Result.shape.engine,
  /** Hash of the code that it could reach. */
  code: z.string(),
  classes: z.array(z.string()),
  fold: z.strictObject({
    ...{ split: z.string(), heldOut: z.string() },
    ...{ train: z.int(), stop: z.int(), calibration: z.int(), test: z.int() },
  }),
  /** Share of the test windows that are of training's commonest class. */
  majorityAccuracy: z.number(),
  /** At inference. */
  parameters: z.int(),
  inputs: z.array(z.string()),
  steps: z.int(),
  bestEpoch: z.int(),
  history: z.array(
    z.strictObject({
      epoch: z.int(),
      trainLoss: z.number(),
      trainAccuracy: z.number(),
      stopLoss: z.number().nullable(),
    }),
  ),
  /** Norms of the gradients of both losses on the same windows, before λ. */
  gradients: z.array(z.strictObject({ epoch: z.int(), crossEntropy: z.number(), alignment: z.number() })),
  /** [source]: learned weights; null where there are none. */
  weights: z.array(z.number()).nullable(),
  sources: z.array(
    z.strictObject({
      name: z.string(),
      /** Share of the training windows that it teaches: paired, and gate open. */
      open: z.number(),
      trainAccuracy: z.number(),
      /** Of a window in the cache. */
      bytes: z.int(),
    }),
  ),
  /** On windows for stopping, which no arm is chosen by where the last epoch is kept: who is strong, who is weak. */
  stopMacroF1: z.number().nullable(),
  temperature: z.number(),
  scores: z.array(
    z.strictObject({
      domain: z.enum(domains),
      pooled: Scores,
      subjects: z.array(Scores.extend({ subject: z.string() })),
    }),
  ),
});
export type DCatResult = Readonly<z.infer<typeof DCatResult>>;
