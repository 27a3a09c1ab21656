/** What a token cannot say of itself: which modality it is. */
import * as tf from "@tensorflow/tfjs";
import { seedFor } from "../random";

export interface ModalityVectorConfig {
  /** Keys the seed; names the modality. */
  readonly name: string;
  readonly seed: number;
}

/** x + e, learned, the same for all tokens: [batch, token, dim] → [batch, token, dim]; dim weights. */
export class ModalityVector extends tf.layers.Layer {
  static readonly className = "ModalityVector";
  private readonly config: ModalityVectorConfig;
  private vector!: tf.LayerVariable;

  constructor(config: ModalityVectorConfig) {
    super({ name: config.name });
    this.config = config;
  }

  override build(shape: tf.Shape): void {
    const { name, seed } = this.config;
    const near = tf.initializers.randomNormal({ stddev: 0.1, seed: seedFor(seed, name) });
    this.vector = this.addWeight("vector", [shape[2]!], "float32", near);
    super.build(shape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => [inputs].flat()[0]!.add(this.vector.read()));
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

tf.serialization.registerClass(ModalityVector);
