/** Pairwise attention as published: without a mask it does nothing, with one it reads it the wrong way round. */
import * as tf from "@tensorflow/tfjs";
import type { CrossModalPublished } from "./cross-modal-published";

export interface PairwisePublished {
  /** [batch, dim] by modality, or its input, [batch, channel], where nothing was attended. */
  readonly attended: Readonly<Record<string, tf.Tensor>>;
  /** [batch, head, 1, 1] by `<query>_to_<key>` */
  readonly maps: Readonly<Record<string, tf.Tensor>>;
}

/**
 * Sum over the other modalities of what each query found there. Without `presence` the results are dropped (the line
 * that keeps them stands inside the mask's branch): inputs come back unchanged, without maps. With it, the mask given
 * to attention is 1 where a key is absent. Eager only: it asks whether any window has both modalities.
 *
 * @param layers by `<query>_to_<key>`
 * @param features [batch, channel] by modality, in the order of the presence axis
 * @param presence [batch, modality]
 */
export function pairwisePublished(
  layers: Readonly<Record<string, CrossModalPublished>>,
  features: Readonly<Record<string, tf.Tensor2D>>,
  presence?: tf.Tensor2D,
): PairwisePublished {
  if (!presence) return { attended: features, maps: {} };
  const names = Object.keys(features);
  const column = (m: number): tf.Tensor => presence.slice([0, m], [-1, 1]); // [batch, 1]
  const maps: Record<string, tf.Tensor> = {};
  const attended = names.map((query, q): tf.Tensor => {
    const found: tf.Tensor[] = [];
    for (const [k, key] of names.entries()) {
      if (k === q || column(q).mul(column(k)).max().dataSync()[0] === 0) continue;
      const absent = tf.sub(1, column(k));
      const inputs = [features[query]!, features[key]!, features[key]!, absent];
      const [output, map] = layers[`${query}_to_${key}`]!.apply(inputs) as [tf.Tensor, tf.Tensor];
      maps[`${query}_to_${key}`] = map;
      found.push(output.mul(column(q)));
    }
    return found.length > 0 ? tf.addN(found) : features[query]!;
  });
  return { attended: Object.fromEntries(names.map((name, m) => [name, attended[m]!])), maps };
}
