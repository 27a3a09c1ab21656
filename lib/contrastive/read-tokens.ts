/** Ways for tokens to read tokens: heads go in, heads come out. */
import type * as tf from "@tensorflow/tfjs";

export interface Heads {
  /** [batch, head, token, dim], each. */
  readonly queries: tf.Tensor4D;
  readonly keys: tf.Tensor4D;
  readonly values: tf.Tensor4D;
}

/** @returns [batch, head, token, dim]: what each token has read */
export type Read = (heads: Heads) => tf.Tensor4D;

/**
 * Called with what every layer of one pass has in common.
 *
 * @param validity [batch, token]; 1 where there is something to be read
 */
export type Reader = (validity: tf.Tensor2D) => Read;
