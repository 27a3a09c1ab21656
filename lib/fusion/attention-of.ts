/** What a fusion with cross-attention looks at, read from the model that decides. */
import * as tf from "@tensorflow/tfjs";

/** The layer whose second output is the weights. */
export const attentionName = "cross_attention";

/**
 * A model that shares the weights of a `crossAttentionFusion`, trained or loaded, and answers with what its tokens look
 * at: [batch, head, query, key], queries and keys in the order of the modalities, a row of 0 where there is no query.
 *
 * @throws where the model is another fusion's
 */
export function attentionOf(model: tf.LayersModel): tf.LayersModel {
  const layer = model.layers.find(({ name }) => name === attentionName);
  if (!layer)
    throw new Error(
      `attentionOf: expected a layer "${attentionName}", got a model "${model.name}" without it; build it with crossAttentionFusion`,
    );
  const [, weights] = layer.output as tf.SymbolicTensor[];
  return tf.model({ inputs: model.inputs, outputs: weights!, name: "attention_weights" });
}
