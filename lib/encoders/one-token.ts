/** An encoder whose window becomes a single token: what cross-attention over pooled vectors gets to see. */
import * as tf from "@tensorflow/tfjs";
import type { EncoderFactory } from "./encoder";

/** [batch, token] → [batch, 1]; 1 where any token is valid */
export class AnyToken extends tf.layers.Layer {
  static readonly className = "AnyToken";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => [inputs].flat()[0]!.max(1, true));
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return [shape[0]!, 1];
  }
}

tf.serialization.registerClass(AnyToken);

/** The same encoder, of whose tokens only the pooled vector is passed on: tokens [batch, 1, dim]. */
export const oneToken =
  (encoder: EncoderFactory): EncoderFactory =>
  (shape) =>
  (values, validity) => {
    const { validity: valid, pooled } = encoder(shape)(values, validity);
    const name = `${shape.modality}_one_token`;
    const tokens = tf.layers.reshape({ name, targetShape: [1, shape.dim] }).apply(pooled);
    const any = new AnyToken({ name: `${shape.modality}_any_token` }).apply(valid);
    return { tokens: tokens as tf.SymbolicTensor, validity: any as tf.SymbolicTensor, pooled };
  };
