/** The step between K^T V and the norm, whose published form is not known: six ways. */
import * as tf from "@tensorflow/tfjs";

export const normalisations = [
  "none",
  "by_T",
  "unit_frobenius",
  "sqrt_d",
  "l2_rows",
  "softmax_rows",
] as const;
export type Normalisation = (typeof normalisations)[number];

/** Under each root, so that its slope is finite at 0. */
export const epsilon = 1e-12;

/**
 * | name | N(S) |
 * | --- | --- |
 * | none | S |
 * | by_T | S / T: of sensors with other numbers of tokens |
 * | unit_frobenius | S / √(Σ S² + 10⁻¹²): λ means the same for every sensor |
 * | sqrt_d | S / √d, as attention scales its scores |
 * | l2_rows | each row by √(Σ row² + 10⁻¹²) |
 * | softmax_rows | each row's softmax |
 *
 * @param signatures [batch, head, d, d]
 * @param tokens [batch]: T, the valid tokens of each
 */
export function normalise(
  signatures: tf.Tensor4D,
  normalisation: Normalisation,
  tokens: tf.Tensor1D,
): tf.Tensor4D {
  const rootOfSquares = (axes: number[]): tf.Tensor =>
    signatures.square().sum(axes, true).add(epsilon).sqrt();
  return tf.tidy(() => {
    switch (normalisation) {
      case "none":
        return signatures.clone();
      case "by_T":
        return signatures.div(tokens.maximum(1).reshape([-1, 1, 1, 1])); // without a token S is 0
      case "unit_frobenius":
        return signatures.div(rootOfSquares([2, 3]));
      case "sqrt_d":
        return signatures.div(Math.sqrt(signatures.shape[3]));
      case "l2_rows":
        return signatures.div(rootOfSquares([3]));
      case "softmax_rows":
        return tf.softmax(signatures);
    }
  });
}
