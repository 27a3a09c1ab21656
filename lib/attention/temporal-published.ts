/** Temporal attention as published: heads are cut across time, and masked steps keep their say. */
import * as tf from "@tensorflow/tfjs";
import { dropKeyed } from "../engine/keyed-dropout";
import { AttentionLayer } from "./attention-layer";
import { mergeHeads } from "./heads";
import { softmax } from "./masked-softmax";

/**
 * Two slips. The projections [batch, time, head · dim] are viewed as [batch, head, time, dim] without a transposition,
 * so that a "step" of a head holds parts of several steps. And the mask fills scores with 0, and exp(0) = 1: with half
 * of the steps masked and scores near 0, half of the weight stays on them.
 *
 *     sequence [batch, time, channel], mask? [batch, time] → outputs [batch, time, dim], weights [batch, head, time, time]
 */
export class TemporalPublished extends AttentionLayer {
  static readonly className = "TemporalPublished";

  override build(shape: tf.Shape | tf.Shape[]): void {
    const channels = sequenceOf(shape).at(-1)!;
    this.addProjections(channels, channels);
    super.build(shape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor[] {
    const [sequence, mask] = [inputs].flat() as [tf.Tensor3D, tf.Tensor2D?];
    const [batch, time] = sequence.shape;
    const { name, heads, dim, dropout } = this.config;
    const view = (x: tf.Tensor): tf.Tensor4D => x.reshape([batch, heads, time, dim / heads]);
    return tf.tidy(() => {
      const queries = view(this.project(sequence, "query"));
      const keys = view(this.project(sequence, "key"));
      const values = view(this.project(sequence, "value"));
      let scores = queries.matMul<tf.Tensor4D>(keys, false, true).div(Math.sqrt(dim / heads)); // [batch, head, time, time]
      if (mask)
        scores = tf.where(mask.reshape([batch, 1, 1, time]).notEqual(0), scores, tf.zerosLike(scores));
      let weights = softmax(scores);
      if (kwargs["training"] && dropout > 0) weights = dropKeyed(weights, dropout, name);
      const attended = mergeHeads(weights.matMul(values) as tf.Tensor4D); // transposes what was never transposed
      return [this.project(attended, "output"), weights];
    });
  }

  override computeOutputShape(shape: tf.Shape | tf.Shape[]): tf.Shape[] {
    const [batch, time] = sequenceOf(shape) as [number, number];
    const { heads, dim } = this.config;
    return [
      [batch, time, dim],
      [batch, heads, time, time],
    ];
  }
}

tf.serialization.registerClass(TemporalPublished);

const sequenceOf = (shape: tf.Shape | tf.Shape[]): tf.Shape =>
  Array.isArray(shape[0]) ? (shape as tf.Shape[])[0]! : (shape as tf.Shape);
