/** The Gaussian error linear unit as a layer. */
import * as tf from "@tensorflow/tfjs";
import { gelu } from "../engine/gelu";

/** y = x Φ(x): [...] → [...], without weights. */
export class Gelu extends tf.layers.Layer {
  static readonly className = "Gelu";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return gelu([inputs].flat()[0]!);
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
}

tf.serialization.registerClass(Gelu);
