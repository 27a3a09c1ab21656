/** Gated fusion: all modalities together say how far each channel of each is let through. */
import * as tf from "@tensorflow/tfjs";
import { scaleChannels } from "./channel-scale";
import { classify } from "./classifier";
import type { EarlyFusionOptions } from "./early";
import { fusionInputs } from "./inputs";

/**
 * g_m = σ(W_m [z₁; ...; z_M; presence] + b_m);  [g₁ ⊙ z₁; ...; g_M ⊙ z_M; presence] → dense, ReLU, dropout → dense
 *
 * after the gated multimodal unit (Arevalo et al. 2017), with a gate for each number and any number of modalities. All
 * gates start half open, whatever the data: early fusion of halved vectors. The layer `<modality>_gate` answers with g_m
 * [batch, dim]; an absent modality's z is 0, and so is what its gate lets through.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class]
 */
export function gatedFusion(options: EarlyFusionOptions): tf.LayersModel {
  const { modalities, encoder, dim, seed, channelScales = false } = options;
  const inputs = fusionInputs(modalities);
  const vectors = inputs.modalities.map(({ shape: { name, time, channels }, values, validity }) => {
    const { pooled } = encoder({ modality: name, time, channels, dim, seed })(values, validity);
    return scaleChannels(name, pooled, channelScales);
  });
  const together = tf.layers.concatenate({ name: "together" }).apply([...vectors, inputs.presence]);
  const passed = vectors.map((vector, m) => {
    const { name } = modalities[m]!;
    const kernelInitializer = tf.initializers.zeros();
    const gate = tf.layers
      .dense({ name: `${name}_gate`, units: dim, activation: "sigmoid", kernelInitializer })
      .apply(together) as tf.SymbolicTensor;
    return tf.layers.multiply({ name: `${name}_gated` }).apply([gate, vector]) as tf.SymbolicTensor;
  });
  const fused = tf.layers.concatenate({ name: "fused" }).apply([...passed, inputs.presence]);
  const logits = classify(options, fused as tf.SymbolicTensor);
  return tf.model({ inputs: [...inputs.all], outputs: logits, name: "gated_fusion" });
}
