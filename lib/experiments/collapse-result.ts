/** What one training for the question of the collapse leaves behind, and where it lies. */
import { z } from "zod";
import type { Profile } from "../workspace";
import { SubsetAnswer } from "./collapse-answers";
import { CollapseVariant } from "./collapse-switches";
import { Result } from "./result";
import { readStudyResults } from "./study";

export const CollapseResult = z.strictObject({
  experiment: z.string(),
  profile: z.enum(["tiny", "standard", "full"]),
  key: z.string(),
  variantName: z.string(),
  variant: CollapseVariant,
  /** What the heart rate of these windows is. */
  heart: z.string(),
  seed: z.int(),
  data: z.strictObject({ name: z.string(), hash: z.string() }),
  engine: Result.shape.engine,
  /** Hash of the code that it could reach. */
  code: z.string(),
  classes: z.array(z.string()),
  windows: z.strictObject({
    train: z.int(),
    test: z.int(),
    /** Test windows that share samples with training windows: the split is the published one. */
    leaking: z.int(),
    all: z.int(),
    /** By sensor: of all windows those with a NaN, whose vector is zeros. */
    closed: z.record(z.string(), z.int()),
  }),
  /** Share of the test windows that are of training's commonest class. */
  majorityAccuracy: z.number(),
  parameters: z.int(),
  steps: z.int(),
  history: z.array(z.strictObject({ epoch: z.int(), trainLoss: z.number(), trainAccuracy: z.number() })),
  /** The same weights under each switch; of models without any, "as trained" alone. */
  answers: z.array(z.strictObject({ switch: z.string(), subsets: z.array(SubsetAnswer) })),
  norms: z.array(z.strictObject({ sensor: z.string(), ofZeros: z.number(), ofWindows: z.number() })),
});
export type CollapseResult = Readonly<z.infer<typeof CollapseResult>>;

/** All of an experiment, by variant and seed; none where it has not run. */
export const readCollapses = (folder: string, profile: Profile, experiment: string): CollapseResult[] =>
  readStudyResults(CollapseResult, folder, profile, experiment).sort(
    (a, b) => a.variantName.localeCompare(b.variantName) || a.seed - b.seed,
  );
