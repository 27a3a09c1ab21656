/** Loss and scores of logits against targets, on the host. */
import { argmax } from "../metrics/confusion";

/**
 * Mean negative log-likelihood, by log-sum-exp.
 *
 * @param logits [window, class]
 * @param targets [window]; class ids
 */
export function negativeLogLikelihood(logits: readonly Float32Array[], targets: ArrayLike<number>): number {
  let sum = 0;
  logits.forEach((row, i) => {
    const max = row.reduce((a, b) => Math.max(a, b), -Infinity);
    const total = row.reduce((s, z) => s + Math.exp(z - max), 0);
    sum += max + Math.log(total) - row[targets[i]!]!;
  });
  return sum / logits.length;
}

/** [window]: the class with the largest logit; the first of equals. */
export const decide = (logits: readonly Float32Array[]): Int32Array => Int32Array.from(logits, argmax);
