/** What a token cannot say of itself: when it was. */
import * as tf from "@tensorflow/tfjs";

/** Half-cycles of the slowest and of the fastest wave in a window. */
const [slowest, fastest] = [1, 16];

/**
 * [sin ω_i u_t, cos ω_i u_t]_i with u_t = (t + ½) / tokens, and ω_i = π, ..., 16 π in equal ratios.
 *
 * The waves (Vaswani et al. 2017, 3.5) depend on the share of the window that has passed and on nothing else, so that
 * tokens of one moment agree across modalities, however many each has. The original's wavelengths, 6 to 60,000 tokens,
 * would leave most of them standing still over a window.
 *
 * @returns [token, dim]: sines, then cosines; one sine more where dim is odd
 */
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

export interface AddTimeWavesConfig {
  readonly name: string;
  /** [modality]: how many of the tokens are each one's, whose window begins anew; all are one's if not given. */
  readonly counts?: readonly number[];
}

/** x + waves: [batch, token, dim] → [batch, token, dim], without weights. */
export class AddTimeWaves extends tf.layers.Layer {
  static readonly className = "AddTimeWaves";
  private readonly config: AddTimeWavesConfig;

  constructor(config: AddTimeWavesConfig) {
    super({ name: config.name });
    this.config = config;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = [inputs].flat()[0] as tf.Tensor3D;
    const { counts = [x.shape[1]] } = this.config;
    return tf.tidy(() => x.add(tf.concat(counts.map((count) => timeWaves(count, x.shape[2])))));
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { counts } = this.config;
    return { ...super.getConfig(), ...(counts && { counts: [...counts] }) };
  }
}

tf.serialization.registerClass(AddTimeWaves);
