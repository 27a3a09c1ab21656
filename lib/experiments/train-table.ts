/** What one trained preset is worth, person by person. */
import { bootstrapInterval } from "../metrics/interval";
import { average } from "../metrics/average";
import type { Result } from "./result";

export interface TrainRow {
  readonly subject: string;
  readonly windows: number;
  /** Means over seeds. */
  readonly accuracy: number;
  readonly macroF1: number;
  /** Accuracy of always saying training's commonest class, over all windows of the fold. */
  readonly floor: number;
}

export interface TrainTable {
  readonly rows: readonly TrainRow[];
  /** Over subjects; no interval with fewer than two. */
  readonly mean: Readonly<Record<"accuracy" | "macroF1" | "floor", MeanOverSubjects>>;
}

export interface MeanOverSubjects {
  readonly mean: number;
  /** 95 %, by resampling subjects. */
  readonly interval?: readonly [lower: number, upper: number];
}

/** A row for each held-out subject, in the order of the results. */
export function trainTable(results: readonly Result[]): TrainTable {
  const told = results.flatMap((result) =>
    result.subjects.map((scores) => ({ ...scores, floor: result.majorityAccuracy })),
  );
  const rows = [...new Set(told.map(({ subject }) => subject))].map((subject): TrainRow => {
    const own = told.filter((row) => row.subject === subject);
    const over = (score: "accuracy" | "macroF1" | "floor"): number => average(own.map((row) => row[score]));
    const { windows } = own[0]!;
    return { subject, windows, accuracy: over("accuracy"), macroF1: over("macroF1"), floor: over("floor") };
  });
  const overSubjects = (score: "accuracy" | "macroF1" | "floor"): MeanOverSubjects => {
    const values = rows.map((row) => row[score]);
    if (values.length < 2) return { mean: average(values) };
    const { lower, upper } = bootstrapInterval(values, { seed: 1 });
    return { mean: average(values), interval: [lower, upper] };
  };
  return {
    rows,
    mean: {
      accuracy: overSubjects("accuracy"),
      macroF1: overSubjects("macroF1"),
      floor: overSubjects("floor"),
    },
  };
}
