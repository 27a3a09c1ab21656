/** The published Transformer: post-norm blocks straight on the channels, without positions, read at the last step. */
import * as tf from "@tensorflow/tfjs";
import { MultiHeadAttention } from "../attention/multi-head-attention";
import { KeyedDropout } from "../engine/keyed-dropout";
import { chain } from "./chain";
import { dense } from "./dense";
import type { EncoderFactory } from "./encoder";
import { LayerNorm } from "./layer-norm";
import { singleToken, wholeWindows } from "./whole-windows";

const [heads, ffn] = [4, 2048]; // PyTorch's nn.TransformerEncoderLayer with nhead 4

export interface TransformerPublishedOptions {
  /** d_model; 256 in the published configuration. */
  readonly hidden: number;
  /** 2 in the published configuration. */
  readonly layers: number;
  /** 0.1 in the published configuration. */
  readonly dropout: number;
}

/**
 * Published `SequenceEncoder(type = transformer)`: nn.TransformerEncoder on the raw channels, Linear(channels, dim) of
 * the last step. Only a modality with as many channels as `hidden` fits, and there is no input projection to make it
 * fit: the published code raises in its first product, this one when it is built.
 *
 * Parameters: layers · ((4 (hidden + 1) + 4) hidden + (hidden + 1) ffn + (ffn + 1) hidden) + (hidden + 1) dim.
 *
 *     [batch, time, hidden] → [batch, 1, dim] → [batch, dim]
 */
export const transformerPublished =
  ({ hidden, layers, dropout }: TransformerPublishedOptions): EncoderFactory =>
  ({ modality, channels, dim, seed }) =>
  (values, validity) => {
    if (channels !== hidden)
      throw new Error(
        `transformerPublished: ${modality}: expected ${hidden} channels (hidden), got ${channels}; the published code has no input projection and raises, too: take transformerEncoder`,
      );
    const { values: open, whole } = wholeWindows(modality, values, validity);
    let x = open;
    for (let n = 1; n <= layers; n++) x = postNormBlock(`${modality}_block${n}`, x, seed, dropout);
    const last = chain(
      x,
      new LastStep({ name: `${modality}_last` }),
      dense({ name: `${modality}_encoded`, units: dim, seed }),
    );
    return singleToken(modality, last, whole);
  };

/** x ← norm(x + attention(x)), x ← norm(x + W₂ relu(W₁ x)): the norm comes last (Vaswani et al. 2017). */
function postNormBlock(name: string, x: tf.SymbolicTensor, seed: number, dropout: number): tf.SymbolicTensor {
  const dim = x.shape[2]!;
  const close = (half: string, x: tf.SymbolicTensor, change: tf.SymbolicTensor): tf.SymbolicTensor => {
    const dropped = chain(change, new KeyedDropout({ name: `${name}_${half}_dropout`, rate: dropout }));
    const sum = tf.layers.add({ name: `${name}_${half}_sum` }).apply([x, dropped]) as tf.SymbolicTensor;
    return chain(sum, new LayerNorm({ name: `${name}_${half}_norm` }));
  };
  const attention = new MultiHeadAttention({ name: `${name}_attention`, heads, dim, seed, dropout });
  const asked = chain(x, tf.layers.activation({ name: `${name}_keys`, activation: "linear" }));
  const [seen] = attention.apply([x, asked]) as tf.SymbolicTensor[];
  const y = close("attention", x, seen!);
  const thought = chain(
    y,
    dense({ name: `${name}_ffn1`, units: ffn, seed, activation: "relu" }),
    new KeyedDropout({ name: `${name}_hidden_dropout`, rate: dropout }),
    dense({ name: `${name}_ffn2`, units: dim, seed }),
  );
  return close("ffn", y, thought);
}

/** [batch, time, channel] → [batch, channel] of the last step */
class LastStep extends tf.layers.Layer {
  static readonly className = "LastStep";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = [inputs].flat()[0] as tf.Tensor3D;
    return tf.tidy(() => x.slice([0, x.shape[1] - 1, 0], [-1, 1, -1]).squeeze([1]));
  }

  override computeOutputShape([batch, , channels]: tf.Shape): tf.Shape {
    return [batch!, channels!];
  }
}

tf.serialization.registerClass(LastStep);
