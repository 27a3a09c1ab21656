/** The published CNN (its "cnn" of three choices): two convolutions at full rate, one vector a window. */
import * as tf from "@tensorflow/tfjs";
import { seedFor } from "../random";
import { chain } from "./chain";
import type { EncoderFactory } from "./encoder";
import { singleToken, wholeWindows } from "./whole-windows";

const kernels = [5, 3];

/**
 * conv 5, batch norm, ReLU, conv 3, batch norm, ReLU, mean over time, linear; zeros where anything of a window is missing.
 *
 *     [batch, time, channel] → [batch, 1, dim] → [batch, dim]
 *
 * Weights begin as PyTorch's do: uniform within ±1 / √(inputs of a unit), biases too.
 *
 * @param options `hidden` is the width of the convolutions, published as 256
 */
export const publishedConvEncoder =
  ({ hidden }: { readonly hidden: number }): EncoderFactory =>
  ({ modality, time, channels, dim, seed }) =>
  (values, validity) => {
    if (time < kernels[0]!)
      throw new Error(
        `publishedConvEncoder: ${modality}: expected ${kernels[0]} steps or more, got ${time}; cut longer windows`,
      );
    const begin = (name: string, inputs: number) => {
      const uniform = (part: string) =>
        tf.initializers.randomUniform({
          ...{ minval: -1 / Math.sqrt(inputs), maxval: 1 / Math.sqrt(inputs) },
          seed: seedFor(seed, name, part),
        });
      return { kernelInitializer: uniform("kernel"), biasInitializer: uniform("bias") };
    };
    const blocks = kernels.flatMap((kernelSize, i) => {
      const name = `${modality}_conv${i + 1}`;
      const inputs = kernelSize * (i === 0 ? channels : hidden);
      return [
        tf.layers.conv1d({ name, filters: hidden, kernelSize, padding: "same", ...begin(name, inputs) }),
        tf.layers.batchNormalization({ name: `${name}_norm`, epsilon: 1e-5, momentum: 0.9 }),
        tf.layers.reLU({ name: `${name}_relu` }),
      ];
    });
    const input = wholeWindows(modality, values, validity);
    const name = `${modality}_projection`;
    const vector = chain(
      input.values,
      ...blocks,
      tf.layers.globalAveragePooling1d({ name: `${modality}_mean` }),
      tf.layers.dense({ name, units: dim, ...begin(name, hidden) }),
    );
    return singleToken(modality, vector, input.whole);
  };
