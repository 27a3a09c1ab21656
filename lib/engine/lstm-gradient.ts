/** Backward through all steps of an LSTM: the recurrence step by step, everything else in one product each. */
import * as tf from "@tensorflow/tfjs";
import { nativeBackward } from "./lstm-native";
import { plainBackward } from "./lstm-plain";
import type { LstmInputs, LstmState, LstmTrace } from "./lstm-trace";
import type { OutputGradients } from "./recurrent-sequence";
import { nativeBackend } from "./native-backend";
import { transposed } from "./transposed";

/** @param fromZero whether the initial state is all 0, and so adds nothing to U's gradient */
export function lstmGradient(
  inputs: Omit<LstmInputs, "bias">,
  trace: LstmTrace,
  given: OutputGradients<keyof LstmState>,
  fromZero: boolean,
): Record<keyof LstmInputs, () => tf.Tensor> {
  const { x, kernel, recurrentKernel } = inputs;
  const [batch, time, channels] = x.shape;
  const hidden = recurrentKernel.shape[0];
  const rows = time * batch;
  const back = (weights: tf.Tensor2D): tf.Tensor2D => swapMiddle(transposed(weights), 0); // rows as the gates are
  const steps = tf.tidy(() => {
    const backend = nativeBackend();
    const { gates, h, c } = backend
      ? nativeBackward(backend, inputs, trace, back(recurrentKernel), given)
      : plainBackward(inputs, trace, back(recurrentKernel), given);
    return { h, c, gates: gates.reshape([rows, 4 * hidden]) as tf.Tensor2D };
  });
  const ofWeights = (read: tf.Tensor2D, gates = steps.gates): tf.Tensor2D =>
    swapMiddle(read.matMul(gates, true) as tf.Tensor2D, 1);
  return {
    x: () => {
      const dx = steps.gates.matMul(back(kernel)); // [time · batch, channel]
      return dx.reshape([time, batch, channels]).transpose([1, 0, 2]);
    },
    kernel: () => ofWeights(x.transpose([1, 0, 2]).reshape([rows, channels]) as tf.Tensor2D),
    recurrentKernel: () => {
      const hs = trace.hs.reshape([rows, hidden]) as tf.Tensor2D;
      const before = hs.slice([0, 0], [rows - batch, -1]); // each step read the one before it
      const later = ofWeights(before, steps.gates.slice([batch, 0], [rows - batch, -1]));
      return fromZero ? later : later.add(ofWeights(inputs.h, steps.gates.slice([0, 0], [batch, -1])));
    },
    // a product with ones: TensorFlow's sum over a leading axis takes up to 2 (AVX2) or 10 (AVX-512) times as long
    bias: () => ofWeights(tf.ones([rows, 1])).reshape([4 * hidden]),
    h: () => steps.h,
    c: () => steps.c,
  };
}

/** From i, g, f, o to i, f, g, o along an axis, and back. */
function swapMiddle(x: tf.Tensor2D, axis: 0 | 1): tf.Tensor2D {
  const [i, g, f, o] = tf.split(x, 4, axis);
  return tf.concat([i!, f!, g!, o!] as tf.Tensor2D[], axis);
}
