/** What has been fused, or the first modality alone where the second is absent. */
import * as tf from "@tensorflow/tfjs";
import { keepWhere } from "../engine/keep-where";

/** fused [batch, dim], alone [batch, dim], presence [batch, modality] → [batch, dim] */
export class OrAlone extends tf.layers.Layer {
  static readonly className = "OrAlone";
  private readonly config: { readonly name: string; readonly modality: number };

  /** @param config `modality` is the place on the presence axis of the one that may be absent */
  constructor(config: { readonly name: string; readonly modality: number }) {
    super({ name: config.name });
    this.config = config;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [fused, alone, presence] = inputs as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    return tf.tidy(() => {
      const there = presence.slice([0, this.config.modality], [-1, 1]); // [batch, 1]
      return keepWhere(fused, there).add(keepWhere(alone, tf.sub(1, there)));
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    return shapes[0]!;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

tf.serialization.registerClass(OrAlone);
