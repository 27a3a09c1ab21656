/** Which token may look at which, where the tokens of several modalities stand in one row. */
import * as tf from "@tensorflow/tfjs";

/** Tokens of all modalities, or those of the others alone. */
export type Reach = "all" | "others";

export interface TokenMaskConfig {
  readonly name: string;
  /** [modality]: how many tokens each has, in the order of the row. */
  readonly counts: readonly number[];
  readonly reach: Reach;
}

/**
 * a_qk = v_q v_k, and with reach "others" 0 where q and k are of one modality. A token that is not there neither
 * asks nor answers. With two tokens of the hand and one of the chest, all valid:
 *
 *     "all"        h  h  c        "others"     h  h  c
 *             h    1  1  1                h    0  0  1
 *             h    1  1  1                h    0  0  1
 *             c    1  1  1                c    1  1  0
 *
 * Validity [batch, token] → [batch, query, key]
 */
export class TokenMask extends tf.layers.Layer {
  static readonly className = "TokenMask";
  private readonly config: TokenMaskConfig;

  constructor(config: TokenMaskConfig) {
    super({ name: config.name });
    this.config = config;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const validity = [inputs].flat()[0] as tf.Tensor2D;
    const { counts, reach } = this.config;
    return tf.tidy(() => {
      const both = validity.expandDims(2).mul(validity.expandDims(1)); // [batch, query, key]
      if (reach === "all") return both;
      const owner = tf.concat(counts.map((count, modality) => tf.fill([count], modality)));
      return both.mul(owner.expandDims(1).notEqual(owner).cast("float32"));
    });
  }

  override computeOutputShape([batch, token]: tf.Shape): tf.Shape {
    return [batch!, token!, token!];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { counts, reach } = this.config;
    return { ...super.getConfig(), counts: [...counts], reach };
  }
}

tf.serialization.registerClass(TokenMask);
