/** Several steps side by side as one token: what a linear layer then sees is a stretch of the signal. */
import * as tf from "@tensorflow/tfjs";

/**
 * Groups of steps, the last filled up with zeros; a group is valid where one of its steps is.
 *
 *     values [batch, time, channel], validity [batch, time]
 *     → [batch, token, stepsPerToken · channel], [batch, token], token = ⌈time / stepsPerToken⌉
 */
export class Patches extends tf.layers.Layer {
  static readonly className = "Patches";
  private readonly stepsPerToken: number;

  constructor(config: { readonly name: string; readonly stepsPerToken: number }) {
    super({ name: config.name });
    this.stepsPerToken = config.stepsPerToken;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor[] {
    const [values, validity] = inputs as [tf.Tensor3D, tf.Tensor2D];
    return tf.tidy(() => [
      grouped(values, this.stepsPerToken),
      grouped(validity.expandDims(2), this.stepsPerToken).max(2),
    ]);
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape[] {
    const [batch, time, channels] = shapes[0]!;
    const tokens = Math.ceil(time! / this.stepsPerToken);
    return [
      [batch!, tokens, this.stepsPerToken * channels!],
      [batch!, tokens],
    ];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), stepsPerToken: this.stepsPerToken };
  }
}

tf.serialization.registerClass(Patches);

/** [batch, time, channel] → [batch, token, size · channel] */
function grouped(x: tf.Tensor3D, size: number): tf.Tensor3D {
  const [batch, time, channels] = x.shape;
  const tokens = Math.ceil(time / size);
  const missing = tokens * size - time;
  const filled = missing > 0 ? tf.pad3d(x, [none, [0, missing], none]) : x;
  return filled.reshape([batch, tokens, size * channels]);
}

const none: [number, number] = [0, 0];
