/** Adaptive fusion: what a modality counts depends on what it sees and on who else is there. */
import * as tf from "@tensorflow/tfjs";
import { chain } from "../encoders/chain";
import { dense } from "../encoders/dense";
import type { EarlyFusionOptions } from "./early";
import { scaleChannels } from "./channel-scale";
import { heardOf } from "./heard";
import { fusionInputs } from "./inputs";
import { classifyWeighted, scoredWeights } from "./weighted-vectors";

/**
 * s_m = u_m · ReLU(W_m [z_m; mask] + c_m) + b_m;  w = softmax of s over the modalities in the mask.
 *
 * Scores start at 0, so that all that are there count alike.
 *
 * @param modalityFeatures by name, in the order of the mask: [batch, dim]
 * @param modalityMask [batch, modality]; 1 where a modality has something to say
 * @returns [batch, modality]; 0 where the mask is 0
 */
export function adaptiveWeights(
  modalityFeatures: Readonly<Record<string, tf.SymbolicTensor>>,
  modalityMask: tf.SymbolicTensor,
  seed: number,
): tf.SymbolicTensor {
  const situations = Object.entries(modalityFeatures).map(([name, features]) => {
    const seen = tf.layers.concatenate({ name: `${name}_situation` }).apply([features, modalityMask]);
    const units = features.shape[1]!;
    return chain(
      seen as tf.SymbolicTensor,
      dense({ name: `${name}_situation_hidden`, units, seed, activation: "relu" }),
    );
  });
  return scoredWeights(Object.keys(modalityFeatures), situations, modalityMask);
}

/**
 * `AdaptiveFusion(modality_features, modality_mask)` of the assignment: adaptive weights of the encoders' vectors, then
 * `classifyWeighted`.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class]
 */
export function adaptiveFusion(options: EarlyFusionOptions): tf.LayersModel {
  const { modalities, encoder, dim, seed, channelScales = false } = options;
  const inputs = fusionInputs(modalities);
  const names = modalities.map(({ name }) => name);
  const vectors = inputs.modalities.map(({ shape: { name, time, channels }, values, validity }) => {
    const { pooled } = encoder({ modality: name, time, channels, dim, seed })(values, validity);
    return scaleChannels(name, pooled, channelScales);
  });
  const features = Object.fromEntries(vectors.map((vector, m) => [names[m]!, vector]));
  const weights = adaptiveWeights(features, heardOf(inputs), seed);
  const logits = classifyWeighted(options, names, vectors, weights);
  return tf.model({ inputs: [...inputs.all], outputs: logits, name: "adaptive_fusion" });
}
