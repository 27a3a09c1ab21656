/** All steps of a GRU as one differentiable operation. */
import * as tf from "@tensorflow/tfjs";
import { checkShape } from "../shapes";
import { gruForward, gruGradient } from "./gru-steps";
import { type GruInputs, type GruTrace, traced } from "./gru-trace";

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
    const [h, ...rest] = run({ x, kernel, recurrentKernel, bias }, initial, true);
    return { outputs: rest.at(-1) as tf.Tensor3D, h };
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
  return tf.tidy(() => run({ x, kernel, recurrentKernel, bias }, initial, false)[0]);
}

/** `fromZero`: no initial state was given; `sequence`: the outputs of all steps are wanted. */
type Attributes = { readonly fromZero: boolean; readonly sequence: boolean };

const kernelName = "GruSequence";

function run(
  given: Omit<GruInputs, "h">,
  initial: tf.Tensor2D | undefined,
  sequence: boolean,
): [h: tf.Tensor2D, ...rest: tf.Tensor[]] {
  const [batch, channel] = [given.x.shape[0], given.x.shape[2]];
  const hidden = given.recurrentKernel.shape[0];
  const inputs = { ...given, h: initial ?? tf.zeros<tf.Rank.R2>([batch, hidden]) };
  const gates = 3 * hidden;
  const axes = {
    kernel: { channel, gates },
    recurrentKernel: { hidden, gates },
    bias: { source: 2, gates },
    h: { batch, hidden },
  } as const;
  for (const name of Object.keys(axes) as (keyof typeof axes)[])
    checkShape(
      `gruSequence: ${name}`,
      inputs[name],
      axes[name],
      "weights and state must fit x and each other",
    );
  const attributes: Attributes = { fromZero: !initial, sequence };
  return tf.engine().runKernel(kernelName, inputs, attributes) as ReturnType<typeof run>;
}

/** Makes the operation known to the running backend, and its gradient to tfjs. */
export function registerGruSequence(): void {
  tf.registerKernel({
    kernelName,
    backendName: tf.getBackend(),
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() => {
        const trace = gruForward(inputs as unknown as GruInputs);
        const { sequence } = attrs as unknown as Attributes;
        const last = trace.hs.slice([trace.hs.shape[0] - 1, 0, 0], [1, -1, -1]).squeeze([0]);
        const outputs = [last, ...traced.map((name) => trace[name])];
        return sequence ? [...outputs, trace.hs.transpose([1, 0, 2])] : outputs;
      }),
  });
  tf.registerGradient({
    kernelName,
    inputsToSave: ["x", "kernel", "recurrentKernel", "h"],
    outputsToSave: [false, ...traced.map(() => true), false],
    gradFunc(dys, saved, attrs) {
      const [x, kernel, recurrentKernel, h, ...series] = saved;
      const inputs = { x, kernel, recurrentKernel, h } as Omit<GruInputs, "bias">;
      const trace = Object.fromEntries(traced.map((name, i) => [name, series[i]!])) as unknown as GruTrace;
      const { fromZero, sequence } = attrs as unknown as Attributes;
      const [dh, ...rest] = dys as [tf.Tensor2D, ...tf.Tensor[]];
      const outputs = sequence ? (tf.unstack(rest.at(-1)!.transpose([1, 0, 2])) as tf.Tensor2D[]) : [];
      return gruGradient(inputs, trace, { h: dh, outputs }, fromZero);
    },
  });
}
