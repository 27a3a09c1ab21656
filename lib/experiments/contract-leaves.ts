/** The leaves of the assignment's three files: one method's scores, its sets of modalities, its calibration. */
import type { z } from "zod";
import { publishedImportance, shapley } from "../metrics/importance";
import { subsetName } from "../metrics/subsets";
import { average } from "../metrics/average";
import type { CalibrationMetrics, FusionComparison, MissingModality } from "./contract-schemas";
import type { InferenceRow } from "./inference-cost";
import { methodRows } from "./method-rows";
import { pooledReliability } from "./pooled-reliability";
import type { Result } from "./result";
import { type SubsetRow, subsetRows } from "./subset-rows";

type Leaf = z.infer<typeof FusionComparison>["results"][string];

/** What the three files say of one method: scores, intervals and cost of complete data. */
export function methodLeaf(own: readonly Result[], inference: readonly InferenceRow[]): Leaf {
  const [accuracy] = methodRows(own, "accuracy", { inference });
  const [macroF1] = methodRows(own, "macroF1", { inference });
  const { scores, subjects, cost } = {
    scores: subsetLeaf(subsetRows(own).filter(({ isFull }) => isFull)),
    subjects: Object.keys(accuracy!.bySubject).length,
    cost: accuracy!.inference,
  };
  const interval = ({ lower, upper }: { lower: number; upper: number }): [number, number] | null =>
    subjects < 2 ? null : [lower, upper];
  return {
    ...scores,
    ece: pooledReliability(own, own[0]!.preset.modalities).ece,
    loss: scores.nll,
    inference_ms: cost?.mean ?? null,
    inference_ms_mean: cost?.mean ?? null,
    inference_ms_std: cost?.deviation ?? null,
    inference_ms_p50: cost?.p50 ?? null,
    inference_ms_p95: cost?.p95 ?? null,
    preset: own[0]!.presetName,
    accuracy_interval: interval(accuracy!.scores),
    f1_macro_interval: interval(macroF1!.scores),
    parameters: own[0]!.parameters,
    seeds: accuracy!.seeds,
    trials: accuracy!.trials,
  };
}

type Starter = Pick<
  MissingModality,
  | "full_modalities"
  | "single_modalities"
  | "all_combinations"
  | "no_modalities"
  | "modality_importance"
  | "shapley_values"
>;

/** Scores with every set of modalities, and what each modality is worth. */
export function starterSubsets(own: readonly Result[], modalities: readonly string[]): Starter {
  const rows = subsetRows(own);
  const sets = own[0]!.subsets.map(({ present }) => subsetName(present));
  const leaf = (set: string) => subsetLeaf(rows.filter((row) => row.set === set));
  const leaves = Object.fromEntries(sets.map((set) => [set, leaf(set)]));
  const { none, ...all_combinations } = leaves;
  const value = (present: readonly string[]): number => leaves[subsetName(present)]!.accuracy;
  return {
    full_modalities: leaves[subsetName(modalities)]!,
    single_modalities: Object.fromEntries(modalities.map((name) => [name, leaves[name]!])),
    all_combinations,
    no_modalities: none!,
    modality_importance: { ...publishedImportance(modalities, value).normalised },
    shapley_values: { ...shapley(modalities, value) },
  };
}

/** Mean over subjects of each one's mean over seeds. */
function subsetLeaf(rows: readonly SubsetRow[]): MissingModality["full_modalities"] {
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  const mean = (of: (row: SubsetRow) => number): number =>
    average(subjects.map((name) => average(rows.filter(({ subject }) => subject === name).map(of))));
  return {
    accuracy: mean((row) => row.accuracy),
    f1_macro: mean((row) => row.macroF1),
    ece: mean((row) => row.ece),
    nll: mean((row) => row.negativeLogLikelihood),
  };
}

/** With these modalities, all windows together. */
export function calibrationMetrics(
  own: readonly Result[],
  present: readonly string[],
): z.infer<typeof CalibrationMetrics> {
  const { bins, ece, mce, samples } = pooledReliability(own, present);
  const asked = own.map(
    ({ subsets }) => subsets.find((set) => set.present.join() === present.join())!.pooled,
  );
  const windows = asked.reduce((sum, { windows }) => sum + windows, 0);
  return {
    ...{ ece, mce },
    nll:
      asked.reduce((sum, { negativeLogLikelihood, windows }) => sum + negativeLogLikelihood * windows, 0) /
      windows,
    samples,
    bins: bins.map(({ lower }) => lower),
    accuracy_per_bin: bins.map(({ accuracy }) => accuracy),
    confidence_per_bin: bins.map(({ confidence }) => confidence),
    samples_per_bin: bins.map(({ windows }) => windows),
  };
}
