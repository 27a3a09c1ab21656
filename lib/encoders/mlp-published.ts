/** The published MLP: batch norm in each hidden layer, and no way to say that a feature is missing. */
import * as tf from "@tensorflow/tfjs";
import { KeyedDropout } from "../engine/keyed-dropout";
import { chain } from "./chain";
import { dense } from "./dense";
import type { MlpOptions } from "./mlp";
import { asSteps } from "./open-features";
import type { VectorEncoderFactory } from "./vector-encoder";
import { singleToken, wholeWindows } from "./whole-windows";

/**
 * Published `SimpleMLPEncoder`: [Linear, batch norm, ReLU, dropout] × layers, Linear; hidden 256, 2 layers and dropout
 * 0.1 in the published configuration. A NaN in the published features spreads over all; here a row with a gap is zeros.
 *
 * Parameters: (feature + 1) hidden + (layers - 1) (hidden + 1) hidden + (hidden + 1) dim, and for each layer's norm
 * 2 hidden that are trained and 2 hidden statistics, which PyTorch does not count.
 *
 *     [batch, feature] → [batch, 1, dim] → [batch, dim]
 */
export const mlpPublished =
  ({ hidden, layers, dropout = 0 }: MlpOptions): VectorEncoderFactory =>
  ({ modality, dim, seed }) =>
  (values, validity) => {
    const { values: open, whole } = wholeWindows(modality, asSteps(modality, values), validity);
    let x = chain(open, tf.layers.flatten({ name: `${modality}_row` }));
    for (let n = 1; n <= layers; n++) {
      const name = `${modality}_hidden${n}`;
      x = chain(
        x,
        dense({ name, units: hidden, seed }),
        tf.layers.batchNormalization({ name: `${name}_norm`, epsilon: 1e-5, momentum: 0.9 }),
        tf.layers.reLU({ name: `${name}_relu` }),
        new KeyedDropout({ name: `${name}_dropout`, rate: dropout }),
      );
    }
    return singleToken(modality, chain(x, dense({ name: `${modality}_encoded`, units: dim, seed })), whole);
  };
