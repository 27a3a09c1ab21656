/** What the parts of the LSTM operation hand to each other. */
import type * as tf from "@tensorflow/tfjs";

/** [batch, hidden] each. */
export interface LstmState {
  readonly h: tf.Tensor2D;
  readonly c: tf.Tensor2D;
}

export interface LstmInputs extends LstmState {
  /** [batch, time, channel] */
  readonly x: tf.Tensor3D;
  /** [channel, 4 · hidden] */
  readonly kernel: tf.Tensor2D;
  /** [hidden, 4 · hidden] */
  readonly recurrentKernel: tf.Tensor2D;
  /** [4 · hidden] */
  readonly bias: tf.Tensor1D;
}

/** What backward needs of forward: the gates i, f, o and g (`ci`), the cell c (`cs`), tanh(c) (`co`), h (`hs`). */
export const traced = ["i", "cs", "f", "o", "ci", "co", "hs"] as const;

/** [time, batch, hidden] each. */
export type LstmTrace = Readonly<Record<(typeof traced)[number], tf.Tensor3D>>;

/** Gradients of the initial state, and of the gates before their activations. */
export interface StepGradients extends LstmState {
  /** [time, batch, 4 · hidden], in the order i, g, f, o */
  readonly gates: tf.Tensor3D;
}
