/** Steps of a sequence, or patches of a window, become tokens. */
import type * as tf from "@tensorflow/tfjs";
import { keepWhere } from "../engine/keep-where";
import { layerNorm } from "../engine/layer-norm";
import { sinusoid } from "../encoders/positions";
import { linear } from "./linear";
import { constantShape, linearShape, type Weights, type WeightShapes } from "./weights";

/** 2 width + (width + 1) dim + 2 dim. */
export const sequenceShapes = (width: number, dim: number): WeightShapes => ({
  gain1: constantShape(width, 1),
  shift1: constantShape(width, 0),
  kernel: linearShape(width, dim),
  bias: { shape: [dim], from: { inputs: width } },
  gain2: constantShape(dim, 1),
  shift2: constantShape(dim, 0),
});

/**
 * norm₂(norm₁(x) W + b) + p, p the sinusoid of the token's place; a token that is not valid is 0, whatever x holds there.
 *
 * @param x [batch, token, width]
 * @param validity [batch, token]
 * @param positions whether p is added; a method whose original has none leaves it out
 * @returns [batch, token, dim]
 */
export function sequenceTokens(
  x: tf.Tensor3D,
  validity: tf.Tensor2D,
  weights: Weights,
  positions = true,
): tf.Tensor3D {
  const open = validity.expandDims(2);
  const w = (name: string) => weights[name] as tf.Tensor as tf.Tensor1D;
  const normal = layerNorm(keepWhere(x, open), w("gain1"), w("shift1"), 1e-5);
  const tokens = layerNorm(
    linear(normal, weights["kernel"]!).add<tf.Tensor3D>(w("bias")),
    w("gain2"),
    w("shift2"),
    1e-5,
  );
  const [, token, dim] = tokens.shape;
  return keepWhere(positions ? tokens.add<tf.Tensor3D>(sinusoid(token, dim)) : tokens, open);
}
