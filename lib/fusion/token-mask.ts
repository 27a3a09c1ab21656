/** Which token may look at which, where the tokens of several modalities stand in one row. */
import * as tf from "@tensorflow/tfjs";

/** Tokens of all modalities, or those of the others alone. */
export type Reach = "all" | "others";

export interface TokenMaskConfig {
  readonly name: string;
  /** [modality]: how many tokens each has, in the order of the row. */
  readonly counts: readonly number[];
  /** Or "own": tokens of the same modality alone. */
  readonly reach: Reach | "own";
  /** [count]: whose these tokens are, where a modality has several places in the row; each its own if not given. */
  readonly owners?: readonly number[];
}

/**
 * a_qk = v_q v_k, and with reach "others" 0 where q and k are of one modality, with "own" 0 where they are not. A token
 * that is not there neither asks nor answers. With two tokens of the hand and one of the chest, all valid:
 *
 *     "all"        h  h  c        "others"     h  h  c        "own"        h  h  c
 *             h    1  1  1                h    0  0  1                h    1  1  0
 *             h    1  1  1                h    0  0  1                h    1  1  0
 *             c    1  1  1                c    1  1  0                c    0  0  1
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
    const { counts, reach, owners = counts.map((_, modality) => modality) } = this.config;
    return tf.tidy(() => {
      const both = validity.expandDims(2).mul(validity.expandDims(1)); // [batch, query, key]
      if (reach === "all") return both;
      const owner = tf.concat(counts.map((count, i) => tf.fill([count], owners[i]!)));
      const same = owner.expandDims(1).equal(owner);
      return both.mul((reach === "own" ? same : same.logicalNot()).cast("float32"));
    });
  }

  override computeOutputShape([batch, token]: tf.Shape): tf.Shape {
    return [batch!, token!, token!];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { counts, reach, owners } = this.config;
    return { ...super.getConfig(), counts: [...counts], reach, ...(owners && { owners: [...owners] }) };
  }
}

tf.serialization.registerClass(TokenMask);
