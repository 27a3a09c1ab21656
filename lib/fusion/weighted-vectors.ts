/** Fusion by weights, of vectors: one vector out of all, each modality with its share. */
import * as tf from "@tensorflow/tfjs";
import { chain } from "../encoders/chain";
import { dense } from "../encoders/dense";
import { LayerNorm } from "../encoders/layer-norm";
import { KeyedDropout } from "../engine/keyed-dropout";
import type { ClassifierOptions } from "./classifier";
import { FusionWeights, WeightedSum } from "./fusion-weights";
import { fusionWeightsName } from "./fusion-weights-of";
import { stack } from "./stack";

/**
 * w = softmax of u_m · x_m + b_m over the modalities that are heard, each with a score of its own; scores start at 0,
 * so that all that are heard count alike. The layer is the one that `fusionWeightsOf` reads.
 *
 * @param vectors [modality] of [batch, feature]
 * @param heard [batch, modality]
 * @returns [batch, modality]
 */
export function scoredWeights(
  names: readonly string[],
  vectors: readonly tf.SymbolicTensor[],
  heard: tf.SymbolicTensor,
): tf.SymbolicTensor {
  const scores = vectors.map((x, m) => {
    const kernelInitializer = tf.initializers.zeros();
    const score = tf.layers.dense({ name: `${names[m]!}_score`, units: 1, kernelInitializer });
    return score.apply(x) as tf.SymbolicTensor; // [batch, 1]
  });
  const row =
    scores.length === 1
      ? scores[0]!
      : (tf.layers.concatenate({ name: "scores" }).apply(scores) as tf.SymbolicTensor);
  return new FusionWeights({ name: fusionWeightsName }).apply([row, heard]) as tf.SymbolicTensor;
}

/**
 * Σ_m w_m (P_m z_m + b_m) → layer norm, ReLU, dropout → dense.
 *
 * Each modality has a projection of its own, since a sum of bare vectors would not know whose they are: with equal
 * weights this is early fusion's hidden layer. The norm makes one modality alone as loud as all together.
 *
 * @param vectors [modality] of [batch, dim]
 * @param weights [batch, modality]; 0 where a modality has nothing to say
 * @returns [batch, class]
 */
export function classifyWeighted(
  { classes, hidden, dropout, seed }: ClassifierOptions,
  names: readonly string[],
  vectors: readonly tf.SymbolicTensor[],
  weights: tf.SymbolicTensor,
): tf.SymbolicTensor {
  const projected = vectors.map((vector, m) =>
    chain(vector, dense({ name: `${names[m]!}_project`, units: hidden, seed })),
  );
  const fused = new WeightedSum({ name: "fused" }).apply([stack("projected", projected), weights]);
  return chain(
    fused as tf.SymbolicTensor,
    new LayerNorm({ name: "fused_norm" }),
    tf.layers.reLU({ name: "fused_relu" }),
    new KeyedDropout({ name: "fused_dropout", rate: dropout }),
    dense({ name: "logits", units: classes, seed }),
  );
}
