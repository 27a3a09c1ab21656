/** Blocks of features become tokens: each block has its own projection, since its features have their own meaning. */
import type * as tf from "@tensorflow/tfjs";
import { keepWhere } from "../engine/keep-where";
import { layerNorm } from "../engine/layer-norm";
import { constantShape, type Weights, type WeightShapes } from "./weights";

/** token · (width + 1) · dim + 2 dim. */
export const blockShapes = (tokens: number, width: number, dim: number): WeightShapes => ({
  kernel: { shape: [tokens, width, dim], from: { inputs: width } },
  identity: { shape: [tokens, dim], from: { inputs: 1 } },
  gain: constantShape(dim, 1),
  shift: constantShape(dim, 0),
});

/**
 * norm(xₜ Wₜ + eₜ) for block t, whose identity e stands for a place; features within a block that were not measured are 0,
 * the mean of training.
 *
 * @param x [batch, token, width]
 * @param validity [batch, token]; 1 where any feature of the block was measured
 * @returns [batch, token, dim]
 */
export function blockTokens(x: tf.Tensor3D, validity: tf.Tensor2D, weights: Weights): tf.Tensor3D {
  const open = validity.expandDims(2);
  const each = keepWhere(x, open).transpose<tf.Tensor3D>([1, 0, 2]); // [token, batch, width]
  const projected = each
    .matMul<tf.Tensor3D>(weights["kernel"] as tf.Tensor as tf.Tensor3D)
    .transpose([1, 0, 2]);
  const told = projected.add<tf.Tensor3D>(weights["identity"]!);
  const [gain, shift] = [weights["gain"], weights["shift"]] as tf.Tensor[] as [tf.Tensor1D, tf.Tensor1D];
  return keepWhere(layerNorm(told, gain, shift, 1e-5), open);
}
