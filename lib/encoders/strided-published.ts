/** The published encoders of EEG and audio: strided convolutions, their mean over time, and a linear layer. */
import * as tf from "@tensorflow/tfjs";
import { seedFor } from "../random";
import { chain } from "./chain";
import type { EncoderFactory } from "./encoder";
import { PadTime } from "./pad-time";
import { singleToken, wholeWindows } from "./whole-windows";

export interface StridedOptions {
  /** Width of each convolution, as a multiple of `dim`; each halves the time. */
  readonly widths: readonly number[];
}

/** 64-128-256-256 at `dim` 128. */
export const eegWidths = [1 / 2, 1, 2, 2] as const;
/** 64-128 at `dim` 128. */
export const audioWidths = [1 / 2, 1] as const;
export const stridedKernel = 5;

/** @throws where a window has fewer steps than one token sees */
export function checkSteps(who: string, modality: string, time: number, layers: number): void {
  if (time < 2 ** layers)
    throw new Error(
      `${who}: ${modality}: expected ${2 ** layers} steps or more, got ${time}; cut longer windows`,
    );
}

/**
 * [conv 5, stride 2, two zeros at each end; batch norm; ReLU] for each width, mean over time, linear; zeros where
 * anything of a window is missing. Weights begin as PyTorch's do.
 *
 *     [batch, time, channel] → [batch, 1, dim] → [batch, dim]
 */
export const stridedPublished =
  ({ widths }: StridedOptions): EncoderFactory =>
  ({ modality, time, channels, dim, seed }) =>
  (values, validity) => {
    checkSteps("stridedPublished", modality, time, widths.length);
    const begin = (name: string, inputs: number) => {
      const bound = 1 / Math.sqrt(inputs);
      const uniform = (part: string) =>
        tf.initializers.randomUniform({ minval: -bound, maxval: bound, seed: seedFor(seed, name, part) });
      return { kernelInitializer: uniform("kernel"), biasInitializer: uniform("bias") };
    };
    const filters = widths.map((width) => Math.ceil(width * dim));
    const blocks = filters.flatMap((count, i) => {
      const name = `${modality}_conv${i + 1}`;
      const inputs = stridedKernel * (i === 0 ? channels : filters[i - 1]!);
      return [
        new PadTime({ name: `${name}_pad`, before: 2, after: 2 }),
        tf.layers.conv1d({
          name,
          filters: count,
          kernelSize: stridedKernel,
          strides: 2,
          ...begin(name, inputs),
        }),
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
      tf.layers.dense({ name, units: dim, ...begin(name, filters.at(-1)!) }),
    );
    return singleToken(modality, vector, input.whole);
  };
