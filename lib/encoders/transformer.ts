/** A window whose every part may look at every other: patches, positions, Transformer blocks. */
import type * as tf from "@tensorflow/tfjs";
import { chain } from "./chain";
import { dense } from "./dense";
import type { EncoderFactory } from "./encoder";
import { KeepValid } from "./keep-valid";
import { LayerNorm } from "./layer-norm";
import { MaskedMean } from "./masked-mean";
import { openSteps } from "./open-steps";
import { Patches } from "./patches";
import { AddPositions } from "./positions";
import { transformerBlock } from "./transformer-block";

export interface TransformerOptions {
  /** Number of blocks. */
  readonly layers: number;
  readonly heads: number;
  /** Width of each block's hidden layer. */
  readonly ffn: number;
  /** Steps that one token sees before any attention; 1 for a token each step, which costs most. */
  readonly stepsPerToken: number;
  readonly dropout?: number;
}

/**
 * Linear on `stepsPerToken` steps, + positions, pre-norm blocks, norm; pooled: the mean over valid tokens.
 *
 *     [batch, time, channel] → [batch, ⌈time / stepsPerToken⌉, dim] → [batch, dim]
 *
 * An invalid token is no key and no output. The layers `<modality>_block<n>_attention` give their weights as second
 * output, in the order of `attention`.
 */
export const transformerEncoder =
  ({ layers, heads, ffn, stepsPerToken, dropout = 0 }: TransformerOptions): EncoderFactory =>
  ({ modality, time, dim, seed }) =>
  (values, validity) => {
    if (time < stepsPerToken)
      throw new Error(
        `transformerEncoder: ${modality}: expected ${stepsPerToken} steps or more, got ${time}; cut longer windows`,
      );
    const open = openSteps(modality, values, validity);
    const patches = new Patches({ name: `${modality}_patches`, stepsPerToken });
    const [parts, valid] = patches.apply([open.values, open.validity]) as [
      tf.SymbolicTensor,
      tf.SymbolicTensor,
    ];
    let x = chain(
      parts,
      dense({ name: `${modality}_projection`, units: dim, seed }),
      new AddPositions({ name: `${modality}_positions` }),
    );
    const attention: tf.SymbolicTensor[] = [];
    for (let n = 1; n <= layers; n++) {
      const name = `${modality}_block${n}`;
      const { tokens, weights } = transformerBlock({ name, heads, ffn, seed, dropout }, x, valid);
      x = tokens;
      attention.push(weights);
    }
    const normed = chain(x, new LayerNorm({ name: `${modality}_norm` }));
    const keep = new KeepValid({ name: `${modality}_keep_tokens` });
    const mean = new MaskedMean({ name: `${modality}_mean` });
    return {
      tokens: keep.apply([normed, valid]) as tf.SymbolicTensor,
      validity: valid,
      pooled: mean.apply([normed, valid]) as tf.SymbolicTensor,
      attention,
    };
  };
