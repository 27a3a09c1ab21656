/** Back through tanh and the sigmoid, given what they answered: one pass each on the native engines. */
import * as tf from "@tensorflow/tfjs";
import { nativeBackend } from "./native-backend";
import { dataTypes } from "./saved-model";

/** dy (1 - y²) for y = tanh(x) */
export const tanhBack = (y: tf.Tensor, dy: tf.Tensor): tf.Tensor =>
  native("TanhGrad", y, dy) ?? tf.tidy(() => dy.mul(tf.sub(1, y.square())));

/** dy y (1 - y) for y = σ(x) */
export const sigmoidBack = (y: tf.Tensor, dy: tf.Tensor): tf.Tensor =>
  native("SigmoidGrad", y, dy) ?? tf.tidy(() => dy.mul(y).mul(tf.sub(1, y)));

const native = (op: string, y: tf.Tensor, dy: tf.Tensor): tf.Tensor | undefined =>
  nativeBackend()?.executeSingleOutput(op, [{ name: "T", type: 4, value: dataTypes.float32 }], [y, dy]);
