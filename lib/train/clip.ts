/** Clipping of all gradients by one norm. */
import * as tf from "@tensorflow/tfjs";

/**
 * g · min(1, max / (‖g‖ + 10⁻⁶)), as PyTorch's `clip_grad_norm_`.
 *
 * @param gradient all gradients as one vector
 * @param maximum Infinity to leave them as they are
 * @returns the clipped gradient and the norm before, a scalar
 */
export function clipGlobalNorm(
  gradient: tf.Tensor1D,
  maximum: number,
): { readonly clipped: tf.Tensor1D; readonly norm: tf.Scalar } {
  const norm = gradient.dot(gradient).sqrt() as tf.Scalar;
  if (maximum === Infinity) return { clipped: gradient, norm };
  return { clipped: gradient.mul(tf.minimum(1, tf.div(maximum, norm.add(1e-6)))), norm };
}
