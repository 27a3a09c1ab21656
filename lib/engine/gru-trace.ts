/** What the parts of the GRU operation hand to each other. */
import type * as tf from "@tensorflow/tfjs";

export interface GruInputs {
  /** [batch, time, channel] */
  readonly x: tf.Tensor3D;
  /** [channel, 3 · hidden] */
  readonly kernel: tf.Tensor2D;
  /** [hidden, 3 · hidden] */
  readonly recurrentKernel: tf.Tensor2D;
  /** [2, 3 · hidden] */
  readonly bias: tf.Tensor2D;
  /** [batch, hidden] */
  readonly h: tf.Tensor2D;
}

/** What backward needs of forward: both gates z, r side by side, n, g = h Uₙ + bₙ, and h. */
export const traced = ["gates", "n", "g", "hs"] as const;

/** [time, batch, hidden] each, `gates` [time, batch, 2 · hidden]. */
export type GruTrace = Readonly<Record<(typeof traced)[number], tf.Tensor3D>>;
