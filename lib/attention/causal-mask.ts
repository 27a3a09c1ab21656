/** Who may look at whom where time runs forward: at now and before. */
import * as tf from "@tensorflow/tfjs";

/**
 *     query \ key  0  1  2
 *               0  1  0  0
 *               1  1  1  0
 *               2  1  1  1
 *
 * @param tokens in the order of time, the same for queries and keys
 * @returns [1, 1, query, key]; times another mask, both hold
 */
export function causalMask(tokens: number): tf.Tensor4D {
  return tf.tidy(() => {
    const order = tf.range(0, tokens);
    const past = tf.lessEqual(order.expandDims(0), order.expandDims(1)); // [query, key]
    return past.cast("float32").reshape([1, 1, tokens, tokens]);
  });
}
