/** Who is there by the lights of the published hybrid: flags, and encoders that answered `None`. */
import * as tf from "@tensorflow/tfjs";

export interface PublishedAbsenceConfig {
  readonly name: string;
  /** What a NaN closes: its window's vector, and the sensor only where no window of the `batch` is whole; or the sensor for its `window`. */
  readonly gaps: "batch" | "window";
  /** The `continue` that is missing below a check for vectors of zeros: without it a sensor of zeros loses its flag, not its token. */
  readonly skipZeros: boolean;
}

/**
 * token = 1 unless the encoder answered `None`; flags = presence · token.
 *
 * The original also clears the flag where all of the batch's vectors of a sensor are closer to 0 than 10⁻⁸, which no encoder
 * with a bias says of anything: what is left of that check here is what its `continue` would do.
 *
 *     presence [batch, modality], vectors M · [batch, dim], whole M · [batch, 1] → flags, tokens [batch, modality]
 */
export class PublishedAbsence extends tf.layers.Layer {
  static readonly className = "PublishedAbsence";
  private readonly config: PublishedAbsenceConfig;

  constructor(config: PublishedAbsenceConfig) {
    super({ name: config.name });
    this.config = config;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor[] {
    const [presence, ...rest] = inputs as tf.Tensor2D[];
    const [vectors, whole] = [rest.slice(0, rest.length / 2), rest.slice(rest.length / 2)];
    const { gaps, skipZeros } = this.config;
    return tf.tidy(() => {
      const open = tf.concat(whole, 1) as tf.Tensor2D; // [batch, modality]
      const answered = gaps === "window" ? open : open.max(0, true).mul(tf.onesLike(open));
      const flags = presence!.mul(answered);
      if (!skipZeros) return [flags, answered];
      const zeros = tf.concat(vectors.map(allClose), 1); // [1, modality]
      return [flags, answered.mul(tf.sub(1, zeros))];
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape[] {
    return [shapes[0]!, shapes[0]!];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

tf.serialization.registerClass(PublishedAbsence);

/** `torch.allclose(x, 0)` over a batch: [batch, dim] → [1, 1] */
function allClose(x: tf.Tensor): tf.Tensor {
  const check = tf.customGrad((x, save) => {
    (save as tf.GradSaveFunc)([x as tf.Tensor]);
    return {
      value: (x as tf.Tensor).abs().max().lessEqual(1e-8).cast("float32").reshape([1, 1]),
      gradFunc: (_, [x]) => tf.zerosLike(x!), // a jump, flat on both sides
    };
  });
  return check(x);
}
