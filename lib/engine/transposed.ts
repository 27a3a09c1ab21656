/** A transposed matrix that stays one, also where a compiled graph would fold the transposition into a product. */
import * as tf from "@tensorflow/tfjs";
import { nativeBackend } from "./native-backend";

/**
 * Aᵀ, written out once: for a matrix that many products read.
 *
 * TensorFlow's product with a transposed second operand is slower than a plain one (without oneDNN, a third of a whole
 * step of a GRU of 256 units), and its graph optimiser turns `Transpose` with a known permutation, followed by a
 * product, into exactly that. It leaves an Einsum alone.
 *
 * @param matrix [row, column]
 * @returns [column, row]
 */
export function transposed(matrix: tf.Tensor2D): tf.Tensor2D {
  const backend = nativeBackend();
  if (!backend) return matrix.transpose();
  const attrs = [
    { name: "equation", type: 0, value: "ij->ji" },
    { name: "N", type: 1, value: 1 },
    { name: "T", type: 4, value: 1 },
  ];
  return backend.executeSingleOutput("Einsum", attrs, [matrix]) as tf.Tensor2D;
}
