/** Many tensors as one vector, and back: what is the same for all of them is then done once. */
import * as tf from "@tensorflow/tfjs";

/** The numbers of one tensor after those of another: [number]. */
export const flatten = (tensors: readonly tf.Tensor[]): tf.Tensor1D =>
  tf.concat1d(tensors.map((x) => x.reshape<tf.Tensor1D>([-1])));

/** The vector cut again into tensors of the shapes of `like`. */
export const unflatten = (vector: tf.Tensor1D, like: readonly tf.Tensor[]): tf.Tensor[] =>
  tf
    .split(
      vector,
      like.map((x) => x.size),
    )
    .map((part, i) => part.reshape(like[i]!.shape));
