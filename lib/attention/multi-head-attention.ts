/** Multi-head attention as a layer: tokens that ask, tokens that answer, and who may look at whom. */
import * as tf from "@tensorflow/tfjs";
import { dropKeyed } from "../engine/keyed-dropout";
import { keepWhere } from "../engine/keep-where";
import { type Axes, checkShape } from "../shapes";
import { attend } from "./attend";
import { type AttentionConfig, AttentionLayer } from "./attention-layer";
import { mergeHeads, splitHeads } from "./heads";

export type MultiHeadAttentionConfig = AttentionConfig;

/**
 * concat over heads of softmax(Q Kᵀ / √(dim / heads)) V, projected (Vaswani et al. 2017, 3.2.2).
 *
 *     queries [batch, query, channel], keys [batch, key, channel'],
 *     allowed? [batch, key], [batch, query, key] or [batch | 1, head | 1, query | 1, key]
 *     → outputs [batch, query, dim], weights [batch, head, query, key]
 *
 * `allowed` is 1 where a query may look; without it all may. A key that no query may see, and a query that may see no
 * key, may hold anything, NaN included; the latter's weights, output (the bias, too) and gradients are exactly 0.
 */
export class MultiHeadAttention extends AttentionLayer {
  static readonly className = "MultiHeadAttention";

  override build(shapes: tf.Shape[]): void {
    this.addProjections(shapes[0]!.at(-1)!, shapes[1]!.at(-1)!);
    super.build(shapes);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor[] {
    const [queryTokens, keyTokens, given] = inputs as [tf.Tensor3D, tf.Tensor3D, tf.Tensor?];
    const { name, heads, dropout } = this.config;
    return tf.tidy(() => {
      const allowed = given && eachHead(name, given, queryTokens, keyTokens); // [batch | 1, head | 1, query | 1, key]
      const asking = allowed?.max([1, 3]).expandDims(2); // [batch | 1, query | 1, 1]; 1 where a query may see a key
      const seen = allowed?.max([1, 2]).expandDims(2); // [batch | 1, key, 1]; 1 where a query sees it
      const from = asking ? keepWhere(queryTokens, asking) : queryTokens;
      const to = seen ? keepWhere(keyTokens, seen) : keyTokens;

      // (1) projection, (2) heads: [batch, head, query | key, dim / heads]
      const queries = splitHeads(this.project(from, "query"), heads);
      const keys = splitHeads(this.project(to, "key"), heads);
      const values = splitHeads(this.project(to, "value"), heads);
      // (3) scores, (4) mask, (5) softmax: weights [batch, head, query, key]
      const drop = (weights: tf.Tensor4D) => dropKeyed(weights, dropout, name);
      const inTraining = kwargs["training"] === true && dropout > 0;
      const { outputs, weights } = attend(queries, keys, values, allowed, inTraining ? { drop } : {});
      // (6) output: [batch, query, dim]
      const projected = this.project(mergeHeads(outputs), "output");
      return [asking ? keepWhere(projected, asking) : projected, weights];
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape[] {
    const [[batch, query], [, key]] = shapes as [tf.Shape, tf.Shape];
    const { heads, dim } = this.config;
    return [
      [batch!, query!, dim],
      [batch!, heads, query!, key!],
    ];
  }
}

tf.serialization.registerClass(MultiHeadAttention); // a saved model finds its layer by className

/** [batch, key] → [batch, 1, 1, key]; [batch, query, key] → [batch, 1, query, key] */
function eachHead(name: string, allowed: tf.Tensor, queries: tf.Tensor3D, keys: tf.Tensor3D): tf.Tensor4D {
  const [batch, query] = queries.shape;
  const key = keys.shape[1];
  const axes: Axes[] = [
    { batch: [1, batch], key },
    { batch: [1, batch], query: [1, query], key },
    { batch: [1, batch], head: null, query: [1, query], key },
  ];
  const who = `MultiHeadAttention: ${name}: allowed`;
  checkShape(who, allowed, axes[allowed.rank - 2] ?? axes[1]!, "say for each key, or query and key");
  if (allowed.rank === 2) return allowed.expandDims(1).expandDims(1);
  return allowed.rank === 3 ? allowed.expandDims(1) : (allowed as tf.Tensor4D);
}
