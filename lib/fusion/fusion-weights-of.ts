/** How much each modality counts, read from the model that decides. */
import * as tf from "@tensorflow/tfjs";

/** The layer whose output is the weights. */
export const fusionWeightsName = "fusion_weights";

/** Does this model weigh its modalities? */
export const hasFusionWeights = (model: tf.LayersModel): boolean =>
  model.layers.some(({ name }) => name === fusionWeightsName);

/**
 * A model that shares the weights of a fusion by weights, trained or loaded, and answers with these: [batch, modality],
 * in the order of the modalities; they sum to 1, or are all 0 where no modality is heard.
 *
 * @throws where the model weighs nothing
 */
export function fusionWeightsOf(model: tf.LayersModel): tf.LayersModel {
  if (!hasFusionWeights(model))
    throw new Error(
      `fusionWeightsOf: expected a layer "${fusionWeightsName}", got a model "${model.name}" without it; build it with a fusion that weighs modalities, such as hybridFusion`,
    );
  const weights = model.getLayer(fusionWeightsName).output as tf.SymbolicTensor;
  return tf.model({ inputs: model.inputs, outputs: weights, name: "fusion_weights_of" });
}
