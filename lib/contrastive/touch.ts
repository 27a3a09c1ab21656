/** Touch one modality, and see which embeddings move: the proof that a mask masks. */
import * as tf from "@tensorflow/tfjs";
import type { Network } from "./network";
import type { ModalityTokens } from "./network-options";

/**
 * One sample of waves, the inputs of `encodeTokens`.
 *
 * @param presence [modality]
 * @param touched number of the modality whose values are others; none if not given
 */
export function waveSample(
  modalities: readonly ModalityTokens[],
  presence: readonly number[],
  touched?: number,
): tf.NamedTensorMap {
  const inputs: tf.NamedTensorMap = { presence: tf.tensor2d([[...presence]]) };
  modalities.forEach(({ name, tokens, width }, m) => {
    const wave = tf.sin(tf.range(m, m + tokens * width)).reshape([1, tokens, width]);
    inputs[`${name}_values`] = m === touched ? wave.add(tf.range(0, width)) : wave;
    inputs[`${name}_validity`] = tf.ones([1, tokens]);
  });
  return inputs;
}

/** [target][sample · dim] */
export function embeddingsOf(network: Network, inputs: tf.NamedTensorMap): number[][] {
  const targets = tf.tidy(() => tf.unstack(network.embed(inputs).embeddings, 1));
  const rows = targets.map((x) => Array.from(x.dataSync()));
  tf.dispose(targets);
  return rows;
}

/** The members of each embedding that differs in any bit, as "013", in the order of the targets. */
export function movedTargets(
  network: Network,
  before: tf.NamedTensorMap,
  after: tf.NamedTensorMap,
): string[] {
  const [a, b] = [embeddingsOf(network, before), embeddingsOf(network, after)];
  return network.targets
    .filter((_, t) => a[t]!.some((x, i) => !Object.is(x, b[t]![i])))
    .map(({ members }) => members.join(""));
}
