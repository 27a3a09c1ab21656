/** Zeros before the first step, so that a convolution sees the past alone. */
import * as tf from "@tensorflow/tfjs";

/**
 * With (kernel - 1) · dilation steps, a convolution without padding of its own gives each step from itself and earlier
 * ones; tf.layers.conv1d promises `padding: "causal"` and refuses it.
 *
 *     [batch, time, channel] → [batch, steps + time, channel]
 */
export class CausalPadding extends tf.layers.Layer {
  static readonly className = "CausalPadding";
  private readonly steps: number;

  constructor(config: { readonly name: string; readonly steps: number }) {
    super({ name: config.name });
    this.steps = config.steps;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = [inputs].flat()[0] as tf.Tensor3D;
    return tf.pad3d(x, [
      [0, 0],
      [this.steps, 0],
      [0, 0],
    ]);
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    const [batch, time, channels] = shape;
    return [batch!, time! + this.steps, channels!];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), steps: this.steps };
  }
}

tf.serialization.registerClass(CausalPadding);
