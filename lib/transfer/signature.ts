/** What D-CAT moves from one sensor to another: a cross-moment of keys and values, from which the queries have cancelled. */
import type * as tf from "@tensorflow/tfjs";
import { checkShape } from "../shapes";

/**
 * S = Kᵀ V = Σₜ kₜ vₜᵀ: [batch, dim, dim]. The order of time does not matter, and neither does its length but for a factor.
 *
 * Linear attention answers a query q with qᵀ S; what two sensors answer to every query is equal where their S are.
 *
 * @param keys [batch, token, dim]; zeros where a token is invalid
 * @param values [batch, token, dim]
 */
export function signature(keys: tf.Tensor3D, values: tf.Tensor3D): tf.Tensor3D {
  const [batch, token] = keys.shape;
  checkShape("signature: values", values, { batch, token, dim: null }, "give a value for each key");
  return keys.matMul(values, true) as tf.Tensor3D;
}
