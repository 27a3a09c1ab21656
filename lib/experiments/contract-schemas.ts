/** The assignment's three result files, as schemas: one superset of its hand-out, its starter code and what was published. */
import { z } from "zod";

/** Of one set of sensors. */
export const SubsetLeaf = z
  .strictObject({
    accuracy: z.number().describe("Share of right answers: mean over held-out subjects, over seeds first"),
    f1_macro: z.number().describe("Macro-F1 over the classes of each held-out subject, averaged likewise"),
    ece: z.number().describe("Expected calibration error, averaged likewise, 15 bins"),
    nll: z.number().describe("Mean negative log-likelihood, averaged likewise"),
  })
  .meta({ id: "subset" });

const interval = z
  .tuple([z.number(), z.number()])
  .nullable()
  .describe("95 %, subjects drawn again; null with one subject");

export const MethodLeaf = z
  .strictObject({
    ...SubsetLeaf.shape,
    ece: z
      .number()
      .describe("Of all held-out windows together, 15 bins of equal width, as in uncertainty.json"),
    loss: z.number().describe("The same as nll, by the name of the starter code"),
    inference_ms: z
      .number()
      .nullable()
      .describe("Of one window in a batch of one, mean; null where not measured"),
    inference_ms_mean: z.number().nullable(),
    inference_ms_std: z.number().nullable(),
    inference_ms_p50: z.number().nullable(),
    inference_ms_p95: z.number().nullable(),
    preset: z.string(),
    accuracy_interval: interval,
    f1_macro_interval: interval,
    parameters: z.int(),
    seeds: z.int(),
    trials: z.int().describe("Settings that were tried, chosen on windows for stopping alone"),
  })
  .meta({ id: "method" });

const About = {
  dataset: z.string(),
  modalities: z.array(z.string()).min(1),
  experiment: z.string(),
  protocol: z.string().describe("How test windows were kept from training"),
  subjects: z.array(z.string()).min(1).describe("Held out"),
};

export const FusionComparison = z.strictObject({
  ...About,
  results: z.record(z.string(), MethodLeaf).describe("early_fusion, late_fusion, hybrid_fusion, ..."),
  baselines: z
    .record(z.string(), MethodLeaf)
    .describe("Majority class, single sensors trained alone, statistics of windows"),
});
export type FusionComparison = z.infer<typeof FusionComparison>;

/** The starter code's object. */
export const StarterSubsets = z
  .strictObject({
    full_modalities: SubsetLeaf,
    single_modalities: z.record(z.string(), SubsetLeaf).describe("By the one sensor that is left"),
    all_combinations: z
      .record(z.string(), SubsetLeaf)
      .describe('By the sensors that are left, joined by "+"'),
    no_modalities: SubsetLeaf.describe("Nothing is left: the frequencies of training answer"),
    modality_importance: z
      .record(z.string(), z.number())
      .describe(
        "The published formula: mean accuracy with less mean accuracy without, normalised to a sum of 1 in size",
      ),
    shapley_values: z
      .record(z.string(), z.number())
      .describe("Of accuracy; their sum is full_modalities less no_modalities"),
  })
  .meta({ id: "subsets" });

export const MissingModality = z
  .object({
    ...About,
    fusion: z.string().describe("Whose numbers stand at the top level"),
    modality_subsets: z
      .record(z.string(), SubsetLeaf)
      .describe("The hand-out's names: all, imu_only, heart_only"),
    ...StarterSubsets.shape,
  })
  .catchall(StarterSubsets)
  .describe("Beside the fields that are named: the same for each fusion, under its name");
export type MissingModality = z.infer<typeof MissingModality>;

export const CalibrationMetrics = z
  .strictObject({
    ece: z.number(),
    mce: z.number(),
    nll: z.number(),
    samples: z.int().describe("Held-out windows, over folds and seeds"),
    bins: z.array(z.number()).length(15).describe("Lower edges; a bin holds its upper edge"),
    accuracy_per_bin: z.array(z.number().nullable()).length(15).describe("null where the bin is empty"),
    confidence_per_bin: z.array(z.number().nullable()).length(15),
    samples_per_bin: z.array(z.int()).length(15),
  })
  .meta({ id: "calibration" });

export const Uncertainty = z.strictObject({
  ...About,
  fusion: z.string().describe("Whose numbers are calibration_metrics"),
  calibration_metrics: CalibrationMetrics,
  fusions: z.record(z.string(), CalibrationMetrics),
  subsets: z
    .record(z.string(), z.record(z.string(), CalibrationMetrics))
    .describe("By fusion, then by the sensors that are left"),
});
export type Uncertainty = z.infer<typeof Uncertainty>;

export const contractSchemas = {
  fusion_comparison: FusionComparison,
  missing_modality: MissingModality,
  uncertainty: Uncertainty,
} as const;

export type ContractName = keyof typeof contractSchemas;
