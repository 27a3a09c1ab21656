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
 * dense, ReLU, dropout: [batch, feature] → [batch, hidden].
 *
 * @param prefix begins the layers' names, where a model has several classifiers
 */
export const hiddenLayer = (
  { hidden, dropout, seed }: Omit<ClassifierOptions, "classes">,
  fused: tf.SymbolicTensor,
  prefix = "",
): tf.SymbolicTensor =>
  chain(
    fused,
    dense({ name: `${prefix}hidden`, units: hidden, seed, activation: "relu" }),
    new KeyedDropout({ name: `${prefix}hidden_dropout`, rate: dropout }),
  );

/** The hidden layer, then one number for each class: [batch, feature] → [batch, class]. */
export const classify = (
  options: ClassifierOptions,
  fused: tf.SymbolicTensor,
  prefix = "",
): tf.SymbolicTensor =>
  chain(
    hiddenLayer(options, fused, prefix),
    dense({ name: `${prefix}logits`, units: options.classes, seed: options.seed }),
  );
