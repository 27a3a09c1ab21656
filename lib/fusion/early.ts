/** Early fusion: the modalities' vectors side by side, then one classifier for all. */
import * as tf from "@tensorflow/tfjs";
import type { EncoderFactory } from "../encoders/encoder";
import { scaleChannels } from "./channel-scale";
import { classify } from "./classifier";
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
  /** A learned gain for each channel of each modality's vector or tokens; no by default. */
  readonly channelScales?: boolean;
}

/**
 * [z₁; ...; z_M; presence] → dense, ReLU, dropout → dense. An absent modality's z is 0, and its flag says that the
 * zero means absence.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class]
 */
export function earlyFusion(options: EarlyFusionOptions): tf.LayersModel {
  const { modalities, encoder, dim, seed, channelScales = false } = options;
  const inputs = fusionInputs(modalities);
  const vectors = inputs.modalities.map(({ shape: { name, time, channels }, values, validity }) => {
    const { pooled } = encoder({ modality: name, time, channels, dim, seed })(values, validity);
    return scaleChannels(name, pooled, channelScales);
  });
  const fused = tf.layers.concatenate({ name: "fused" }).apply([...vectors, inputs.presence]);
  const logits = classify(options, fused as tf.SymbolicTensor);
  return tf.model({ inputs: [...inputs.all], outputs: logits, name: "early_fusion" });
}
