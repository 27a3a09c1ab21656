/** Who may look at whom where whole modalities are absent. */
import * as tf from "@tensorflow/tfjs";
import { checkShape } from "../shapes";

/**
 * Every query may look at the tokens of the modalities that are present. With two tokens of the hand, one of the heart:
 *
 *     hand  heart    hand 1  hand 2  heart 1
 *        1      1         1       1        1
 *        1      0         1       1        0
 *        0      1         0       0        1
 *        0      0         0       0        0
 *
 * @param presence [batch, modality]
 * @param tokens [modality], how many keys each modality has, in the order of the presence axis
 * @returns [batch, 1, 1, key]; times another mask, both hold
 */
export function presenceMask(presence: tf.Tensor2D, tokens: readonly number[]): tf.Tensor4D {
  const axes = { batch: null, modality: tokens.length };
  checkShape("presenceMask: presence", presence, axes, "give one number of tokens for each modality");
  return tf.tidy(() => {
    const each = tf.split(presence, tokens.length, 1); // [batch, 1] each
    const keys = tf.concat(
      each.map((present, m) => present.tile([1, tokens[m]!])),
      1,
    );
    return keys.expandDims(1).expandDims(1);
  });
}
