/** The door of every encoder: what was not measured, or belongs to an absent modality, does not come in. */
import * as tf from "@tensorflow/tfjs";
import { keepWhere } from "../engine/keep-where";

/**
 * vₜ · p: a step counts where it was measured and its modality is present.
 *
 *     validity [batch, time], presence [batch, modality] → [batch, time]
 */
export class PresentSteps extends tf.layers.Layer {
  static readonly className = "PresentSteps";
  private readonly modality: number;

  /** @param config `modality` is the place on the presence axis */
  constructor(config: { readonly modality: number; readonly name: string }) {
    super(config);
    this.modality = config.modality;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [validity, presence] = inputs as [tf.Tensor2D, tf.Tensor2D];
    return tf.tidy(() => validity.mul(presence.slice([0, this.modality], [-1, 1])));
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    return shapes[0]!;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), modality: this.modality };
  }
}

/**
 * x where valid, 0 elsewhere, also where x is NaN or infinite: a product with the mask would keep those.
 *
 *     values [batch, time, channel], validity [batch, time] → [batch, time, channel], or tokens in place of time
 */
export class KeepValid extends tf.layers.Layer {
  static readonly className = "KeepValid";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [values, validity] = inputs as [tf.Tensor3D, tf.Tensor2D];
    return tf.tidy(() => keepWhere(values, validity.expandDims(2)));
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    return shapes[0]!;
  }
}

tf.serialization.registerClass(PresentSteps);
tf.serialization.registerClass(KeepValid);
