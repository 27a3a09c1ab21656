/** What channels look at, and whether it is what they need. */
import * as tf from "@tensorflow/tfjs";
import { fusionNetwork } from "../contrastive/fusion-network";
import type { Network } from "../contrastive/network";
import { type FusionNetworkOptions, layoutOf } from "../contrastive/network-options";
import { spearman } from "../metrics/rank-agreement";
import { unitRows } from "../metrics/retrieval";
import { finite, type McaResult } from "./mca-result";

/**
 * The mass of attention from each channel to each modality and to itself, mean over samples, heads, learned tokens and layers:
 * a channel's masses sum to 1. Beside it how far the root moves where a modality is taken away.
 *
 * @param inputs of some samples that have all modalities
 */
export function channelAttention(
  options: FusionNetworkOptions,
  trained: Network,
  inputs: tf.NamedTensorMap,
): NonNullable<McaResult["attention"]> {
  const { plan } = layoutOf(options);
  const names = options.modalities.map(({ name }) => name);
  const layers: number[][][] = []; // [layer][token][token]
  const watched = fusionNetwork(options, {
    weights: trained.weights,
    watch: (weights) => layers.push(weights.mean([0, 1]).arraySync() as number[][]),
  });
  tf.tidy(() => void watched.embed(inputs));
  const mean = layers[0]!.map((row, q) =>
    row.map((_, k) => layers.reduce((sum, l) => sum + l[q]![k]! / layers.length, 0)),
  );
  const mass = (from: { start: number; tokens: number }, to: { start: number; tokens: number }): number => {
    let sum = 0;
    for (let q = from.start; q < from.start + from.tokens; q++)
      for (let k = to.start; k < to.start + to.tokens; k++) sum += mean[q]![k]! / from.tokens;
    return sum;
  };
  const channels = plan.channels.map((channel) => ({
    members: channel.members.map((m) => names[m]!),
    mass: plan.modalities.map((modality) => mass(channel, modality)),
    own: mass(channel, channel),
  }));
  const ablation = ablationOf(trained, inputs, names.length);
  return { channels, ablation, agreement: finite(spearman(channels[0]!.mass, ablation)) };
}

/** [modality]: mean over samples of 1 - cosine of the root with all modalities and without this one. */
function ablationOf(network: Network, inputs: tf.NamedTensorMap, modalities: number): number[] {
  const root = (presence: tf.Tensor): Float64Array => {
    const kept = tf.tidy(() => {
      const { embeddings } = network.embed({ ...inputs, presence });
      const [batch, , dim] = embeddings.shape;
      return embeddings.slice([0, network.root!, 0], [batch, 1, dim]);
    });
    const rows = unitRows(kept.dataSync(), kept.shape[2]);
    tf.dispose([kept, presence]);
    return rows;
  };
  const batch = inputs["presence"]!.shape[0]!;
  const whole = root(tf.ones([batch, modalities]));
  return Array.from({ length: modalities }, (_, m) => {
    const rest = tf.tidy(() => tf.ones([batch, 1]).mul(tf.sub(1, tf.oneHot(m, modalities))));
    const without = root(rest);
    return 1 - whole.reduce((sum, x, i) => sum + x * without[i]!, 0) / batch;
  });
}
