/** Layer normalisation as a layer, with PyTorch's epsilon: 1e-5, where tf.layers has 1e-3. */
import * as tf from "@tensorflow/tfjs";
import { layerNorm } from "../engine/layer-norm";

/**
 * y = γ (x - μ) / √(σ² + 1e-5) + β over the last axis; γ starts at 1, β at 0.
 *
 *     [..., feature] → [..., feature];  weights: gain [feature], bias [feature]
 */
export class LayerNorm extends tf.layers.Layer {
  static readonly className = "LayerNorm";
  private gain!: tf.LayerVariable;
  private bias!: tf.LayerVariable;

  override build(shape: tf.Shape): void {
    const features = shape.at(-1)!;
    this.gain = this.addWeight("gain", [features], "float32", tf.initializers.ones());
    this.bias = this.addWeight("bias", [features], "float32", tf.initializers.zeros());
    super.build(shape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = [inputs].flat()[0]!;
    return tf.tidy(() =>
      layerNorm(x, this.gain.read() as tf.Tensor1D, this.bias.read() as tf.Tensor1D, 1e-5),
    );
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
}

tf.serialization.registerClass(LayerNorm);
