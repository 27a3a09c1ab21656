/** A product over the last axis, and the norm without a bias: what every part of the trunk is made of. */
import * as tf from "@tensorflow/tfjs";
import { layerNorm } from "../engine/layer-norm";

/** x W: [..., inputs] → [..., outputs] */
export function linear<T extends tf.Tensor>(x: T, weight: tf.Tensor): T {
  const rows = x.reshape<tf.Tensor2D>([-1, x.shape.at(-1)!]);
  return rows.matMul(weight as tf.Tensor2D).reshape([...x.shape.slice(0, -1), weight.shape[1]!]) as T;
}

/** γ (x - μ) / √(σ² + 1e-5): a row of zeros stays one, so that an absent token stays absent. */
export function scaleNorm<T extends tf.Tensor>(x: T, gain: tf.Tensor): T {
  return layerNorm(x, gain as tf.Tensor1D, tf.zeros([gain.shape[0]!]) as tf.Tensor1D, 1e-5);
}
