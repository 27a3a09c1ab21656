/** The maximum over tokens that exist. */
import * as tf from "@tensorflow/tfjs";
import { keepWhere } from "../engine/keep-where";

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
      const hidden = validity.sub(1).mul(3e38).expandDims(2); // 0, or lower than any value
      return keepWhere(tokens.add(hidden).max(1), validity.max(1, true));
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    const [batch, , dim] = shapes[0]!;
    return [batch!, dim!];
  }
}

tf.serialization.registerClass(MaskedMax);
