/** What a sensor is worth to a trained model: its scores on the same test windows when that sensor is absent. */
import type { Result } from "./result";

export interface ScoreWithout {
  readonly modality: string;
  readonly accuracy: number;
  readonly macroF1: number;
}

/** One row for each modality; none where there is only one. */
export function scoresWithout({
  preset: { modalities },
  subsets,
}: Pick<Result, "preset" | "subsets">): ScoreWithout[] {
  if (modalities.length < 2) return [];
  return modalities.map((modality) => {
    const left = modalities.filter((other) => other !== modality);
    const row = subsets.find(({ present }) => present.join() === left.join());
    if (!row)
      throw new Error(
        `scoresWithout: expected scores of ${left.join("+")}, got none; older code made this result, run: npm run results`,
      );
    const { accuracy, macroF1 } = row.pooled;
    return { modality, accuracy, macroF1 };
  });
}
