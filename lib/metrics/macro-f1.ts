/** The mean over classes of how well each is found, so that a rare class counts as much as a common one. */
import type { Confusion } from "./confusion";

/**
 * Which classes the mean runs over.
 *
 * - `truth`: those that occur in the truth. The rule for a subject who did some activities only: a guess of
 *   another class already costs recall where it was wrong.
 * - `truth or prediction`: scikit-learn's default; a class that was only ever guessed counts with F1 = 0.
 */
export type ClassRule = "truth" | "truth or prediction";

export interface ClassScore {
  /** Windows of this class. */
  readonly support: number;
  /** Windows taken for it. */
  readonly predicted: number;
  /** 0 where nothing was taken for it. */
  readonly precision: number;
  /** 0 where none is of it. */
  readonly recall: number;
  /** 2 tp / (support + predicted); 0 where both are 0. */
  readonly f1: number;
}

/** [class] */
export function classScores(matrix: Confusion): ClassScore[] {
  return matrix.map((row, c) => {
    const hits = row[c]!;
    const support = row.reduce((a, b) => a + b, 0);
    const predicted = matrix.reduce((sum, other) => sum + other[c]!, 0);
    const over = (n: number): number => (n > 0 ? hits / n : 0);
    return {
      support,
      predicted,
      precision: over(predicted),
      recall: over(support),
      f1: over((support + predicted) / 2),
    };
  });
}

/** Mean F1 over the classes that `rule` names; NaN where there is none. */
export function macroF1(matrix: Confusion, rule: ClassRule): number {
  const counted = classScores(matrix).filter(
    ({ support, predicted }) => support > 0 || (rule === "truth or prediction" && predicted > 0),
  );
  return counted.reduce((sum, { f1 }) => sum + f1, 0) / counted.length;
}
