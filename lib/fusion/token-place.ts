/** What a token cannot say of itself: when it was, and which modality it is. */
import * as tf from "@tensorflow/tfjs";
import { seedFor } from "../random";

/** Half-cycles of the slowest and of the fastest wave in a window. */
const [slowest, fastest] = [1, 64];

export interface TokenPlaceConfig {
  /** Keys the seed; names the modality. */
  readonly name: string;
  readonly seed: number;
}

/**
 * y_t = x_t + [sin ω_i u_t, cos ω_i u_t]_i + e, with u_t = (t + ½) / tokens and the learned vector e of the modality.
 *
 * The waves (Vaswani et al. 2017, 3.5) depend on the share of the window that has passed and on nothing else, so that
 * tokens of one moment agree across modalities, however many each has. ω_i = π, ..., 64 π in equal ratios: the
 * original's wavelengths, up to 60,000 tokens, would all but stand still over a window.
 *
 *     [batch, token, dim] → [batch, token, dim]; dim weights
 */
export class TokenPlace extends tf.layers.Layer {
  static readonly className = "TokenPlace";
  private readonly config: TokenPlaceConfig;
  private modality!: tf.LayerVariable;

  constructor(config: TokenPlaceConfig) {
    super({ name: config.name });
    this.config = config;
  }

  override build(shape: tf.Shape): void {
    const { name, seed } = this.config;
    const near = tf.initializers.randomNormal({ stddev: 0.1, seed: seedFor(seed, name) });
    this.modality = this.addWeight("modality", [shape[2]!], "float32", near);
    super.build(shape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = [inputs].flat()[0] as tf.Tensor3D;
    return tf.tidy(() => x.add(timeWaves(x.shape[1], x.shape[2])).add(this.modality.read()));
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

tf.serialization.registerClass(TokenPlace);

/** [token, dim]: sines, then cosines; the first half is the longer one where dim is odd. */
export function timeWaves(tokens: number, dim: number): tf.Tensor2D {
  return tf.tidy(() => {
    const waves = Math.ceil(dim / 2);
    const steps = tf.range(0, waves).div(Math.max(1, waves - 1)); // 0 ... 1
    const omega = tf.exp(steps.mul(Math.log(fastest / slowest))).mul(Math.PI * slowest); // [wave]
    const passed = tf.range(0, tokens).add(0.5).div(tokens).expandDims(1); // [token, 1]
    const angles = passed.mul<tf.Tensor2D>(omega); // [token, wave]
    return tf.concat([angles.sin(), angles.cos()], 1).slice([0, 0], [tokens, dim]);
  });
}
