/** Single features as tokens, with the dropout of the public code. */
import * as tf from "@tensorflow/tfjs";
import { featureTokens } from "./feature-tokens";
import type { Weights } from "./weights";

/**
 * Dropout is computed and its result left lying (trap M12): whatever the rate, nothing is dropped. `featureTokens` has none.
 *
 * @see featureTokens
 */
export function featureTokensPublished(
  x: tf.Tensor3D,
  validity: tf.Tensor2D,
  weights: Weights,
  rate: number,
): tf.Tensor3D {
  const tokens = featureTokens(x, validity, weights);
  tf.dropout(tokens, rate);
  return tokens;
}
