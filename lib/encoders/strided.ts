/** The encoders of EEG and audio with a token for every stretch of time, so that attention has something to choose. */
import * as tf from "@tensorflow/tfjs";
import { seedFor } from "../random";
import { dense } from "./dense";
import type { EncoderFactory } from "./encoder";
import { KeepValid } from "./keep-valid";
import { MaskedMean } from "./masked-mean";
import { openSteps } from "./open-steps";
import { pooledValidity } from "./pooled-validity";
import { checkSteps, stridedKernel, type StridedOptions } from "./strided-published";

/**
 * The published convolutions, each number of weights the same; the linear layer reads each moment of their map instead of
 * the map's mean. The pooled vector is the mean over valid tokens: a linear layer's mean is the mean's linear layer, so
 * for a window without gaps it is what the published encoder computes, but for its zeros at the ends.
 *
 *     [batch, time, channel] → [batch, time / 2ⁿ, dim] → [batch, dim]
 */
export const strided =
  ({ widths }: StridedOptions): EncoderFactory =>
  ({ modality, time, dim, seed }) =>
  (values, validity) => {
    checkSteps("strided", modality, time, widths.length);
    const open = openSteps(modality, values, validity);
    let x = open.values;
    widths.forEach((width, i) => {
      const name = `${modality}_conv${i + 1}`;
      const kernelInitializer = tf.initializers.heNormal({ seed: seedFor(seed, name) });
      const filters = Math.ceil(width * dim);
      for (const layer of [
        tf.layers.conv1d({
          ...{ name, filters, kernelSize: stridedKernel, strides: 2, padding: "same", kernelInitializer },
        }),
        tf.layers.batchNormalization({ name: `${name}_norm`, epsilon: 1e-5, momentum: 0.9 }),
        tf.layers.reLU({ name: `${name}_relu` }),
      ])
        x = layer.apply(x) as tf.SymbolicTensor;
    });
    const projected = dense({ name: `${modality}_projection`, units: dim, seed }).apply(
      x,
    ) as tf.SymbolicTensor;
    const valid = pooledValidity(modality, open.validity, 2, widths.length);
    const keep = new KeepValid({ name: `${modality}_keep_tokens` });
    const mean = new MaskedMean({ name: `${modality}_mean` });
    return {
      tokens: keep.apply([projected, valid]) as tf.SymbolicTensor,
      validity: valid,
      pooled: mean.apply([projected, valid]) as tf.SymbolicTensor,
    };
  };
