/** A sensor's tokens look at each other; projections are layers of their own, so that keys and values can be read by name. */
import * as tf from "@tensorflow/tfjs";
import { attend } from "../attention/attend";
import { mergeHeads, splitHeads } from "../attention/heads";

/**
 * softmax(Q Kᵀ / √(dim / heads)) V over the valid tokens; 0 where no token is valid.
 *
 *     queries, keys, values [batch, token, dim], validity [batch, token] → [batch, token, dim]
 */
export class AttendTokens extends tf.layers.Layer {
  static readonly className = "AttendTokens";
  private readonly heads: number;

  constructor(config: { readonly name: string; readonly heads: number }) {
    super(config);
    this.heads = config.heads;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [queries, keys, values, validity] = inputs as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D, tf.Tensor2D];
    return tf.tidy(() => {
      const [q, k, v] = [queries, keys, values].map((x) => splitHeads(x, this.heads));
      const allowed = validity.expandDims(1).expandDims<tf.Tensor4D>(1); // [batch, 1, 1, key]
      return mergeHeads(attend(q!, k!, v!, allowed).outputs);
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    return shapes[0]!;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), heads: this.heads };
  }
}

tf.serialization.registerClass(AttendTokens);
