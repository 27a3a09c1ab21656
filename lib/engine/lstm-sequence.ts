/** All steps of an LSTM as one differentiable operation. */
import * as tf from "@tensorflow/tfjs";
import { lstmGradient } from "./lstm-gradient";
import { nativeForward } from "./lstm-native";
import { plainForward } from "./lstm-plain";
import { type LstmInputs, type LstmState, traced } from "./lstm-trace";
import { nativeBackend } from "./native-backend";
import { type Ran, type RecurrentSequence, registerSequence, runSequence } from "./recurrent-sequence";

export interface LstmOutputs extends LstmState {
  /** [batch, time, hidden] */
  readonly outputs: tf.Tensor3D;
}

/**
 * i, f, o = σ(x W + h U + b), g = tanh(x W + h U + b), c' = f c + i g, h' = o tanh(c')
 * (Hochreiter & Schmidhuber 1997; forget gates: Gers et al. 2000), differentiable in all arguments.
 *
 * @param x [batch, time, channel]
 * @param kernel W [channel, 4 · hidden], gates in the order i, f, g, o, as in Keras and PyTorch
 * @param recurrentKernel U [hidden, 4 · hidden]
 * @param bias b [4 · hidden]; the sum of PyTorch's two
 * @param initial zeros where not given
 * @returns h of all steps, and the state after the last
 */
export function lstmSequence(
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrentKernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  initial?: LstmState,
): LstmOutputs {
  return tf.tidy(() => {
    const { outputs, h, c } = run({ x, kernel, recurrentKernel, bias }, initial, true);
    return { outputs: outputs!, h, c };
  });
}

/** The state after the last step, as `lstmSequence` has it; without the other outputs its gradient is cheaper. */
export function lstmLastState(
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrentKernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  initial?: LstmState,
): LstmState {
  return tf.tidy(() => {
    const { h, c } = run({ x, kernel, recurrentKernel, bias }, initial, false);
    return { h, c };
  });
}

const operation: RecurrentSequence<keyof LstmState, (typeof traced)[number]> = {
  kernelName: "LstmSequence",
  state: ["h", "c"],
  traced,
  outputs: "hs",
  last: { h: "hs", c: "cs" },
  forward(inputs) {
    const backend = nativeBackend();
    const given = inputs as unknown as LstmInputs;
    return backend ? nativeForward(backend, given) : plainForward(given);
  },
  gradient: (inputs, trace, given, fromZero) =>
    lstmGradient(inputs as unknown as Omit<LstmInputs, "bias">, trace, given, fromZero),
};

export const registerLstmSequence = (): void => registerSequence(operation);

function run(
  given: Omit<LstmInputs, keyof LstmState>,
  initial: LstmState | undefined,
  sequence: boolean,
): Ran<keyof LstmState> {
  const [channel, hidden] = [given.x.shape[2], given.recurrentKernel.shape[0]];
  const gates = 4 * hidden;
  const axes = { kernel: { channel, gates }, recurrentKernel: { hidden, gates }, bias: { gates } };
  return runSequence("lstmSequence", operation, { ...given }, initial, axes, sequence);
}
