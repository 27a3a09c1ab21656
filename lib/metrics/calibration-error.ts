/** Is a model right as often as it says? */

export interface Bin {
  /** Of (lower, upper]; a confidence of exactly 0 is in no bin. */
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
  /** Mean confidence and share of right answers; NaN in an empty bin. */
  readonly confidence: number;
  readonly accuracy: number;
}

/**
 * Predictions by their confidence, in bins of equal width.
 *
 * @param confidence [window]: the probability of the predicted class
 * @param right [window]: 1 where the prediction was right, 0 where not
 */
export function reliability(
  confidence: ArrayLike<number>,
  right: ArrayLike<number>,
  bins = 15,
): readonly Bin[] {
  if (confidence.length !== right.length)
    throw new Error(
      `reliability: expected a verdict for each of ${confidence.length} confidences, got ${right.length}; take both from the same windows`,
    );
  return Array.from({ length: bins }, (_, bin): Bin => {
    const [lower, upper] = [bin / bins, (bin + 1) / bins];
    let [count, sure, hits] = [0, 0, 0];
    for (let i = 0; i < confidence.length; i++) {
      if (!(confidence[i]! > lower && confidence[i]! <= upper)) continue;
      count += 1;
      sure += confidence[i]!;
      hits += right[i]!;
    }
    return { lower, upper, count, confidence: sure / count, accuracy: hits / count };
  });
}

/** Expected calibration error: Σ_b n_b / N · |accuracy_b − confidence_b| over bins of equal width; NaN where nothing was asked. */
export function calibrationError(confidence: ArrayLike<number>, right: ArrayLike<number>, bins = 15): number {
  const sum = reliability(confidence, right, bins)
    .filter(({ count }) => count > 0)
    .reduce((total, bin) => total + bin.count * Math.abs(bin.accuracy - bin.confidence), 0);
  return sum / confidence.length;
}
