/** Late fusion with equal weights: the mean of what the modalities that are there say. */
import * as tf from "@tensorflow/tfjs";
import type { EarlyFusionOptions } from "./early";
import { EqualWeights, WeightedSum } from "./fusion-weights";
import { lateHeads } from "./late-heads";

/**
 * Σ_m h_m logits_m / Σ_m h_m over the modalities that are heard.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class]
 */
export function lateMeanFusion(options: EarlyFusionOptions): tf.LayersModel {
  const { inputs, logits, heard } = lateHeads(options);
  const weights = new EqualWeights({ name: "equal_weights" }).apply(heard) as tf.SymbolicTensor;
  const fused = new WeightedSum({ name: "logits" }).apply([logits, weights]) as tf.SymbolicTensor;
  return tf.model({ inputs: [...inputs.all], outputs: fused, name: "late_mean_fusion" });
}
