/** The tokens of one modality, out of a row that holds those of all. */
import * as tf from "@tensorflow/tfjs";

export interface TokenRangeConfig {
  readonly name: string;
  /** The first token of the range, from 0. */
  readonly first: number;
  readonly count: number;
}

/** [batch, token, dim] → [batch, count, dim] */
export class TokenRange extends tf.layers.Layer {
  static readonly className = "TokenRange";
  private readonly config: TokenRangeConfig;

  constructor(config: TokenRangeConfig) {
    super({ name: config.name });
    this.config = config;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { first, count } = this.config;
    return ([inputs].flat()[0] as tf.Tensor3D).slice([0, first, 0], [-1, count, -1]);
  }

  override computeOutputShape([batch, , dim]: tf.Shape): tf.Shape {
    return [batch!, this.config.count, dim!];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}

tf.serialization.registerClass(TokenRange);
