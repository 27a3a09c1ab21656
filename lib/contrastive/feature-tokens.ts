/** Each feature becomes a token: who it is, plus what it holds. */
import * as tf from "@tensorflow/tfjs";
import { keepWhere } from "../engine/keep-where";
import { layerNorm } from "../engine/layer-norm";
import { linear } from "./linear";
import { constantShape, linearShape, type Weights, type WeightShapes } from "./weights";

/** token · dim identities; a perceptron of the value, 2 dim + (dim + 1) dim, and its norm, 2 dim. */
export const featureShapes = (tokens: number, dim: number): WeightShapes => ({
  identity: { shape: [tokens, dim], from: "normal" },
  kernel1: linearShape(1, dim),
  bias1: { shape: [dim], from: { inputs: 1 } },
  kernel2: linearShape(dim, dim),
  bias2: { shape: [dim], from: { inputs: dim } },
  gain: constantShape(dim, 1),
  shift: constantShape(dim, 0),
});

/** Values above it are cut off, as in the public code. */
const largest = 100;

/**
 * e + norm(W₂ relu(w₁ x + b₁) + b₂), e of a norm of 1 at most.
 *
 * What is missing is said by `validity`, so that any number may be a value: the public code marks it by -1, pads with
 * -10000 and gives the last feature of each modality an identity of zeros (trap M11); see `featureIdentitiesPublished`.
 *
 * @param x [batch, token, 1]
 * @param validity [batch, token]
 * @returns [batch, token, dim]
 */
export function featureTokens(x: tf.Tensor3D, validity: tf.Tensor2D, weights: Weights): tf.Tensor3D {
  const open = validity.expandDims(2);
  const value = tf.minimum(keepWhere(x, open), largest) as tf.Tensor3D;
  const hidden = linear(value, weights["kernel1"]!).add<tf.Tensor3D>(weights["bias1"]!).relu();
  const out = linear(hidden, weights["kernel2"]!).add<tf.Tensor3D>(weights["bias2"]!);
  const [gain, shift] = [weights["gain"], weights["shift"]] as tf.Tensor[] as [tf.Tensor1D, tf.Tensor1D];
  return keepWhere(layerNorm(out, gain, shift, 1e-5).add(identities(weights["identity"]!)), open);
}

/** [token, dim], those longer than 1 shortened to 1 (PyTorch's max_norm, of which the public code has 1.0). */
export function identities(table: tf.Tensor): tf.Tensor2D {
  const length = table.square().sum(1, true).sqrt();
  return table.div(tf.maximum(length, 1));
}

/** `padding_idx = -1` is Python's last row: the identity of the last feature is 0 for good. */
export function featureIdentitiesPublished(table: tf.Tensor): tf.Tensor2D {
  const [tokens] = table.shape as [number];
  const kept = tf.concat([tf.ones([tokens - 1, 1]), tf.zeros([1, 1])]);
  return identities(table).mul(kept);
}
