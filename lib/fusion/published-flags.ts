/** What early and late fusion do with a flag, as published: the sensor's vector times it. */
import * as tf from "@tensorflow/tfjs";

interface TimesFlagConfig {
  readonly name: string;
  /** Its place on the presence axis. */
  readonly modality: number;
}

/** x · f: vector [batch, dim], presence [batch, modality] → [batch, dim]; NaN · 0 is NaN, as in the original. */
export class TimesFlag extends tf.layers.Layer {
  static readonly className = "TimesFlag";
  private readonly config: TimesFlagConfig;

  constructor(config: TimesFlagConfig) {
    super({ name: config.name });
    this.config = config;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [vector, presence] = inputs as [tf.Tensor2D, tf.Tensor2D];
    return tf.tidy(() => vector.mul(presence.slice([0, this.config.modality], [-1, 1])));
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    return shapes[0]!;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

tf.serialization.registerClass(TimesFlag);

/** [modality]: each vector times its flag. */
export const timesFlags = (
  each: readonly { readonly name: string; readonly vector: tf.SymbolicTensor }[],
  presence: tf.SymbolicTensor,
): tf.SymbolicTensor[] =>
  each.map(
    ({ name, vector }, modality) =>
      new TimesFlag({ name: `${name}_flagged`, modality }).apply([vector, presence]) as tf.SymbolicTensor,
  );
