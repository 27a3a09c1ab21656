/** The door of encoders of vectors: a missing feature, NaN included, closes itself and no other. */
import * as tf from "@tensorflow/tfjs";
import { openSteps } from "./open-steps";

/**
 * A row of features goes through the door of sequences as steps of one channel.
 *
 * @param values [batch, feature]
 * @param validity [batch, feature]
 * @returns values [batch, feature, 1], 0 where closed, and validity [batch, feature] of the open features
 */
export function openFeatures(
  modality: string,
  values: tf.SymbolicTensor,
  validity: tf.SymbolicTensor,
): { readonly values: tf.SymbolicTensor; readonly validity: tf.SymbolicTensor } {
  return openSteps(modality, asSteps(modality, values), validity);
}

/** [batch, feature] → [batch, feature, 1] */
export function asSteps(modality: string, values: tf.SymbolicTensor): tf.SymbolicTensor {
  const name = `${modality}_features`;
  return tf.layers.reshape({ name, targetShape: [values.shape[1]!, 1] }).apply(values) as tf.SymbolicTensor;
}
