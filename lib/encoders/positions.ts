/** Where a token stands, told by waves: attention alone sees a set without order. */
import * as tf from "@tensorflow/tfjs";

const base = 10_000;

/**
 * p[t, 2i] = sin(t / 10000^(2i / dim)), p[t, 2i + 1] = cos(t / 10000^(2i / dim)) (Vaswani et al. 2017, 3.5).
 *
 * Computed by operations, not on the host, so that a compiled step may do it; a graph does it once, when it is built.
 *
 * @param dim even
 * @returns [token, dim]
 */
export function sinusoid(tokens: number, dim: number): tf.Tensor2D {
  if (dim % 2 !== 0)
    throw new Error(`sinusoid: expected an even dim, got ${dim}; sines and cosines come in pairs`);
  return tf.tidy(() => {
    const pair = tf.range(0, dim / 2).mul((-2 / dim) * Math.log(base)); // [dim / 2]
    const angle = tf.range(0, tokens).expandDims(1).mul(pair.exp()); // [token, dim / 2]
    return tf.stack([angle.sin(), angle.cos()], 2).reshape<tf.Tensor2D>([tokens, dim]);
  });
}

/** x + p: [batch, token, dim] → [batch, token, dim], without weights. */
export class AddPositions extends tf.layers.Layer {
  static readonly className = "AddPositions";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = [inputs].flat()[0] as tf.Tensor3D;
    return tf.tidy(() => x.add(sinusoid(x.shape[1], x.shape[2])));
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
}

tf.serialization.registerClass(AddPositions);
