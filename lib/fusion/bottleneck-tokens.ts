/** The few tokens through which all that modalities tell each other must pass. */
import * as tf from "@tensorflow/tfjs";
import { seedFor } from "../random";

export interface BottleneckConfig {
  /** Keys the seed. */
  readonly name: string;
  /** Bottleneck tokens; each modality has a copy of all. */
  readonly tokens: number;
  readonly dim: number;
  readonly seed: number;
}

/**
 * The same learned tokens for each modality: heard [batch, modality] → [batch, modality · token, dim], one modality's
 * after the other's. Weights: tokens [token, dim], of deviation 0.02 at first.
 */
export class BottleneckTokens extends tf.layers.Layer {
  static readonly className = "BottleneckTokens";
  private readonly config: BottleneckConfig;
  private tokens!: tf.LayerVariable;

  constructor(config: BottleneckConfig) {
    super({ name: config.name });
    this.config = config;
  }

  override build(shape: tf.Shape): void {
    const { name, tokens, dim, seed } = this.config;
    const small = tf.initializers.randomNormal({ stddev: 0.02, seed: seedFor(seed, name) });
    this.tokens = this.addWeight("tokens", [tokens, dim], "float32", small);
    super.build(shape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [batch, modalities] = ([inputs].flat()[0] as tf.Tensor2D).shape;
    return tf.tidy(() => this.tokens.read().expandDims(0).tile([batch, modalities, 1]));
  }

  override computeOutputShape([batch, modalities]: tf.Shape): tf.Shape {
    const { tokens, dim } = this.config;
    return [batch!, modalities! * tokens, dim];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

/**
 * What the modalities have made of their copies, in the mean over those that are heard, copied to all again.
 *
 *     tokens [batch, modality · token, dim], weights [batch, modality] → [batch, modality · token, dim]
 */
export class AgreedTokens extends tf.layers.Layer {
  static readonly className = "AgreedTokens";

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [copies, weights] = inputs as [tf.Tensor3D, tf.Tensor2D];
    const [batch, all, dim] = copies.shape;
    const modalities = weights.shape[1];
    return tf.tidy(() => {
      const each = copies.reshape([batch, modalities, (all / modalities) * dim]);
      const mean = each.mul(weights.expandDims(2)).sum(1); // [batch, token · dim]
      return mean.reshape([batch, all / modalities, dim]).tile([1, modalities, 1]);
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    return shapes[0]!;
  }
}

/** Which copies are there: heard [batch, modality] → [batch, modality · token], each as often as there are tokens. */
export class EachToken extends tf.layers.Layer {
  static readonly className = "EachToken";
  private readonly tokens: number;

  constructor(config: { readonly name: string; readonly tokens: number }) {
    super({ name: config.name });
    this.tokens = config.tokens;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const heard = [inputs].flat()[0] as tf.Tensor2D;
    const [batch, modalities] = heard.shape;
    return tf.tidy(() =>
      heard
        .expandDims(2)
        .tile([1, 1, this.tokens])
        .reshape([batch, modalities * this.tokens]),
    );
  }

  override computeOutputShape([batch, modalities]: tf.Shape): tf.Shape {
    return [batch!, modalities! * this.tokens];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), tokens: this.tokens };
  }
}

tf.serialization.registerClass(BottleneckTokens);
tf.serialization.registerClass(AgreedTokens);
tf.serialization.registerClass(EachToken);
