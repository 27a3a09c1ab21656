/** Attention of vectors over the batch: published by oversight, where attention over time was meant. */
import * as tf from "@tensorflow/tfjs";
import { softmax } from "../attention/masked-softmax";

/**
 * softmax(Q Kᵀ / √dim) V with windows as queries and keys: a window's answer is a mean over whatever else is in its batch.
 *
 *     queries, keys, values [batch, dim] → [batch, dim]
 */
export class BatchAttention extends tf.layers.Layer {
  static readonly className = "BatchAttention";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [queries, keys, values] = inputs as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    return tf.tidy(() => {
      const scores = queries.matMul(keys.transpose()).div(Math.sqrt(queries.shape[1])); // [batch, batch]
      return softmax(scores).matMul(values);
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    return shapes[0]!;
  }
}

tf.serialization.registerClass(BatchAttention);
