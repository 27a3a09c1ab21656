/** A row of features as a set of tokens, one each: which feature it is, and how much of it there is. */
import * as tf from "@tensorflow/tfjs";
import { seedFor } from "../random";
import { chain } from "./chain";
import { dense } from "./dense";
import { KeepValid } from "./keep-valid";
import { LayerNorm } from "./layer-norm";
import { MaskedMean } from "./masked-mean";
import { openFeatures } from "./open-features";
import type { VectorEncoderFactory } from "./vector-encoder";

export interface TabularOptions {
  /** Width of the hidden layer that sees a value. */
  readonly hidden: number;
}

/**
 * token_f = e_f + LN(W₂ relu(W₁ v_f + b₁) + b₂): the embedding of the feature's number and an MLP of its value that all
 * features share (spec of MCA's `TabularEncoder`). A missing feature is an invalid token. Pooled: the mean over valid
 * tokens.
 *
 * The published limits, values below 100 and embeddings of length 1 at most, are left out: values are standardised
 * before, and embeddings begin with length 1.
 *
 * Parameters: feature · dim + 2 hidden + (hidden + 1) dim + 2 dim.
 *
 *     [batch, feature] → [batch, feature, dim] → [batch, dim]
 */
export const tabularTokeniser =
  ({ hidden }: TabularOptions): VectorEncoderFactory =>
  ({ modality, dim, seed }) =>
  (values, validity) => {
    const open = openFeatures(modality, values, validity);
    const x = chain(
      open.values,
      dense({ name: `${modality}_value1`, units: hidden, seed, activation: "relu" }),
      dense({ name: `${modality}_value2`, units: dim, seed }),
      new LayerNorm({ name: `${modality}_value_norm` }),
      new AddFeatureEmbedding({ name: `${modality}_embedding`, seed }),
    );
    const keep = new KeepValid({ name: `${modality}_keep_tokens` });
    const mean = new MaskedMean({ name: `${modality}_mean` });
    return {
      tokens: keep.apply([x, open.validity]) as tf.SymbolicTensor,
      validity: open.validity,
      pooled: mean.apply([x, open.validity]) as tf.SymbolicTensor,
    };
  };

/** x_f + e_f: [batch, feature, dim] → [batch, feature, dim];  weights: embedding [feature, dim] */
class AddFeatureEmbedding extends tf.layers.Layer {
  static readonly className = "AddFeatureEmbedding";
  private readonly seed: number;
  private embedding!: tf.LayerVariable;

  constructor(config: { readonly name: string; readonly seed: number }) {
    super({ name: config.name });
    this.seed = config.seed;
  }

  override build(shape: tf.Shape): void {
    const [, features, dim] = shape as [number, number, number];
    const initial = tf.initializers.randomNormal({
      ...{ mean: 0, stddev: 1 / Math.sqrt(dim) }, // a length of about 1
      seed: seedFor(this.seed, this.name),
    });
    this.embedding = this.addWeight("embedding", [features, dim], "float32", initial);
    super.build(shape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => [inputs].flat()[0]!.add(this.embedding.read()));
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), seed: this.seed };
  }
}

tf.serialization.registerClass(AddFeatureEmbedding);
