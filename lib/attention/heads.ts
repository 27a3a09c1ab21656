/** Heads: several small attentions side by side, each with its share of the features. */
import type * as tf from "@tensorflow/tfjs";

/** [batch, token, head * dim] → [batch, head, token, dim]; head h takes features h * dim to (h + 1) * dim - 1. */
export function splitHeads(x: tf.Tensor3D, heads: number): tf.Tensor4D {
  const [batch, token, features] = x.shape;
  return x.reshape([batch, token, heads, features / heads]).transpose<tf.Tensor4D>([0, 2, 1, 3]);
}

/** [batch, head, token, dim] → [batch, token, head * dim] */
export function mergeHeads(x: tf.Tensor4D): tf.Tensor3D {
  const [batch, head, token, dim] = x.shape;
  return x.transpose([0, 2, 1, 3]).reshape([batch, token, head * dim]);
}
