/** What was taken for what. */

/** [truth, predicted]; counts. */
export type Confusion = readonly (readonly number[])[];

/**
 * @param truth [window], class ids
 * @param predicted [window], class ids
 * @throws if the lengths differ or an id is no class
 */
export function confusionMatrix(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): Confusion {
  if (truth.length !== predicted.length)
    throw new Error(
      `confusionMatrix: expected a prediction for each of ${truth.length} windows, got ${predicted.length}; predict the same windows`,
    );
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < truth.length; i++) {
    const [t, p] = [truth[i]!, predicted[i]!];
    if (counts[t]?.[p] === undefined)
      throw new Error(
        `confusionMatrix: window ${i}: expected class ids below ${classes}, got ${t} and ${p}; use the ids of one space`,
      );
    counts[t][p]!++;
  }
  return counts;
}

/** Σᵢ nᵢᵢ / n; NaN where nothing was asked. */
export function accuracy(matrix: Confusion): number {
  const right = matrix.reduce((sum, row, i) => sum + row[i]!, 0);
  return right / matrix.flat().reduce((a, b) => a + b, 0);
}

/** The predicted class: the first of the largest scores. */
export function argmax(scores: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[best]!) best = i;
  return best;
}

/** Of several matrices, as if their windows had been asked together. */
export function pooled(matrices: readonly Confusion[]): Confusion {
  const [first, ...others] = matrices;
  if (!first) throw new Error("pooled: expected 1 or more matrices, got none; evaluate a fold first");
  return first.map((row, t) => row.map((n, p) => others.reduce((sum, m) => sum + m[t]![p]!, n)));
}
