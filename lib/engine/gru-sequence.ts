/** All steps of a GRU as one differentiable operation. */
import * as tf from "@tensorflow/tfjs";
import { gruForward, gruGradient } from "./gru-steps";
import { type GruInputs, traced } from "./gru-trace";
import { type Ran, type RecurrentSequence, registerSequence, runSequence } from "./recurrent-sequence";

export interface GruOutputs {
  /** [batch, time, hidden] */
  readonly outputs: tf.Tensor3D;
  /** [batch, hidden] */
  readonly h: tf.Tensor2D;
}

/**
 * z, r = σ(x W + b + h U + b'), n = tanh(x W + b + r (h U + b')), h' = (1 - z) n + z h: the gated recurrent unit
 * (Cho et al. 2014) with its reset gate after the recurrent product, as PyTorch, cuDNN and Keras's `reset_after` have
 * it. Differentiable in all arguments.
 *
 * @param x [batch, time, channel]
 * @param kernel W [channel, 3 · hidden], blocks in Keras's order z, r, n; PyTorch's is r, z, n
 * @param recurrentKernel U [hidden, 3 · hidden]
 * @param bias [2, 3 · hidden]: b of the input, b' of the recurrence; those of n cannot be summed
 * @param initial [batch, hidden]; zeros where not given
 * @returns h of all steps, and after the last
 */
export function gruSequence(
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrentKernel: tf.Tensor2D,
  bias: tf.Tensor2D,
  initial?: tf.Tensor2D,
): GruOutputs {
  return tf.tidy(() => {
    const { outputs, h } = run({ x, kernel, recurrentKernel, bias }, initial, true);
    return { outputs: outputs!, h };
  });
}

/** h after the last step, as `gruSequence` has it; without the other outputs its gradient is cheaper. */
export function gruLastState(
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrentKernel: tf.Tensor2D,
  bias: tf.Tensor2D,
  initial?: tf.Tensor2D,
): tf.Tensor2D {
  return tf.tidy(() => run({ x, kernel, recurrentKernel, bias }, initial, false).h);
}

const operation: RecurrentSequence<"h", (typeof traced)[number]> = {
  kernelName: "GruSequence",
  state: ["h"],
  traced,
  outputs: "hs",
  last: { h: "hs" },
  forward: (inputs) => gruForward(inputs as unknown as GruInputs),
  gradient: (inputs, trace, given, fromZero) =>
    gruGradient(inputs as unknown as Omit<GruInputs, "bias">, trace, given, fromZero),
};

export const registerGruSequence = (): void => registerSequence(operation);

function run(given: Omit<GruInputs, "h">, initial: tf.Tensor2D | undefined, sequence: boolean): Ran<"h"> {
  const [channel, hidden] = [given.x.shape[2], given.recurrentKernel.shape[0]];
  const gates = 3 * hidden;
  const axes = { kernel: { channel, gates }, recurrentKernel: { hidden, gates }, bias: { source: 2, gates } };
  return runSequence("gruSequence", operation, { ...given }, initial && { h: initial }, axes, sequence);
}
