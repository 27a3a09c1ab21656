/** All steps of an LSTM as one differentiable operation. */
import * as tf from "@tensorflow/tfjs";
import { checkShape } from "../shapes";
import { lstmGradient } from "./lstm-gradient";
import { nativeForward } from "./lstm-native";
import { plainForward } from "./lstm-plain";
import { type LstmInputs, type LstmState, type LstmTrace, traced } from "./lstm-trace";
import { nativeBackend } from "./native-backend";

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
    const [h, c, ...rest] = run({ x, kernel, recurrentKernel, bias }, initial, true);
    return { outputs: rest.at(-1) as tf.Tensor3D, h, c };
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
    const [h, c] = run({ x, kernel, recurrentKernel, bias }, initial, false);
    return { h, c };
  });
}

/** `fromZero`: no initial state was given; `sequence`: the outputs of all steps are wanted. */
type Attributes = { readonly fromZero: boolean; readonly sequence: boolean };

const kernelName = "LstmSequence";

function run(
  given: Omit<LstmInputs, keyof LstmState>,
  initial: LstmState | undefined,
  sequence: boolean,
): [h: tf.Tensor2D, c: tf.Tensor2D, ...rest: tf.Tensor[]] {
  const [batch, channels] = [given.x.shape[0], given.x.shape[2]];
  const hidden = given.recurrentKernel.shape[0];
  const zeros = (): tf.Tensor2D => tf.zeros([batch, hidden]);
  const inputs = { ...given, h: initial?.h ?? zeros(), c: initial?.c ?? zeros() };
  const gates = 4 * hidden;
  const axes = {
    kernel: { channel: channels, gates },
    recurrentKernel: { hidden, gates },
    bias: { gates },
    h: { batch, hidden },
    c: { batch, hidden },
  } as const;
  for (const name of Object.keys(axes) as (keyof typeof axes)[])
    checkShape(
      `lstmSequence: ${name}`,
      inputs[name],
      axes[name],
      "weights and state must fit x and each other",
    );
  const attributes: Attributes = { fromZero: !initial, sequence };
  return tf.engine().runKernel(kernelName, inputs, attributes) as ReturnType<typeof run>;
}

/** Makes the operation known to the running backend, and its gradient to tfjs. */
export function registerLstmSequence(): void {
  tf.registerKernel({
    kernelName,
    backendName: tf.getBackend(),
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() => forward(inputs as unknown as LstmInputs, attrs as unknown as Attributes)),
  });
  tf.registerGradient({
    kernelName,
    inputsToSave: ["x", "kernel", "recurrentKernel", "h", "c"],
    outputsToSave: [false, false, ...traced.map(() => true), false],
    gradFunc(dys, saved, attrs) {
      const [x, kernel, recurrentKernel, h, c, ...series] = saved;
      const inputs = { x, kernel, recurrentKernel, h, c } as Omit<LstmInputs, "bias">;
      const trace = Object.fromEntries(traced.map((name, i) => [name, series[i]!])) as unknown as LstmTrace;
      const { fromZero, sequence } = attrs as unknown as Attributes;
      const [dh, dc, ...rest] = dys as [tf.Tensor2D, tf.Tensor2D, ...tf.Tensor[]];
      const outputs = sequence ? (tf.unstack(rest.at(-1)!.transpose([1, 0, 2])) as tf.Tensor2D[]) : [];
      return lstmGradient(inputs, trace, { h: dh, c: dc, outputs }, fromZero);
    },
  });
}

/** [h, c, the trace, and the outputs where they are wanted] */
function forward(inputs: LstmInputs, { sequence }: Attributes): tf.Tensor[] {
  const backend = nativeBackend();
  const trace = backend ? nativeForward(backend, inputs) : plainForward(inputs);
  const last = (series: tf.Tensor3D): tf.Tensor =>
    series.slice([series.shape[0] - 1, 0, 0], [1, -1, -1]).squeeze([0]);
  const outputs = [last(trace.hs), last(trace.cs), ...traced.map((name) => trace[name])];
  return sequence ? [...outputs, trace.hs.transpose([1, 0, 2])] : outputs;
}
