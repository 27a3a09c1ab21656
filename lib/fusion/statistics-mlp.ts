/** A few dense layers on the statistics of all modalities at once: what a network makes of features that we chose. */
import * as tf from "@tensorflow/tfjs";
import { dense } from "../encoders/dense";
import { PresentSteps } from "../encoders/keep-valid";
import { openFeatures } from "../encoders/open-features";
import { KeyedDropout } from "../engine/keyed-dropout";

export interface StatisticsMlpOptions {
  /** In the order of the presence axis. */
  readonly modalities: readonly { readonly name: string; readonly features: number }[];
  readonly classes: number;
  readonly hidden: number;
  readonly dropout: number;
  readonly seed: number;
}

/**
 * [statistics of all modalities, 0 where missing; presence] → [dense, ReLU, dropout] × 2 → dense.
 *
 *     <modality>_values [batch, feature], <modality>_validity [batch, feature], presence [batch, modality] → [batch, class]
 */
export function statisticsMlp({
  modalities,
  classes,
  hidden,
  dropout,
  seed,
}: StatisticsMlpOptions): tf.LayersModel {
  const presence = tf.input({ shape: [modalities.length], name: "presence" });
  const each = modalities.map(({ name, features }, modality) => {
    const values = tf.input({ shape: [features], name: `${name}_values` });
    const given = tf.input({ shape: [features], name: `${name}_validity` });
    const present = new PresentSteps({ modality, name: `${name}_present_features` });
    const open = openFeatures(name, values, present.apply([given, presence]) as tf.SymbolicTensor);
    const flat = tf.layers.flatten({ name: `${name}_row` }).apply(open.values) as tf.SymbolicTensor;
    return { inputs: [values, given], flat };
  });
  const parts = [...each.map(({ flat }) => flat), presence];
  let x = tf.layers.concatenate({ name: "statistics" }).apply(parts) as tf.SymbolicTensor;
  for (const layer of [
    dense({ name: "hidden1", units: hidden, seed, activation: "relu" }),
    new KeyedDropout({ name: "hidden1_dropout", rate: dropout }),
    dense({ name: "hidden2", units: hidden, seed, activation: "relu" }),
    new KeyedDropout({ name: "hidden2_dropout", rate: dropout }),
    dense({ name: "logits", units: classes, seed }),
  ])
    x = layer.apply(x) as tf.SymbolicTensor;
  const inputs = [...each.flatMap((modality) => modality.inputs), presence];
  return tf.model({ inputs, outputs: x, name: "statistics_mlp" });
}
