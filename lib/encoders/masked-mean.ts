/** The mean over tokens that exist. */
import * as tf from "@tensorflow/tfjs";

/**
 * Σₜ vₜ xₜ / Σₜ vₜ; zeros where no token is valid.
 *
 *     tokens [batch, token, dim], validity [batch, token] → [batch, dim]
 */
export class MaskedMean extends tf.layers.Layer {
  static readonly className = "MaskedMean";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [tokens, validity] = inputs as [tf.Tensor3D, tf.Tensor2D];
    return tf.tidy(() => tokens.mul(validity.expandDims(2)).sum(1).div(validity.sum(1, true).maximum(1)));
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    const [batch, , dim] = shapes[0]!;
    return [batch!, dim!];
  }
}

tf.serialization.registerClass(MaskedMean);
