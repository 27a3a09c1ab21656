/** All steps of a recurrent network as one kernel with a gradient of its own: what the LSTM's and the GRU's share. */
import * as tf from "@tensorflow/tfjs";
import { checkShape } from "../shapes";

/** `fromZero`: no initial state was given; `sequence`: the outputs of all steps are wanted. */
interface Attributes {
  readonly fromZero: boolean;
  readonly sequence: boolean;
}

/** What reaches the sequence from outside: of the outputs, a step each or none, and of the state at the end. */
export type OutputGradients<State extends string> = Readonly<Record<State, tf.Tensor2D>> & {
  /** [batch, hidden] each, as many as steps; empty where the outputs are not read */
  readonly outputs: readonly tf.Tensor2D[];
};

/** `State` names what is carried from step to step, `Traced` what backward needs of forward. */
export interface RecurrentSequence<State extends string, Traced extends string> {
  readonly kernelName: string;
  /** [batch, hidden] each: inputs of these names, and the first outputs. */
  readonly state: readonly State[];
  /** [time, batch, ...] each. */
  readonly traced: readonly Traced[];
  /** Of the traced series, which is h. */
  readonly outputs: Traced;
  /** Of the traced series, whose last step is which state. */
  readonly last: Readonly<Record<State, Traced>>;
  forward(inputs: tf.NamedTensorMap): Readonly<Record<Traced, tf.Tensor3D>>;
  /** Of every input, as tfjs asks for it: when it is wanted. */
  gradient(
    inputs: tf.NamedTensorMap,
    trace: Readonly<Record<Traced, tf.Tensor3D>>,
    given: OutputGradients<State>,
    fromZero: boolean,
  ): Readonly<Record<string, () => tf.Tensor>>;
}

/** The state after the last step, [batch, hidden] each, and with `sequence` the outputs of all, [batch, time, hidden]. */
export type Ran<State extends string> = Readonly<Record<State, tf.Tensor2D>> & {
  readonly outputs?: tf.Tensor3D;
};

const weights = ["x", "kernel", "recurrentKernel"] as const;

/**
 * Runs the registered kernel.
 *
 * @param inputs `x`, `kernel`, `recurrentKernel`, `bias`
 * @param initial [batch, hidden] each; zeros where not given
 * @param axes of each input that must fit
 */
export function runSequence<State extends string>(
  who: string,
  { kernelName, state, traced }: RecurrentSequence<State, string>,
  inputs: tf.NamedTensorMap,
  initial: Readonly<Record<State, tf.Tensor2D>> | undefined,
  axes: Readonly<Record<string, Readonly<Record<string, number>>>>,
  sequence: boolean,
): Ran<State> {
  const batch = inputs["x"]!.shape[0]!;
  const hidden = inputs["recurrentKernel"]!.shape[0]!;
  const states = state.map((name) => [name, initial?.[name] ?? tf.zeros([batch, hidden])] as const);
  const all: tf.NamedTensorMap = { ...inputs, ...Object.fromEntries(states) };
  const ofState = Object.fromEntries(state.map((name) => [name, { batch, hidden }]));
  for (const [name, wanted] of Object.entries({ ...axes, ...ofState }))
    checkShape(`${who}: ${name}`, all[name]!, wanted, "weights and state must fit x and each other");
  const attributes: Attributes = { fromZero: !initial, sequence };
  const made = tf.engine().runKernel(kernelName, all, { ...attributes }) as tf.Tensor[];
  const last = Object.fromEntries(state.map((name, i) => [name, made[i]!]));
  const outputs = sequence ? { outputs: made[state.length + traced.length]! } : {};
  return { ...last, ...outputs } as unknown as Ran<State>;
}

/** Makes the operation known to the running backend, and its gradient to tfjs. */
export function registerSequence<State extends string, Traced extends string>(
  operation: RecurrentSequence<State, Traced>,
): void {
  const { kernelName, state, traced, forward, gradient } = operation;
  tf.registerKernel({
    kernelName,
    backendName: tf.getBackend(),
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() => {
        const trace = forward(inputs as unknown as tf.NamedTensorMap);
        const outputs = [
          ...state.map((name) => lastStep(trace[operation.last[name]])),
          ...traced.map((name) => trace[name]),
        ];
        const { sequence } = attrs as unknown as Attributes;
        return sequence ? [...outputs, trace[operation.outputs].transpose([1, 0, 2])] : outputs;
      }),
  });
  tf.registerGradient({
    kernelName,
    inputsToSave: [...weights, ...state],
    outputsToSave: [...state.map(() => false), ...traced.map(() => true), false],
    gradFunc(dys, saved, attrs) {
      const named = <Name extends string>(names: readonly Name[], tensors: readonly tf.Tensor[]) =>
        Object.fromEntries(names.map((name, i) => [name, tensors[i]!])) as Record<Name, tf.Tensor>;
      const inputs = named([...weights, ...state], saved);
      const trace = named(traced, saved.slice(weights.length + state.length));
      const { fromZero, sequence } = attrs as unknown as Attributes;
      const given = dys as tf.Tensor[];
      const outputs = sequence ? tf.unstack(given.at(-1)!.transpose([1, 0, 2])) : [];
      const arrived = { ...named(state, given), outputs } as unknown as OutputGradients<State>;
      return gradient(inputs, trace as Record<Traced, tf.Tensor3D>, arrived, fromZero);
    },
  });
}

const lastStep = (series: tf.Tensor3D): tf.Tensor2D =>
  series.slice([series.shape[0] - 1, 0, 0], [1, -1, -1]).squeeze([0]);
