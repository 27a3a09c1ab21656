/** Where attention between tokens of several modalities sets out from. */
import * as tf from "@tensorflow/tfjs";

/**
 * Keys begin as queries, and loud: a score is then largest where two tokens agree, so that attention sets out from its
 * own moment. From unrelated kernels the weights begin all but equal, and nothing tells them where to go.
 */
export function startAlike(attention: tf.layers.Layer): void {
  const weight = (name: string) =>
    attention.weights.find(({ originalName }) => originalName.endsWith(`/${name}`))!;
  const loud = tf.tidy(() => weight("query_kernel").read().mul(1.5));
  weight("query_kernel").write(loud);
  weight("key_kernel").write(loud);
  loud.dispose();
}
