/** Rows in another order, where the order is computed in the step itself. */
import * as tf from "@tensorflow/tfjs";
import { nativeBackend } from "./native-backend";
import { dataTypes } from "./saved-model";

/**
 * y[i] = x[rows[i]] with the gradient dx[i] = dy[back[i]], another reading. tf.gather's own gradient adds row by row,
 * is missing on WASM, and its forward reads the indices on the host, which a compiled step cannot.
 *
 * @param x [row, column]
 * @param rows int32 [row], a permutation
 * @param back int32 [row], its inverse
 */
export function permuteRows(x: tf.Tensor2D, rows: tf.Tensor1D, back: tf.Tensor1D): tf.Tensor2D {
  const permute = tf.customGrad((x, save) => {
    (save as tf.GradSaveFunc)([back]);
    return {
      value: take(x as tf.Tensor, rows),
      gradFunc: (dy: tf.Tensor, [back]: tf.Tensor[]) => take(dy, back!),
    };
  });
  return permute(x) as tf.Tensor2D;
}

const attrs = [
  { name: "batch_dims", type: 1, value: 0 },
  { name: "Tparams", type: 4, value: dataTypes.float32 },
  { name: "Tindices", type: 4, value: dataTypes.int32 },
  { name: "Taxis", type: 4, value: dataTypes.int32 },
] as const;

function take(x: tf.Tensor, rows: tf.Tensor): tf.Tensor {
  const backend = nativeBackend();
  return backend
    ? backend.executeSingleOutput("GatherV2", attrs, [x, rows, tf.scalar(0, "int32")])
    : x.gather(rows);
}
