/** The transformer that all three methods share, with its two norms where they belong. */
import * as tf from "@tensorflow/tfjs";
import { mergeHeads, splitHeads } from "../attention/heads";
import { geglu, gegluShapes } from "./geglu";
import { linear, scaleNorm } from "./linear";
import type { Read } from "./read-tokens";
import { constantShape, linearShape, named, type Weights, type WeightShapes, weightsUnder } from "./weights";

export interface TrunkOptions {
  /** Width of a token. */
  readonly dim: number;
  readonly depth: number;
  readonly heads: number;
  /** Width of a head; heads · headDim need not be `dim`. */
  readonly headDim: number;
}

export const attentionShapes = ({ dim, heads, headDim }: TrunkOptions): WeightShapes => ({
  qkv: linearShape(dim, 3 * heads * headDim),
  output: linearShape(heads * headDim, dim),
});

/** Depth times: two gains, 4 dim² attention (where heads · headDim is dim), the feed-forward half; and a last gain. */
export function trunkShapes(options: TrunkOptions): WeightShapes {
  const { dim, depth } = options;
  const layer = {
    norm1: constantShape(dim, 1),
    ...attentionShapes(options),
    norm2: constantShape(dim, 1),
    ...named("feed", gegluShapes(dim)),
  };
  return { ...layersOf(depth, layer), norm: constantShape(dim, 1) };
}

export const layersOf = (depth: number, layer: WeightShapes): WeightShapes =>
  Object.assign({}, ...Array.from({ length: depth }, (_, i) => named(`layer${i}`, layer))) as WeightShapes;

/**
 * `depth` times y = x + A(norm₁(x)), z = y + F(norm₂(y)), and a last norm: A reads other tokens, F is a GEGLU. Nothing has
 * a bias: a token of zeros stays one.
 *
 * @param x [batch, token, dim]
 * @param read who reads whom; see `denseReader`, `blockReader`
 * @returns [batch, token, dim]
 */
export function trunk(x: tf.Tensor3D, weights: Weights, options: TrunkOptions, read: Read): tf.Tensor3D {
  for (let i = 0; i < options.depth; i++) {
    const layer = weightsUnder(weights, `layer${i}`);
    x = x.add(selfAttention(scaleNorm(x, layer["norm1"]!), layer, options, read));
    x = x.add(geglu(scaleNorm(x, layer["norm2"]!), weightsUnder(layer, "feed")));
  }
  return scaleNorm(x, weights["norm"]!);
}

/** Query, key and value of every token, who reads whom, and back: [batch, token, dim] → [batch, token, dim] */
export function selfAttention(
  x: tf.Tensor3D,
  weights: Weights,
  { heads }: Pick<TrunkOptions, "heads">,
  read: Read,
): tf.Tensor3D {
  const [queries, keys, values] = tf
    .split(linear(x, weights["qkv"]!), 3, 2)
    .map((part) => splitHeads(part as tf.Tensor3D, heads));
  return linear(mergeHeads(read({ queries: queries!, keys: keys!, values: values! })), weights["output"]!);
}
