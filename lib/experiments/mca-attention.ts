/** What channels look at, whether it is what they need, and where the root looks when modalities are missing. */
import * as tf from "@tensorflow/tfjs";
import type { TokenBlock, TokenPlan } from "../attention/token-plan";
import { fusionNetwork } from "../contrastive/fusion-network";
import type { Network } from "../contrastive/network";
import { type FusionNetworkOptions, layoutOf } from "../contrastive/network-options";
import { spearman } from "../metrics/rank-agreement";
import { unitRows } from "../metrics/retrieval";
import { subsetsOf } from "../metrics/subsets";
import { embedBatch } from "./mca-answering";
import { mcaSamples } from "./mca-samples";
import { fusionOptions } from "./mca-train";
import { finite, type McaResult } from "./mca-result";
import type { McaTask } from "./mca-task";

type Attention = NonNullable<McaResult["attention"]>;

/**
 * The mass of attention from each channel to each modality and to itself, mean over samples, heads, learned tokens and layers:
 * a channel's masses sum to 1. Beside it how far the channel's embedding moves where a modality is taken away.
 *
 * @param inputs of some samples that have all modalities
 */
export function channelAttention(
  options: FusionNetworkOptions,
  trained: Network,
  inputs: tf.NamedTensorMap,
): Attention {
  const { plan } = layoutOf(options);
  const names = options.modalities.map(({ name }) => name);
  const masses = massesWith(
    options,
    trained,
    inputs,
    names.map(() => 1),
  );
  const moved = movesWithout(trained, inputs, names.length);
  const channels = plan.channels.map((channel, c) => ({
    members: channel.members.map((m) => names[m]!),
    ...masses[c]!,
    moves: moved.map((byTarget) => byTarget[names.length + c]!),
  }));
  const apart = plan.channels.map(({ members }, c) => ({
    mass: fromMean(members.map((m) => channels[c]!.mass[m]!)),
    moves: fromMean(members.map((m) => channels[c]!.moves[m]!)),
  }));
  const agreement = {
    root: finite(spearman(channels[0]!.mass, channels[0]!.moves)),
    all: finite(
      spearman(
        apart.flatMap(({ mass }) => mass),
        apart.flatMap(({ moves }) => moves),
      ),
    ),
  };
  const patterns = subsetsOf(names)
    .filter((present) => present.length > 0)
    .map((present) => {
      const presence = names.map((name) => Number(present.includes(name)));
      return { present, ...massesWith(options, trained, inputs, presence)[0]! };
    });
  return { channels, agreement, patterns };
}

/** Of each channel, where these modalities are there. */
function massesWith(
  options: FusionNetworkOptions,
  trained: Network,
  inputs: tf.NamedTensorMap,
  presence: readonly number[],
): { readonly mass: number[]; readonly own: number }[] {
  const { plan } = layoutOf(options);
  const layers: number[][][] = []; // [layer][query][key]
  const watched = fusionNetwork(options, {
    weights: trained.weights,
    watch: (weights) => layers.push(weights.mean([0, 1]).arraySync() as number[][]),
  });
  tf.tidy(() => void watched.embed({ ...inputs, presence: repeated(presence, inputs) }));
  return plan.channels.map((channel) => ({
    mass: plan.modalities.map((modality) => massOf(layers, channel, modality)),
    own: massOf(layers, channel, channel),
  }));
}

function massOf(
  layers: readonly number[][][],
  from: TokenBlock,
  to: TokenPlan["modalities"][number],
): number {
  let sum = 0;
  for (const layer of layers)
    for (let q = from.start; q < from.start + from.tokens; q++)
      for (let k = to.start; k < to.start + to.tokens; k++) sum += layer[q]![k]!;
  return sum / from.tokens / layers.length;
}

/** [modality][target]: mean over samples of 1 - cosine of its embedding with all modalities and without this one. */
function movesWithout(network: Network, inputs: tf.NamedTensorMap, modalities: number): number[][] {
  const embedded = (presence: readonly number[]): Float64Array[] => {
    const targets = tf.tidy(() =>
      tf.unstack(network.embed({ ...inputs, presence: repeated(presence, inputs) }).embeddings, 1),
    );
    const rows = targets.map((x) => unitRows(x.dataSync(), x.shape[1]!));
    tf.dispose(targets);
    return rows;
  };
  const all = Array.from({ length: modalities }, () => 1);
  const whole = embedded(all);
  const batch = inputs["presence"]!.shape[0]!;
  return all.map((_, without) => {
    const rest = embedded(all.map((_, m) => Number(m !== without)));
    return whole.map((rows, t) => 1 - rows.reduce((sum, x, i) => sum + x * rest[t]![i]!, 0) / batch);
  });
}

const repeated = (presence: readonly number[], inputs: tf.NamedTensorMap): tf.Tensor2D =>
  tf.tile(tf.tensor2d([[...presence]]), [inputs["presence"]!.shape[0]!, 1]);

function fromMean(values: readonly number[]): number[] {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.map((x) => x - mean);
}

/** Of test samples that have everything; null where there are none, or the trunk is a published one. */
export function attentionOnTest({ options, data, split }: McaTask, trained: Network): McaResult["attention"] {
  const count = data.modalities.length;
  const whole = split.test.filter((row) =>
    data.presence.subarray(row * count, (row + 1) * count).every((there) => there === 1),
  );
  if (whole.length < 2 || options.trunk !== "corrected") return null;
  const samples = mcaSamples(data, split.train);
  const inputs = samples.gather(
    whole.filter((_, i) => i % Math.ceil(whole.length / embedBatch) === 0),
    data.presence,
  );
  const attention = channelAttention(fusionOptions(options, samples.modalities), trained, inputs);
  tf.dispose(inputs);
  return attention;
}
