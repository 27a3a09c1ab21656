/** Clipping of all gradients by one norm. */
import * as tf from "@tensorflow/tfjs";

/**
 * g · min(1, max / (‖g‖ + 10⁻⁶)) with ‖g‖ over all tensors together, as PyTorch's `clip_grad_norm_`.
 *
 * @returns the clipped gradients and the norm before, a scalar
 */
export function clipGlobalNorm(
  gradients: tf.NamedTensorMap,
  maximum: number,
): { readonly clipped: tf.NamedTensorMap; readonly norm: tf.Scalar } {
  const squares = Object.values(gradients).map((g) => g.square().sum());
  const norm = tf.addN(squares).sqrt() as tf.Scalar;
  const factor = tf.minimum(1, tf.div(maximum, norm.add(1e-6)));
  const clipped = Object.fromEntries(Object.entries(gradients).map(([name, g]) => [name, g.mul(factor)]));
  return { clipped, norm };
}
