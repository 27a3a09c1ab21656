/** A window seen at growing distances: a temporal convolutional network (Bai et al. 2018). */
import * as tf from "@tensorflow/tfjs";
import { KeyedDropout } from "../engine/keyed-dropout";
import { seedFor } from "../random";
import { CausalPadding } from "./causal-padding";
import { chain } from "./chain";
import type { EncoderFactory } from "./encoder";
import { KeepValid } from "./keep-valid";
import { LayerNorm } from "./layer-norm";
import { MaskedMean } from "./masked-mean";
import { openSteps } from "./open-steps";
import { Patches } from "./patches";
import type { Convolution } from "./receptive-field";

export interface TcnOptions {
  /** No token sees a step after its own: for answers while the signal still runs. */
  readonly causal?: boolean;
  /** Residual blocks; block b has dilation 2^(b - 1). */
  readonly blocks?: number;
  readonly kernelSize?: number;
  /** Steps side by side in one token; 1 is a token for each step, over which attention costs most. */
  readonly stepsPerToken?: number;
  readonly dropout?: number;
}

// four blocks over groups of four steps: a token sees 244 steps, nearly all of a window of 5.12 s at 50 Hz
const defaults = { causal: false, blocks: 4, kernelSize: 3, stepsPerToken: 4, dropout: 0.1 } as const;

/** What `receptiveField` and `stepsSeen` ask for. */
export function tcnConvolutions(options: TcnOptions): readonly Convolution[] {
  const { causal, blocks, kernelSize, stepsPerToken } = { ...defaults, ...options };
  const padding = causal ? "causal" : "same";
  return [
    { kernelSize: stepsPerToken, stride: stepsPerToken, padding: "end" },
    ...Array.from(
      { length: 2 * blocks },
      (_, i) => ({ kernelSize, dilation: 2 ** (i >> 1), padding }) as const,
    ),
  ];
}

/**
 * Blocks of two dilated convolutions, y = ReLU(x + f(f(x))) with f = [convolution, layer norm, ReLU, dropout] and a
 * convolution of width 1 on x where the widths differ; a token for each `stepsPerToken` steps; pooled: the mean over
 * valid tokens.
 *
 *     [batch, time, channel] → [batch, ⌈time / stepsPerToken⌉, dim] → [batch, dim]
 *
 * The norm is taken over each token's features (Bai et al.: weight norm), so that neither the future nor other
 * windows come in through statistics. Closed steps are zeros at the door and nothing after it: a token of closed steps
 * may carry what its neighbours saw from block to block, and is itself kept out of the answer.
 */
export const tcnEncoder =
  (options: TcnOptions): EncoderFactory =>
  ({ modality, time, dim, seed }) =>
  (values, validity) => {
    const { causal, blocks, kernelSize, stepsPerToken, dropout } = { ...defaults, ...options };
    if (time < 2 * stepsPerToken)
      throw new Error(
        `tcnEncoder: ${modality}: expected ${2 * stepsPerToken} steps or more, got ${time}; cut longer windows`,
      );
    const open = openSteps(modality, values, validity);
    const patches = new Patches({ name: `${modality}_patches`, stepsPerToken });
    const [parts, valid] = patches.apply([open.values, open.validity]) as tf.SymbolicTensor[];
    let x = parts!;
    for (let block = 1; block <= blocks; block++) {
      const name = `${modality}_block${block}`;
      const dilation = 2 ** (block - 1);
      const convolve = (part: string): readonly tf.layers.Layer[] => [
        ...(causal ? [new CausalPadding({ name: `${part}_past`, steps: (kernelSize - 1) * dilation })] : []),
        convolution(part, kernelSize, dilation, causal ? "valid" : "same"),
        new LayerNorm({ name: `${part}_norm` }),
        tf.layers.reLU({ name: `${part}_relu` }),
        new KeyedDropout({ name: `${part}_dropout`, rate: dropout }),
      ];
      const skip = x.shape[2] === dim ? x : chain(x, convolution(`${name}_skip`, 1, 1, "same"));
      const seen = chain(x, ...convolve(`${name}_conv1`), ...convolve(`${name}_conv2`));
      const sum = tf.layers.add({ name: `${name}_sum` }).apply([skip, seen]) as tf.SymbolicTensor;
      x = chain(sum, tf.layers.reLU({ name: `${name}_relu` }));
    }
    const keep = new KeepValid({ name: `${modality}_keep_tokens` });
    const mean = new MaskedMean({ name: `${modality}_mean` });
    return {
      tokens: keep.apply([x, valid!]) as tf.SymbolicTensor,
      validity: valid!,
      pooled: mean.apply([x, valid!]) as tf.SymbolicTensor,
    };

    /** Without bias where a norm follows, which has one. */
    function convolution(name: string, kernelSize: number, dilation: number, padding: "same" | "valid") {
      const kernelInitializer = tf.initializers.heNormal({ seed: seedFor(seed, name) });
      return tf.layers.conv1d({
        ...{ name, filters: dim, kernelSize, dilationRate: dilation, padding, useBias: false },
        kernelInitializer,
      });
    }
  };
