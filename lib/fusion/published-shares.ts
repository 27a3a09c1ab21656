/** How much each sensor counts in the published hybrid, and their sum. */
import * as tf from "@tensorflow/tfjs";
import { maskedSoftmax } from "../attention/masked-softmax";

interface PublishedSharesConfig {
  readonly name: string;
  /** Among whom the shares are given out: `all`, as published, or the `present`. */
  readonly among: "all" | "present";
}

/** softmax over modalities: scores [batch, modality, 1], flags [batch, modality] → [batch, modality] */
export class PublishedShares extends tf.layers.Layer {
  static readonly className = "PublishedShares";
  private readonly config: PublishedSharesConfig;

  constructor(config: PublishedSharesConfig) {
    super({ name: config.name });
    this.config = config;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [scores, flags] = inputs as [tf.Tensor3D, tf.Tensor2D];
    return tf.tidy(() => {
      const row = scores.squeeze<tf.Tensor2D>([2]);
      return this.config.among === "all" ? tf.softmax(row) : maskedSoftmax(row, flags);
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    return shapes[1]!;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

/** Σ s_m x_m: shares [batch, modality], x [batch, modality, dim] → [batch, dim] */
export class SharedSum extends tf.layers.Layer {
  static readonly className = "SharedSum";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [shares, x] = inputs as [tf.Tensor2D, tf.Tensor3D];
    return tf.tidy(() => x.mul(shares.expandDims(2)).sum(1));
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    const [batch, , dim] = shapes[1]!;
    return [batch!, dim!];
  }
}

tf.serialization.registerClass(PublishedShares);
tf.serialization.registerClass(SharedSum);
