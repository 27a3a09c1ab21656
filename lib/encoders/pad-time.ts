/** Zeros before and after a series: PyTorch's padding of a convolution, which counts for both ends alike. */
import * as tf from "@tensorflow/tfjs";

export interface PadTimeConfig {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** [batch, time, channel] → [batch, before + time + after, channel] */
export class PadTime extends tf.layers.Layer {
  static readonly className = "PadTime";
  private readonly config: PadTimeConfig;

  constructor(config: PadTimeConfig) {
    super({ name: config.name });
    this.config = config;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = [inputs].flat()[0] as tf.Tensor3D;
    return tf.pad3d(x, [
      [0, 0],
      [this.config.before, this.config.after],
      [0, 0],
    ]);
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    const [batch, time, channels] = shape;
    return [batch!, this.config.before + time! + this.config.after, channels!];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

tf.serialization.registerClass(PadTime);
