/** One number that makes a target's confidence honest: fitted on calibration windows, by the derivative. */
import { softmax } from "../metrics/softmax";

/**
 * T of softmax(z / T) with the least mean negative log-likelihood: where mean(Σₖ pₖ zₖ - z_y) = 0, by bisection on 1 / T,
 * in which the likelihood is convex. Between 1/20 and 20; 1 where there is nothing to calibrate by.
 *
 * @param logits [window, class]
 * @param labels [window]
 */
export function temperatureOf(logits: readonly Float32Array[], labels: ArrayLike<number>): number {
  if (logits.length === 0) return 1;
  /** Rises with 1 / T. */
  const slope = (inverse: number): number =>
    logits.reduce((sum, row, i) => {
      const p = softmax(row.map((z) => z * inverse));
      return sum + row.reduce((mean, z, k) => mean + p[k]! * z, 0) - row[labels[i]!]!;
    }, 0);
  let [low, high] = [1 / 20, 20];
  if (slope(low) >= 0) return 1 / low;
  if (slope(high) <= 0) return 1 / high;
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  return 2 / (low + high);
}
