/** Layer normalisation as a function whose gradient is composed of few passes over the data. */
import * as tf from "@tensorflow/tfjs";
import { checkShape } from "../shapes";

/**
 * y = γ x̂ + β with x̂ = (x - μ) r, r = 1 / √(σ² + ε); mean and (biased) variance of the last axis (Ba et al. 2016).
 *
 * With p = dy x̂ and the mean over the last axis written as ⟨·⟩:
 *
 *     dx = r (γ dy - ⟨γ dy⟩ - x̂ ⟨γ p⟩),  dγ = Σ p,  dβ = Σ dy
 *
 * Both means are products with the column γ / features, both sums products with a row of ones: TensorFlow's reduction
 * over leading axes takes twice as long or more.
 *
 * @param x [..., feature]
 * @param gain γ [feature]
 * @param bias β [feature]
 * @param epsilon 1e-5 in PyTorch, 1e-3 in tf.layers
 */
export function layerNorm<T extends tf.Tensor>(
  x: T,
  gain: tf.Tensor1D,
  bias: tf.Tensor1D,
  epsilon: number,
): T {
  const feature = x.shape.at(-1)!;
  checkShape("layerNorm: gain", gain, { feature }, "give one gain for each feature");
  checkShape("layerNorm: bias", bias, { feature }, "give one bias for each feature");
  const normalise = tf.customGrad((x, gain, bias, save) => {
    const [data, scale, shift, keep] = [x, gain, bias, save] as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.GradSaveFunc,
    ];
    const centred = data.reshape([-1, feature]).sub(mean(data.reshape([-1, feature])));
    const r = mean(centred.square()).add(epsilon).rsqrt(); // [row, 1]
    const normal = centred.mul(r); // x̂ [row, feature]
    keep([normal, r, scale]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] =>
      gradient(dy, saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D]);
    return { value: normal.mul(scale).add(shift).reshape(data.shape), gradFunc };
  });
  return normalise(x, gain, bias) as T;
}

/** [row, feature] → [row, 1] */
const mean = (rows: tf.Tensor): tf.Tensor => rows.mean(1, true);

/** @returns dx, dγ, dβ */
function gradient(
  dy: tf.Tensor,
  [normal, r, gain]: readonly [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D],
): tf.Tensor[] {
  return tf.tidy(() => {
    const [row, feature] = normal.shape;
    const rows = dy.reshape<tf.Tensor2D>([row, feature]);
    const p = rows.mul<tf.Tensor2D>(normal);
    const ones = tf.ones<tf.Rank.R2>([1, row]);
    const column = gain.div(feature).reshape<tf.Tensor2D>([feature, 1]);
    const meanOfP = p.matMul(column); // ⟨γ p⟩ [row, 1]
    const meanOfDy = rows.matMul(column); // ⟨γ dy⟩ [row, 1]
    const dx = rows.mul(gain).sub(normal.mul(meanOfP)).sub(meanOfDy).mul(r);
    return [dx.reshape(dy.shape), ones.matMul(p).reshape([feature]), ones.matMul(rows).reshape([feature])];
  });
}
