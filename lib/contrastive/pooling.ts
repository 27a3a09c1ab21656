/** One embedding for each modality, each channel and everything: learned tokens that ask the trunk's. */
import * as tf from "@tensorflow/tfjs";
import { mergeHeads, splitHeads } from "../attention/heads";
import { linear } from "./linear";
import type { Read } from "./read-tokens";
import type { TrunkOptions } from "./trunk";
import { linearShape, normalShape, type Weights, type WeightShapes } from "./weights";

/** embedding · dim return tokens, 4 dim² attention. */
export const poolingShapes = ({ dim, heads, headDim }: TrunkOptions, embeddings: number): WeightShapes => ({
  returns: normalShape(embeddings, dim),
  query: linearShape(dim, heads * headDim),
  keyValue: linearShape(dim, 2 * heads * headDim),
  output: linearShape(heads * headDim, dim),
});

/**
 * r + A(r; x): no feed-forward half follows.
 *
 * @param x [batch, token, dim]
 * @param read with the rows of `poolMask`
 * @returns [batch, embedding, dim]; r alone where nothing may be read
 */
export function pool(x: tf.Tensor3D, weights: Weights, { heads }: TrunkOptions, read: Read): tf.Tensor3D {
  const returns = weights["returns"] as tf.Tensor as tf.Tensor2D;
  const [embedding] = returns.shape;
  const asking = linear(returns, weights["query"]!);
  const each = tf.zeros([x.shape[0], embedding, asking.shape[1]]).add<tf.Tensor3D>(asking);
  const [keys, values] = tf
    .split(linear(x, weights["keyValue"]!), 2, 2)
    .map((part) => splitHeads(part as tf.Tensor3D, heads));
  const answers = read({ queries: splitHeads(each, heads), keys: keys!, values: values! });
  return linear(mergeHeads(answers), weights["output"]!).add(returns);
}
