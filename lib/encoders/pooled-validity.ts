/** Which tokens hold something: those with at least one valid step among theirs. */
import * as tf from "@tensorflow/tfjs";

/**
 * The maximum over groups of `stride` steps, `times` times over, as strided layers with padding "same" group them.
 *
 * @param validity [batch, time]
 * @returns [batch, token], token = ⌈... ⌈time / stride⌉ ... / stride⌉
 */
export function pooledValidity(
  modality: string,
  validity: tf.SymbolicTensor,
  stride: number,
  times = 1,
): tf.SymbolicTensor {
  const name = `${modality}_token_validity`;
  const axis = tf.layers.reshape({ targetShape: [validity.shape[1]!, 1], name: `${name}_axis` });
  let valid = axis.apply(validity) as tf.SymbolicTensor; // [batch, time, 1]
  for (let i = 1; i <= times; i++) {
    const pool = { name: `${name}${i}`, poolSize: stride, strides: stride, padding: "same" } as const;
    valid = tf.layers.maxPooling1d(pool).apply(valid) as tf.SymbolicTensor;
  }
  return tf.layers.flatten({ name }).apply(valid) as tf.SymbolicTensor; // [batch, token]
}
