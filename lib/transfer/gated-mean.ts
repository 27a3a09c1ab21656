/** One number for a batch, of the samples whose gate is open. */
import * as tf from "@tensorflow/tfjs";

/** What the sum over open gates is divided by: their number, or the batch's. The published one is not known. */
export const reductions = ["mean_over_gated", "mean_over_batch"] as const;
export type Reduction = (typeof reductions)[number];

/**
 * Σᵢ gᵢ xᵢ / Σᵢ gᵢ, and 0 where no gate is open; or Σᵢ gᵢ xᵢ / batch.
 *
 * @param losses [batch, ...]: of several sources a column each, and a mean for each
 * @param gate the same shape; 1 where the sample counts
 * @returns [...]
 */
export function gatedMean<T extends tf.Tensor>(losses: tf.Tensor, gate: tf.Tensor, reduction: Reduction): T {
  return tf.tidy(() => {
    const sum = losses.mul(gate).sum(0);
    if (reduction === "mean_over_batch") return sum.div<T>(losses.shape[0]!);
    return sum.div<T>(gate.sum(0).maximum(1)); // gates are 0 or 1: either one is open, or the sum is 0
  });
}
