/** Scaled dot-product attention over keys that may be absent. */
import * as tf from "@tensorflow/tfjs";
import { checkShape } from "../shapes";
import { maskedSoftmax, softmax } from "./masked-softmax";

export interface Attended {
  /** [batch, head, query, dim] */
  readonly outputs: tf.Tensor4D;
  /** [batch, head, query, key]; a row sums to 1, or is all 0 where no key is allowed. */
  readonly weights: tf.Tensor4D;
}

export interface AttendOptions {
  /** [batch | 1, head | 1, query | 1, key | 1], added to the scores. */
  readonly bias?: tf.Tensor4D;
  /** What the values are weighed with in place of the weights, such as the weights after dropout. */
  readonly drop?: (weights: tf.Tensor4D) => tf.Tensor4D;
}

/**
 * softmax(Q Kᵀ / √dim + bias) V over the allowed keys (Vaswani et al. 2017, eq. 1).
 *
 * @param queries [batch, head, query, dim]
 * @param keys [batch, head, key, dim]
 * @param values [batch, head, key, dim]; finite even where hidden, since 0 · NaN is NaN
 * @param allowed [batch | 1, head | 1, query | 1, key]; 1 where the query may look, or nothing where all may
 * @throws naming the argument and the axes that do not fit
 */
export function attend(
  queries: tf.Tensor4D,
  keys: tf.Tensor4D,
  values: tf.Tensor4D,
  allowed?: tf.Tensor4D,
  { bias, drop = (weights) => weights }: AttendOptions = {},
): Attended {
  const [batch, head, query, dim] = queries.shape;
  const key = keys.shape[2];
  const each = { batch: [1, batch], head: [1, head], query: [1, query], key };
  checkShape("attend: keys", keys, { batch, head, key: null, dim }, "project both to one dim");
  checkShape("attend: values", values, { batch, head, key, dim: null }, "give one value for each key");
  if (allowed) checkShape("attend: allowed", allowed, each, "keep four axes, of size 1 where all agree");
  if (bias)
    checkShape("attend: bias", bias, { ...each, key: [1, key] }, "keep four axes, of size 1 where all agree");

  return tf.tidy(() => {
    const scaled = queries.div(Math.sqrt(dim)); // fewer numbers than the scores
    const products = scaled.matMul(keys, false, true); // [batch, head, query, key]
    const scores = (bias ? products.add(bias) : products) as tf.Tensor4D;
    const weights = allowed ? maskedSoftmax(scores, allowed) : softmax(scores);
    const outputs = drop(weights).matMul(values) as tf.Tensor4D; // [batch, head, query, dim]
    return { outputs, weights };
  });
}
