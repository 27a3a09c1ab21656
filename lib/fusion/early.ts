/** Early fusion: the modalities' vectors side by side, then one classifier for all. */
import * as tf from "@tensorflow/tfjs";
import type { EncoderFactory } from "../encoders/encoder";
import { KeyedDropout } from "../engine/keyed-dropout";
import { seedFor } from "../random";
import { fusionInputs, type ModalityShape } from "./inputs";

export interface EarlyFusionOptions {
  readonly modalities: readonly ModalityShape[];
  readonly classes: number;
  readonly encoder: EncoderFactory;
  /** Width of an encoder's output. */
  readonly dim: number;
  /** Width of the hidden layer. */
  readonly hidden: number;
  readonly dropout: number;
  readonly seed: number;
}

/**
 * [z₁; ...; z_M; presence] → dense, ReLU, dropout → dense. An absent modality's z is 0, and its flag says that the
 * zero means absence.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class]
 */
export function earlyFusion(options: EarlyFusionOptions): tf.LayersModel {
  const { modalities, classes, encoder, dim, hidden, dropout, seed } = options;
  const inputs = fusionInputs(modalities);
  const vectors = inputs.modalities.map(({ shape: { name, time, channels }, values, validity }) => {
    const encode = encoder({ modality: name, time, channels, dim, seed });
    return encode(values, validity).pooled;
  });
  const dense = (name: string, units: number, activation: "relu" | "linear") =>
    tf.layers.dense({
      name,
      units,
      activation,
      kernelInitializer: tf.initializers.glorotUniform({ seed: seedFor(seed, name) }),
    });
  let x = tf.layers.concatenate({ name: "fused" }).apply([...vectors, inputs.presence]) as tf.SymbolicTensor;
  for (const layer of [
    dense("hidden", hidden, "relu"),
    new KeyedDropout({ name: "hidden_dropout", rate: dropout }),
    dense("logits", classes, "linear"),
  ])
    x = layer.apply(x) as tf.SymbolicTensor;
  return tf.model({ inputs: [...inputs.all], outputs: x, name: "early_fusion" });
}
