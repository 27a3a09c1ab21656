/** Late fusion by learned uncertainty: a modality that is less sure of this window counts less in it. */
import * as tf from "@tensorflow/tfjs";
import type { EarlyFusionOptions } from "./early";
import { WeightedSum } from "./fusion-weights";
import { lateHeads } from "./late-heads";
import { scoredWeights } from "./weighted-vectors";

/**
 * Σ_m w_m logits_m, w_m = (1 / σ²_m) / Σₖ (1 / σ²_k) over the modalities that are heard, with a variance for each
 * modality and window, -log σ²_m = a_m · hidden_m + b_m: the mean of several measurements that is least uncertain.
 *
 * What makes it learn is the cross-entropy of the fused logits alone. It fixes the ratios of variances and nothing
 * more, which is all that the weights need: σ_m is no error in the units of a logit, as it would be in the loss of
 * Kendall & Gal (2017). Starts as the mean.
 *
 *     <modality>_values [batch, time, channel], <modality>_validity [batch, time], presence [batch, modality] → [batch, class]
 */
export function uncertaintyFusion(options: EarlyFusionOptions): tf.LayersModel {
  const { inputs, hidden, logits, heard } = lateHeads(options);
  const names = options.modalities.map(({ name }) => name);
  const weights = scoredWeights(names, hidden, heard); // a score is -log σ²
  const fused = new WeightedSum({ name: "logits" }).apply([logits, weights]) as tf.SymbolicTensor;
  return tf.model({ inputs: [...inputs.all], outputs: fused, name: "uncertainty_fusion" });
}
