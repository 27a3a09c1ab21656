/** What `tf.layers` lacks or does too slowly to compare with, of plain operations. */
import * as tf from "@tensorflow/tfjs";

abstract class SameShape extends tf.layers.Layer {
  override computeOutputShape(shapes: tf.Shape | tf.Shape[]): tf.Shape {
    return (Array.isArray(shapes[0]) ? shapes[0] : shapes) as tf.Shape;
  }
}

/** Layer normalisation; the gradient of `tf.layers.layerNormalization` slices its tiles one by one, 10 s a step here. */
class PlainNorm extends SameShape {
  static readonly className = "PlainNorm";
  private gain!: tf.LayerVariable;
  private bias!: tf.LayerVariable;

  override build(shape: tf.Shape): void {
    this.gain = this.addWeight("gain", [shape.at(-1)!], "float32", tf.initializers.ones());
    this.bias = this.addWeight("bias", [shape.at(-1)!], "float32", tf.initializers.zeros());
    super.build(shape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = [inputs].flat()[0]!;
    return tf.tidy(() => {
      const centred = x.sub(x.mean(-1, true));
      const variance = centred.square().mean(-1, true);
      return centred.mul(variance.add(1e-5).rsqrt()).mul(this.gain.read()).add(this.bias.read());
    });
  }
}

export const plainNorm = (): tf.layers.Layer => new PlainNorm({});

/** softmax(Q Kᵀ / √dim) V for each head: [batch, token, channel] three times → [batch, token, channel]. */
class PlainAttention extends SameShape {
  static readonly className = "PlainAttention";

  constructor(private readonly heads: number) {
    super({});
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [queries, keys, values] = inputs as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
    const [batch, token, channels] = queries.shape;
    const dim = channels / this.heads;
    return tf.tidy(() => {
      const split = (x: tf.Tensor): tf.Tensor =>
        x.reshape([batch, token, this.heads, dim]).transpose([0, 2, 1, 3]); // [batch, head, token, dim]
      const scores = tf.matMul(split(queries), split(keys), false, true).div(Math.sqrt(dim));
      return tf
        .matMul(tf.softmax(scores), split(values))
        .transpose([0, 2, 1, 3])
        .reshape([batch, token, channels]);
    });
  }
}

export const plainAttention = (heads: number): tf.layers.Layer => new PlainAttention(heads);

class PlainGelu extends SameShape {
  static readonly className = "PlainGelu";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = [inputs].flat()[0]!;
    return tf.tidy(() => x.mul(x.div(Math.SQRT2).erf().add(1).mul(0.5)));
  }
}

export const plainGelu = (): tf.layers.Layer => new PlainGelu({});
