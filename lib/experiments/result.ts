/** What a run leaves behind: everything that a table or figure may need, and what it was the result of. */
import { z } from "zod";
import { Preset } from "./preset";

const Scores = z.strictObject({
  windows: z.int(),
  accuracy: z.number(),
  /** Over the classes in the truth of these windows. */
  macroF1: z.number(),
  /** Over the classes in truth or prediction, as scikit-learn does. */
  macroF1TruthOrPrediction: z.number(),
  /** [truth, prediction] */
  confusion: z.array(z.array(z.int())),
});

/** Of some windows under some fault: is it right, and does it know? */
const Degraded = z.strictObject({
  windows: z.int(),
  accuracy: z.number(),
  macroF1: z.number(),
  /** Mean over windows. */
  negativeLogLikelihood: z.number(),
  /** Expected calibration error, 15 bins of equal width. */
  ece: z.number(),
  /** [class]: share of the windows of this class that were found; null where there are none. */
  recall: z.array(z.number().nullable()),
});
/** Windows by how sure the model was: its non-empty bins, of 15 of equal width; adding them over folds is exact. */
const Reliability = z.array(
  z.strictObject({
    /** The bin is (lower, lower + 1/15]. */
    lower: z.number(),
    windows: z.int(),
    /** Means over these windows. */
    confidence: z.number(),
    accuracy: z.number(),
  }),
);
const ByDegraded = { pooled: Degraded, subjects: z.array(Degraded.extend({ subject: z.string() })) };

const Shared = z.strictObject({ windows: z.int(), share: z.number() });

export const Result = z.strictObject({
  experiment: z.string(),
  profile: z.enum(["tiny", "standard", "full"]),
  key: z.string(),
  preset: Preset,
  presetName: z.string(),
  fold: z.strictObject({
    split: z.string(),
    heldOut: z.string(),
    train: z.int(),
    stop: z.int(),
    calibration: z.int(),
    test: z.int(),
    missingClasses: z.strictObject({ stop: z.array(z.string()), calibration: z.array(z.string()) }),
  }),
  seed: z.int(),
  data: z.strictObject({ name: z.string(), hash: z.string() }),
  engine: z.strictObject({
    name: z.enum(["wheel", "download", "wasm"]),
    tensorflow: z.string(),
    oneDnn: z.boolean(),
    threads: z.int(),
    instructionSet: z.string(),
  }),
  /** Hash of the code that the run could reach. */
  code: z.string(),
  classes: z.array(z.string()),
  parameters: z.int(),
  /** Test windows that share something with the training windows. */
  leak: z.strictObject({ samples: Shared, segment: Shared, subject: Shared }),
  /** 0 where there are no epochs. */
  bestEpoch: z.int(),
  history: z.array(
    z.strictObject({
      epoch: z.int(),
      learningRate: z.number(),
      trainLoss: z.number(),
      trainAccuracy: z.number(),
      stopLoss: z.number().nullable(),
      stopAccuracy: z.number().nullable(),
    }),
  ),
  /** What was tried, on the windows for stopping alone; empty where the preset has no trials. */
  trials: z
    .array(
      z.strictObject({
        change: z.record(z.string(), z.unknown()),
        stopLoss: z.number(),
        stopAccuracy: z.number(),
        chosen: z.boolean(),
      }),
    )
    .default([]),
  /** The floor: accuracy of always saying training's commonest class. */
  majorityAccuracy: z.number(),
  subjects: z.array(Scores.extend({ subject: z.string() })),
  pooled: Scores,
  /** Mean negative log-likelihood of the test windows. */
  negativeLogLikelihood: z.number(),
  /**
   * The same test windows and weights with each set of sensors left: all 2^M, the empty one first, where the
   * frequencies of training answer, the full one last. None in results of older code.
   */
  subsets: z
    .array(z.strictObject({ present: z.array(z.string()), ...ByDegraded, reliability: Reliability }))
    .default([]),
  /** The same test windows under each fault of a survey; empty where the experiment did not ask for it. */
  faults: z
    .array(
      z.strictObject({
        kind: z.string(),
        sensor: z.string(),
        /** In the unit of its kind. */
        amount: z.number(),
        subjects: ByDegraded.subjects,
      }),
    )
    .default([]),
  /** Of a model that weighs its sensors: do these weights say what its answers need? Empty for others. */
  agreement: z
    .array(
      z.strictObject({
        of: z.enum(["attention", "fusion weights"]),
        /** Kendall's rank correlation of weight and worth, the mean over windows; null where it has none. */
        ranks: z.array(
          z.strictObject({
            subject: z.string(),
            worth: z.enum(["occlusion", "shapley"]),
            windows: z.int(),
            kendall: z.number().nullable(),
            /** With the weights of another window. */
            otherWindow: z.number().nullable(),
            /** With the same weights, dealt out at random. */
            permuted: z.number().nullable(),
          }),
        ),
        /** Means over the windows of a class. */
        sensors: z.array(
          z.strictObject({
            class: z.string(),
            sensor: z.string(),
            weight: z.number(),
            /** The same of a reader without any preference. */
            even: z.number(),
            /** Of the true class's probability: what is lost without the sensor, and its Shapley value. */
            occlusion: z.number(),
            shapley: z.number(),
          }),
        ),
      }),
    )
    .default([]),
  /** What cross-attention looks at; null for other fusions. */
  attention: z
    .strictObject({
      shares: z.array(
        z.strictObject({
          class: z.string(),
          query: z.string(),
          key: z.string(),
          /** The share of its weight that queries of `query` give to tokens of `key`. */
          weight: z.number(),
          /** The same share of a reader without any preference. */
          even: z.number(),
        }),
      ),
      /** [head]; 0 where one key has all, 1 where all have the same; null where no query has a choice. */
      entropy: z.array(z.number().nullable()),
    })
    .nullable()
    .default(null),
});
export type Result = Readonly<z.infer<typeof Result>>;
