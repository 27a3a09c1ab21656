/** A row of features seen as a whole by a few dense layers. */
import * as tf from "@tensorflow/tfjs";
import { KeyedDropout } from "../engine/keyed-dropout";
import { chain } from "./chain";
import { dense } from "./dense";
import { AnyToken } from "./one-token";
import { openFeatures } from "./open-features";
import type { VectorEncoderFactory } from "./vector-encoder";
import { singleToken } from "./whole-windows";

export interface MlpOptions {
  /** Width of each hidden layer. */
  readonly hidden: number;
  /** Number of hidden layers. */
  readonly layers: number;
  readonly dropout?: number;
}

/**
 * [features, 0 where missing; validity] → [Linear, ReLU, dropout] × layers → Linear. The flags tell a missing feature
 * from one that is 0. One token; invalid where no feature is valid.
 *
 * Parameters: (2 feature + 1) hidden + (layers - 1) (hidden + 1) hidden + (hidden + 1) dim.
 *
 *     [batch, feature] → [batch, 1, dim] → [batch, dim]
 */
export const mlpEncoder =
  ({ hidden, layers, dropout = 0 }: MlpOptions): VectorEncoderFactory =>
  ({ modality, dim, seed }) =>
  (values, validity) => {
    const open = openFeatures(modality, values, validity);
    const row = chain(open.values, tf.layers.flatten({ name: `${modality}_row` }));
    const both = tf.layers.concatenate({ name: `${modality}_row_and_flags` }).apply([row, open.validity]);
    let x = both as tf.SymbolicTensor;
    for (let n = 1; n <= layers; n++)
      x = chain(
        x,
        dense({ name: `${modality}_hidden${n}`, units: hidden, seed, activation: "relu" }),
        new KeyedDropout({ name: `${modality}_hidden${n}_dropout`, rate: dropout }),
      );
    const any = new AnyToken({ name: `${modality}_any_feature` }).apply(open.validity) as tf.SymbolicTensor;
    return singleToken(modality, chain(x, dense({ name: `${modality}_encoded`, units: dim, seed })), any);
  };
