/** Several sources at once: whose distances count how much, and a map between two sensors' coordinates. */
import * as tf from "@tensorflow/tfjs";

export const combinations = ["sum", "mean", "learned"] as const;
export type Combination = (typeof combinations)[number];

/** What is learned beside the target's weights; nothing of it is kept. */
export interface Learned {
  /** [source]: w, of softmax(w). */
  readonly preference: tf.Variable | undefined;
  /** [dim, dim]: M, of M S_A. */
  readonly map: tf.Variable | undefined;
  /** Those that there are. */
  readonly all: readonly tf.Variable[];
}

/** w = 0 and M = 1: at the beginning all sources count alike, and a signature is itself. */
export function learnedParts(
  sources: number,
  {
    combination,
    map,
    dim,
  }: { readonly combination: Combination; readonly map: boolean; readonly dim: number },
): Learned {
  const variable = (name: string, start: () => tf.Tensor): tf.Variable =>
    tf.tidy(() => tf.variable(start(), true, unique(name)));
  const preference =
    combination === "learned" ? variable("preference", () => tf.zeros([sources])) : undefined;
  const matrix = map ? variable("map", () => tf.eye(dim)) : undefined;
  return { preference, map: matrix, all: [preference, matrix].filter((v) => v !== undefined) };
}

/**
 * Σᵢ lᵢ, Σᵢ lᵢ / n, or Σᵢ softmax(w)ᵢ lᵢ, which learns to hear the source that is easiest to follow, not the one that
 * teaches most.
 *
 * @param losses [source]
 */
export function combine(losses: tf.Tensor1D, combination: Combination, { preference }: Learned): tf.Scalar {
  if (combination === "sum") return losses.sum();
  if (combination === "mean") return losses.mean();
  return losses.mul(tf.softmax(preference as tf.Tensor1D)).sum();
}

/** M S for each window; [batch, dim² + 1] → the same. */
export function mapRows(rows: tf.Tensor2D, { map }: Learned, dim: number): tf.Tensor2D {
  if (!map) return rows;
  const batch = rows.shape[0];
  const signatures = rows.slice([0, 0], [-1, dim * dim]).reshape<tf.Tensor3D>([batch, dim, dim]);
  const columns = signatures.transpose([1, 0, 2]).reshape<tf.Tensor2D>([dim, batch * dim]);
  const mapped = (map as tf.Tensor).matMul(columns).reshape([dim, batch, dim]).transpose([1, 0, 2]);
  return tf.concat(
    [mapped.reshape([batch, dim * dim]), rows.slice([0, dim * dim], [-1, 1])],
    1,
  ) as tf.Tensor2D;
}

/** tfjs refuses a second variable of the same name in a process. */
let made = 0;
const unique = (name: string): string => `transfer/${name}_${made++}`;
