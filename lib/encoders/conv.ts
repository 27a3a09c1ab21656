/** A window seen by small learned filters, each layer half as often: strided 1-D convolution, normalisation, rectification. */
import * as tf from "@tensorflow/tfjs";
import { seedFor } from "../random";
import type { EncoderFactory } from "./encoder";
import { KeepValid } from "./keep-valid";
import { MaskedMean } from "./masked-mean";

const blocks = 3;
const kernelSize = 5;
const stride = 2; // half the work of pooling after a full-rate convolution

/**
 * [conv 5 with stride 2, batch norm, ReLU] × 3, then the mean over tokens that hold a measured sample.
 *
 *     [batch, time, channel] → [batch, time / 8, dim] → [batch, dim]
 */
export const convEncoder: EncoderFactory =
  ({ modality, time, dim, seed }) =>
  (values, validity) => {
    if (time < stride ** blocks)
      throw new Error(
        `convEncoder: ${modality}: expected ${stride ** blocks} steps or more, got ${time}; cut longer windows`,
      );
    let x = new KeepValid({ name: `${modality}_keep_valid` }).apply([values, validity]) as tf.SymbolicTensor;
    let valid = tf.layers
      .reshape({ targetShape: [time, 1], name: `${modality}_validity_axis` })
      .apply(validity) as tf.SymbolicTensor;
    for (let block = 1; block <= blocks; block++) {
      const name = `${modality}_conv${block}`;
      const kernelInitializer = tf.initializers.heNormal({ seed: seedFor(seed, name) });
      const layers = [
        tf.layers.conv1d({
          name,
          filters: dim,
          kernelSize,
          strides: stride,
          padding: "same",
          useBias: false,
          kernelInitializer,
        }),
        tf.layers.batchNormalization({ name: `${name}_norm`, epsilon: 1e-5, momentum: 0.9 }),
        tf.layers.reLU({ name: `${name}_relu` }),
      ];
      for (const layer of layers) x = layer.apply(x) as tf.SymbolicTensor;
      // a token counts where at least one of its samples was measured
      valid = tf.layers
        .maxPooling1d({ name: `${name}_validity`, poolSize: stride, padding: "same" })
        .apply(valid) as tf.SymbolicTensor;
    }
    return new MaskedMean({ name: `${modality}_mean` }).apply([x, valid]) as tf.SymbolicTensor;
  };
