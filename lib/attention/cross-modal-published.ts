/** Cross-modal attention as published: one vector a modality, so that a query finds one key. */
import * as tf from "@tensorflow/tfjs";
import { dropKeyed } from "../engine/keyed-dropout";
import { AttentionLayer } from "./attention-layer";
import { softmax } from "./masked-softmax";

/**
 * The six steps over a single key. Its weight is 1 whatever query, key and mask say: the layer computes W_O W_V v, and
 * the gradients of W_Q and W_K are 0. The mask fills the score with 0 before the softmax, which changes nothing.
 * Dropout on that one weight drops or scales the whole value, and the dropped weight is what is returned.
 *
 *     queries [batch, channel], keys [batch, channel'], values [batch, channel'], mask? [batch]
 *     → outputs [batch, dim], weights [batch, head, 1, 1]
 */
export class CrossModalPublished extends AttentionLayer {
  static readonly className: string = "CrossModalPublished"; // a subclass has its own

  override build(shapes: tf.Shape[]): void {
    this.addProjections(shapes[0]!.at(-1)!, shapes[1]!.at(-1)!);
    super.build(shapes);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor[] {
    const [query, key, value, mask] = inputs as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor?];
    const { name, heads, dim, dropout } = this.config;
    const view = (x: tf.Tensor): tf.Tensor4D => x.reshape([x.shape[0]!, heads, 1, dim / heads]);
    return tf.tidy(() => {
      const queries = view(this.project(query, "query")); // [batch, head, 1, dim / heads]
      const keys = view(this.project(key, "key"));
      const values = view(this.project(value, "value"));
      let scores = queries.matMul<tf.Tensor4D>(keys, false, true).div(Math.sqrt(dim / heads)); // [batch, head, 1, 1]
      if (mask) scores = tf.where(mask.reshape([-1, 1, 1, 1]).notEqual(0), scores, tf.zerosLike(scores));
      let weights = softmax(scores);
      if (kwargs["training"] && dropout > 0) weights = dropKeyed(weights, dropout, name);
      const attended = weights.matMul(values).reshape([query.shape[0], dim]);
      return [this.project(attended, "output"), weights];
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape[] {
    const batch = shapes[0]![0]!;
    return [
      [batch, this.config.dim],
      [batch, this.config.heads, 1, 1],
    ];
  }
}

tf.serialization.registerClass(CrossModalPublished);
