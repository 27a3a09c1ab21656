/** One block of a Transformer: tokens look at tokens, then each thinks for itself. */
import * as tf from "@tensorflow/tfjs";
import { MultiHeadAttention } from "../attention/multi-head-attention";
import { KeyedDropout } from "../engine/keyed-dropout";
import { chain } from "./chain";
import { dense } from "./dense";
import { Gelu } from "./gelu";
import { LayerNorm } from "./layer-norm";

export interface TransformerBlockOptions {
  /** Names the layers: `<name>_attention`, `<name>_norm1`, ... */
  readonly name: string;
  readonly heads: number;
  /** Width of the hidden layer of the feed-forward half. */
  readonly ffn: number;
  readonly seed: number;
  /** On attention weights, on the hidden layer, and on what each half adds: PyTorch's four places. */
  readonly dropout?: number;
}

export interface TransformedTokens {
  /** [batch, token, dim] */
  readonly tokens: tf.SymbolicTensor;
  /** [batch, head, query, key] */
  readonly weights: tf.SymbolicTensor;
}

/**
 * y = x + attention(norm(x)), z = y + W₂ gelu(W₁ norm(y)): the norm comes first (Xiong et al. 2020).
 *
 * Parameters: 4 dim norms, 4 (dim + 1) dim attention, (dim + 1) ffn + (ffn + 1) dim feed-forward.
 *
 * @param tokens [batch, token, dim]; finite where no query may look
 * @param allowed [batch, token], which tokens may be keys, or [batch, query, key]
 */
export function transformerBlock(
  { name, heads, ffn, seed, dropout = 0 }: TransformerBlockOptions,
  tokens: tf.SymbolicTensor,
  allowed: tf.SymbolicTensor,
): TransformedTokens {
  const dim = tokens.shape[2]!;
  const add = (half: string, x: tf.SymbolicTensor, change: tf.SymbolicTensor): tf.SymbolicTensor => {
    const dropped = new KeyedDropout({ name: `${name}_${half}_dropout`, rate: dropout }).apply(change);
    return tf.layers
      .add({ name: `${name}_${half}_sum` })
      .apply([x, dropped as tf.SymbolicTensor]) as tf.SymbolicTensor;
  };

  const asking = chain(tokens, new LayerNorm({ name: `${name}_norm1` }));
  // a name of its own: tfjs frees a tensor that stands twice among a layer's inputs too early, where weights are read
  const asked = chain(asking, tf.layers.activation({ name: `${name}_keys`, activation: "linear" }));
  const attention = new MultiHeadAttention({ name: `${name}_attention`, heads, dim, seed, dropout });
  const [seen, weights] = attention.apply([asking, asked, allowed]) as [tf.SymbolicTensor, tf.SymbolicTensor];
  const y = add("attention", tokens, seen);
  const thought = chain(
    y,
    new LayerNorm({ name: `${name}_norm2` }),
    dense({ name: `${name}_ffn1`, units: ffn, seed }),
    new Gelu({ name: `${name}_gelu` }),
    new KeyedDropout({ name: `${name}_hidden_dropout`, rate: dropout }),
    dense({ name: `${name}_ffn2`, units: dim, seed }),
  );
  return { tokens: add("ffn", y, thought), weights };
}
