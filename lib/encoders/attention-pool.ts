/** The mean over tokens that exist, each with the weight that its score asks for. */
import * as tf from "@tensorflow/tfjs";
import { maskedSoftmax } from "../attention/masked-softmax";

/**
 * Σₜ aₜ xₜ, a = softmax over valid t of the scores; zeros where no token is valid.
 *
 *     tokens [batch, token, dim], scores [batch, token, 1], validity [batch, token] → [batch, dim], weights [batch, token]
 */
export class AttentionPool extends tf.layers.Layer {
  static readonly className = "AttentionPool";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor[] {
    const [tokens, scores, validity] = inputs as [tf.Tensor3D, tf.Tensor3D, tf.Tensor2D];
    return tf.tidy(() => {
      const weights = maskedSoftmax(scores.squeeze<tf.Tensor2D>([2]), validity); // [batch, token]
      return [weights.expandDims(1).matMul(tokens).squeeze([1]), weights];
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape[] {
    const [batch, token, dim] = shapes[0]!;
    return [
      [batch!, dim!],
      [batch!, token!],
    ];
  }
}

tf.serialization.registerClass(AttentionPool);
