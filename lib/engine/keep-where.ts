/** A product with a mask that closes for good: 0 stays 0, also over NaN and Infinity. */
import * as tf from "@tensorflow/tfjs";
import { nativeBackend } from "./native-backend";

/**
 * x where open is 1, 0 where it is 0, whatever x holds there; so is the gradient, which goes to x alone.
 *
 * @param open 0 or 1; broadcast to the shape of x
 */
export function keepWhere<T extends tf.Tensor>(x: T, open: tf.Tensor): T {
  const f = tf.customGrad((x, save) => {
    (save as tf.GradSaveFunc)([open]);
    return {
      value: product(x as tf.Tensor, open),
      gradFunc: (dy, [open]) => product(dy, open!),
    };
  });
  return f(x) as T;
}

function product(x: tf.Tensor, open: tf.Tensor): tf.Tensor {
  const backend = nativeBackend();
  if (!backend) return tf.tidy(() => tf.where(open.greater(0), x, tf.zerosLike(x)));
  // TensorFlow's product in which zero wins; one pass, where a selection makes three
  return backend.executeSingleOutput("MulNoNan", [{ name: "T", type: 4, value: 1 }], [x, open]);
}
