/** The last layers of a fusion: from what has been fused to logits. */
import type * as tf from "@tensorflow/tfjs";
import { chain } from "../encoders/chain";
import { dense } from "../encoders/dense";
import { KeyedDropout } from "../engine/keyed-dropout";

export interface ClassifierOptions {
  readonly classes: number;
  /** Width of the hidden layer. */
  readonly hidden: number;
  readonly dropout: number;
  readonly seed: number;
}

/**
 * dense, ReLU, dropout → dense: [batch, feature] → [batch, class].
 *
 * @param prefix begins the layers' names, where a model has several classifiers
 */
export const classify = (
  { classes, hidden, dropout, seed }: ClassifierOptions,
  fused: tf.SymbolicTensor,
  prefix = "",
): tf.SymbolicTensor =>
  chain(
    fused,
    dense({ name: `${prefix}hidden`, units: hidden, seed, activation: "relu" }),
    new KeyedDropout({ name: `${prefix}hidden_dropout`, rate: dropout }),
    dense({ name: `${prefix}logits`, units: classes, seed }),
  );
