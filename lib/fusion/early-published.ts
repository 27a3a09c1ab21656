/** Early fusion as published: the vectors times their flags, side by side, and three dense layers. */
import * as tf from "@tensorflow/tfjs";
import { chain } from "../encoders/chain";
import { KeyedDropout } from "../engine/keyed-dropout";
import { publishedDense } from "./published-dense";
import { timesFlags } from "./published-flags";
import { type PublishedOptions, publishedVectors } from "./published-inputs";

/**
 * [f₁ z₁; ...; f_M z_M] → dense, ReLU, dropout → dense, ReLU, dropout → dense. Presence itself is not told: a sensor of
 * zeros and an absent one are the same. Beside encoders: (M · dim + 1) · hidden + (hidden + 1) · (hidden + class) weights.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class]
 */
export function earlyPublished(options: PublishedOptions): tf.LayersModel {
  const { modalities, classes, dim, hidden, dropout, seed } = options;
  const { all, each, presence } = publishedVectors(options);
  const flagged = timesFlags(each, presence);
  const beside = tf.layers.concatenate({ name: "fused" });
  const dense = (name: string, inputs: number, units: number, activation: "relu" | "linear") =>
    publishedDense({ name, inputs, units, activation, seed });
  const logits = chain(
    flagged.length === 1 ? flagged[0]! : (beside.apply(flagged) as tf.SymbolicTensor),
    dense("hidden1", modalities.length * dim, hidden, "relu"),
    new KeyedDropout({ name: "hidden1_dropout", rate: dropout }),
    dense("hidden2", hidden, hidden, "relu"),
    new KeyedDropout({ name: "hidden2_dropout", rate: dropout }),
    dense("logits", hidden, classes, "linear"),
  );
  return tf.model({ inputs: [...all], outputs: logits, name: "early_published" });
}
