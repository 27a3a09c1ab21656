/** Who may look at whom where some keys were not measured. */
import * as tf from "@tensorflow/tfjs";

/**
 * Every query may look at the valid keys.
 *
 *     validity of keys  1  0  1
 *     any query         1  0  1
 *
 * @param validity [batch, key]
 * @returns [batch, 1, 1, key]; times another mask, both hold
 */
export const validityMask = (validity: tf.Tensor2D): tf.Tensor4D =>
  tf.tidy(() => validity.expandDims(1).expandDims(1));
