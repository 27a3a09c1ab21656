/** A window seen by small learned filters, each layer half as often: strided 1-D convolution, normalisation, rectification. */
import * as tf from "@tensorflow/tfjs";
import { seedFor } from "../random";
import type { EncoderFactory } from "./encoder";
import { KeepValid } from "./keep-valid";
import { MaskedMean } from "./masked-mean";
import { openSteps } from "./open-steps";
import { pooledValidity } from "./pooled-validity";
import type { Convolution } from "./receptive-field";

const blocks = 3;
const kernelSize = 5;
const stride = 2; // half the work of pooling after a full-rate convolution

/** What `receptiveField` and `stepsSeen` ask for. */
export const convConvolutions: readonly Convolution[] = Array.from(
  { length: blocks },
  () => ({ kernelSize, stride, padding: "same" }) as const,
);

/**
 * [conv 5 with stride 2, batch norm, ReLU] × 3; a token for eight steps; pooled: the mean over valid tokens.
 *
 *     [batch, time, channel] → [batch, time / 8, dim] → [batch, dim]
 *
 * A token sees 29 steps. Closed steps are zeros at the door and nothing after it: what a token of closed steps saw of
 * its neighbours' steps passes from layer to layer, and is kept out of the answer.
 */
export const convEncoder: EncoderFactory =
  ({ modality, time, dim, seed }) =>
  (values, validity) => {
    if (time < stride ** blocks)
      throw new Error(
        `convEncoder: ${modality}: expected ${stride ** blocks} steps or more, got ${time}; cut longer windows`,
      );
    const open = openSteps(modality, values, validity);
    let x = open.values;
    for (let block = 1; block <= blocks; block++) {
      const name = `${modality}_conv${block}`;
      const layers = [
        tf.layers.conv1d({
          name,
          filters: dim,
          kernelSize,
          strides: stride,
          padding: "same",
          useBias: false,
          kernelInitializer: tf.initializers.heNormal({ seed: seedFor(seed, name) }),
        }),
        tf.layers.batchNormalization({ name: `${name}_norm`, epsilon: 1e-5, momentum: 0.9 }),
        tf.layers.reLU({ name: `${name}_relu` }),
      ];
      for (const layer of layers) x = layer.apply(x) as tf.SymbolicTensor;
    }
    const valid = pooledValidity(modality, open.validity, stride, blocks);
    const keep = new KeepValid({ name: `${modality}_keep_tokens` });
    const mean = new MaskedMean({ name: `${modality}_mean` });
    return {
      tokens: keep.apply([x, valid]) as tf.SymbolicTensor,
      validity: valid,
      pooled: mean.apply([x, valid]) as tf.SymbolicTensor,
    };
  };
