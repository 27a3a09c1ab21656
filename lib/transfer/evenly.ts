/** Any number of tokens in a given number of steps. */
import * as tf from "@tensorflow/tfjs";

/**
 * Step k of n is read on the line between the tokens around (k + ½) token / n - ½; before the first and behind the last it
 * stays there.
 *
 *     [batch, token, dim] → [batch, step, dim]
 */
export function evenly(tokens: tf.Tensor3D, steps: number): tf.Tensor3D {
  const token = tokens.shape[1];
  const at = (i: number): tf.Tensor => tokens.slice([0, i, 0], [-1, 1, -1]);
  const read = Array.from({ length: steps }, (_, k) => {
    const place = Math.min(Math.max(((k + 0.5) * token) / steps - 0.5, 0), token - 1);
    const below = Math.floor(place);
    const part = place - below;
    return part === 0
      ? at(below)
      : at(below)
          .mul(1 - part)
          .add(at(below + 1).mul(part));
  });
  return tf.concat(read, 1) as tf.Tensor3D;
}
