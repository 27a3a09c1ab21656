/** The maximum over tokens that exist. */
import * as tf from "@tensorflow/tfjs";

/**
 * maxₜ xₜ over valid t; zeros where no token is valid, which has no maximum.
 *
 *     tokens [batch, token, dim], validity [batch, token] → [batch, dim]
 */
export class MaskedMax extends tf.layers.Layer {
  static readonly className = "MaskedMax";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [tokens, validity] = inputs as [tf.Tensor3D, tf.Tensor2D];
    return tf.tidy(() => {
      const open = validity.expandDims(2).greater(0); // [batch, token, 1]
      const most = tf.where(open, tokens, -3e38).max(1); // [batch, dim]
      return tf.where(open.any(1), most, 0);
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    const [batch, , dim] = shapes[0]!;
    return [batch!, dim!];
  }
}

tf.serialization.registerClass(MaskedMax);
