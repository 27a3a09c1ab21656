/** Rows of length 1. */
import * as tf from "@tensorflow/tfjs";

/** x / max(‖x‖, 1e-12) over the last axis; a row of zeros stays one and has no gradient of infinity. */
export const normaliseRows = <T extends tf.Tensor>(x: T): T =>
  x.mul(tf.maximum(x.square().sum(-1, true), 1e-24).rsqrt());
