/** Late fusion as published: a classifier for each sensor, whose weights in the sum do not depend on who is there. */
import * as tf from "@tensorflow/tfjs";
import { chain } from "../encoders/chain";
import { KeyedDropout } from "../engine/keyed-dropout";
import { publishedDense } from "./published-dense";
import { timesFlags } from "./published-flags";
import { type PublishedOptions, publishedVectors } from "./published-inputs";

/** Σ softmax(w)_m z_m: [modality] of [batch, class] → [batch, class];  weights: preference [modality], from zeros */
export class FixedVote extends tf.layers.Layer {
  static readonly className = "FixedVote";
  private preference!: tf.LayerVariable;

  override build(shapes: tf.Shape[]): void {
    this.preference = this.addWeight("preference", [shapes.length], "float32", tf.initializers.zeros());
    super.build(shapes);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const logits = tf.stack([inputs].flat(), 2) as tf.Tensor3D; // [batch, class, modality]
      return logits.mul(tf.softmax(this.preference.read())).sum(2);
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    return shapes[0]!;
  }
}

tf.serialization.registerClass(FixedVote);

/**
 * z_m = dense(dropout(ReLU(dense(f_m · vector)))), Σ softmax(w)_m z_m. The shares are not renormalised: an absent sensor
 * keeps its share, and says what its classifier says of a vector of zeros.
 * Beside encoders: M · ((dim + 1) · hidden + (hidden + 1) · class) + M weights.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class]
 */
export function latePublished(options: PublishedOptions): tf.LayersModel {
  const { classes, dim, hidden, dropout, seed } = options;
  const { all, each, presence } = publishedVectors(options);
  const logits = timesFlags(each, presence).map((vector, m) => {
    const name = each[m]!.name;
    return chain(
      vector,
      publishedDense({ name: `${name}_hidden`, inputs: dim, units: hidden, activation: "relu", seed }),
      new KeyedDropout({ name: `${name}_hidden_dropout`, rate: dropout }),
      publishedDense({ name: `${name}_logits`, inputs: hidden, units: classes, seed }),
    );
  });
  const fused = new FixedVote({ name: "votes" }).apply(logits) as tf.SymbolicTensor;
  return tf.model({ inputs: [...all], outputs: fused, name: "late_published" });
}

/**
 * A model that shares the weights of a `latePublished` and answers with what each sensor says for itself: by modality,
 * [batch, class].
 */
export const publishedVotesOf = (model: tf.LayersModel, names: readonly string[]): tf.LayersModel =>
  tf.model({
    inputs: model.inputs,
    outputs: names.map((name) => model.getLayer(`${name}_logits`).output as tf.SymbolicTensor),
    name: "published_votes",
  });
