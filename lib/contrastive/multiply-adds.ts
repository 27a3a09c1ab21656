/** How much a network computes, counted from the operations that it runs. */
import * as tf from "@tensorflow/tfjs";

/**
 * Multiply-adds of all matrix products while `work` runs: what equal compute is equal in. Element-wise work is not counted.
 *
 * @param work eager; what it returns is freed
 */
export async function multiplyAdds(work: () => void): Promise<number> {
  const profile = await tf.profile(() => {
    tf.tidy(work);
    return tf.scalar(0);
  });
  let sum = 0;
  for (const { name, inputShapes, outputShapes } of profile.kernels) {
    if (!/^(BatchMatMul|_FusedMatMul)$/.test(name)) continue;
    const size = (shape: readonly number[] | null | undefined): number =>
      (shape ?? []).reduce((a, b) => a * b, 1);
    const [a, b] = inputShapes as (number[] | null)[];
    const out = outputShapes[0]!;
    // of one matrix of each batch: (m k) (k n) / (m n) = k²
    const one = (shape: readonly number[] | null | undefined): number => size(shape) / batchOf(shape);
    sum += size(out) * Math.sqrt((one(a) * one(b)) / one(out));
  }
  tf.dispose(profile.result);
  return Math.round(sum);
}

const batchOf = (shape: readonly number[] | null | undefined): number =>
  (shape ?? []).slice(0, -2).reduce((a, b) => a * b, 1);
