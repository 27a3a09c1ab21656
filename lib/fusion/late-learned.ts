/** Late fusion with learned weights: some modalities count more than others, in every window alike. */
import * as tf from "@tensorflow/tfjs";
import type { EarlyFusionOptions } from "./early";
import { PreferredWeights, WeightedSum } from "./fusion-weights";
import { fusionWeightsName } from "./fusion-weights-of";
import { lateHeads } from "./late-heads";

/**
 * Σ_m w_m logits_m, w = softmax of one learned score a modality over those that are heard: an absent modality's share
 * goes to the others. Starts as the mean.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class]
 */
export function lateLearnedFusion(options: EarlyFusionOptions): tf.LayersModel {
  const { inputs, logits, heard } = lateHeads(options);
  const weights = new PreferredWeights({ name: fusionWeightsName }).apply(heard) as tf.SymbolicTensor;
  const fused = new WeightedSum({ name: "logits" }).apply([logits, weights]) as tf.SymbolicTensor;
  return tf.model({ inputs: [...inputs.all], outputs: fused, name: "late_learned_fusion" });
}
