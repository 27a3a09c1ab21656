/** The published classifier of EEG and audio: two hidden layers, the second as wide as a modality's vector. */
import type * as tf from "@tensorflow/tfjs";
import { chain } from "../encoders/chain";
import { dense } from "../encoders/dense";
import { KeyedDropout } from "../engine/keyed-dropout";
import type { EarlyFusionOptions } from "./early";

/** dense, ReLU, dropout → dense, ReLU, dropout → dense: `dim` → `hidden` → `dim` → `classes`, as 128-256-128-5. */
export const classifyDeeply = (
  { classes, dim, hidden, dropout, seed }: EarlyFusionOptions,
  fused: tf.SymbolicTensor,
): tf.SymbolicTensor =>
  chain(
    fused,
    dense({ name: "hidden1", units: hidden, seed, activation: "relu" }),
    new KeyedDropout({ name: "hidden1_dropout", rate: dropout }),
    dense({ name: "hidden2", units: dim, seed, activation: "relu" }),
    new KeyedDropout({ name: "hidden2_dropout", rate: dropout }),
    dense({ name: "logits", units: classes, seed }),
  );
