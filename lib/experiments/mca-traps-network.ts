/** Traps of the networks: the residual path (M1), empty rows (M6), pooling (Z1), positions (E3). */
import * as tf from "@tensorflow/tfjs";
import { openMask } from "../attention/open-mask";
import { denseReader } from "../contrastive/dense-reader";
import { everythingNetwork } from "../contrastive/everything-network";
import { fusionNetwork, type FusionWays } from "../contrastive/fusion-network";
import type { Network } from "../contrastive/network";
import type { FusionNetworkOptions, ModalityTokens } from "../contrastive/network-options";
import { embeddingsOf, movedTargets, waveSample } from "../contrastive/touch";
import { trunk, trunkShapes } from "../contrastive/trunk";
import { trunkPublished, trunkPublishedShapes } from "../contrastive/trunk-published";
import { makeWeights } from "../contrastive/weights";
import { unitRows } from "../metrics/retrieval";
import { randomFor } from "../random";
import type { McaTrap } from "./mca-trap";

const modalities = [3, 2, 4, 1].map((tokens, m): ModalityTokens => ({
  ...{ name: `m${m}`, tokens, width: 5, encoder: "sequence" },
}));
const size = { modalities, dim: 32, depth: 2, heads: 4, headDim: 8, seed: 1 } as const;
const all = [1, 1, 1, 1];

export const networkTraps = (): McaTrap[] => [
  {
    ...{ trap: "M1", what: "cosine of a token before and after ten layers that nobody trained" },
    ...{ published: keptThrough("published"), corrected: keptThrough("corrected") },
  },
  {
    ...{ trap: "M6", what: "how far an absent modality's embedding moves with another's values" },
    ...{ published: ghost("empty rows"), corrected: ghost("corrected") },
  },
  {
    ...{ trap: "Z1", what: "embeddings of one modality that a touched modality moves, of four" },
    ...{ published: pureMoved("zorro-pytorch"), corrected: pureMoved("corrected") },
  },
  {
    ...{ trap: "E3", what: "how far everything-at-once moves when a modality's tokens change places" },
    ...{ published: reordered("positions"), corrected: reordered("corrected") },
  },
];

/** Mean over eight random tokens; the public code's default depth. */
function keptThrough(variant: "published" | "corrected"): number {
  const options = { dim: 32, depth: 10, heads: 4, headDim: 8 };
  const [shapes, run] =
    variant === "published" ? [trunkPublishedShapes, trunkPublished] : [trunkShapes, trunk];
  const weights = makeWeights(shapes(options), 1);
  const random = randomFor(1, "tokens");
  const x = tf.tensor3d(
    Float32Array.from({ length: 8 * options.dim }, () => random.normal()),
    [1, 8, options.dim],
  );
  const y = tf.tidy(() => run(x, weights, options, denseReader(openMask({ size: 8 }))(tf.ones([1, 8]))));
  const [before, after] = [x, y].map((rows) => unitRows(rows.dataSync(), options.dim));
  tf.dispose([x, y, Object.values(weights)]);
  return before!.reduce((sum, value, i) => sum + value * after![i]!, 0) / 8;
}

function mca(variant: FusionNetworkOptions["variant"]): Network {
  return fusionNetwork({ ...size, variant, design: "mca", tokensPerChannel: 2 });
}

/** The largest change of a number of the second modality's embedding, which is absent, when the first is touched. */
function ghost(variant: FusionNetworkOptions["variant"]): number {
  const network = mca(variant);
  const without = [1, 0, 1, 1];
  const [a, b] = [undefined, 0].map((touched) =>
    embeddingsOf(network, waveSample(modalities, without, touched)),
  );
  network.dispose();
  return largestChange(a![1]!, b![1]!);
}

function pureMoved(pooling: NonNullable<FusionWays["pooling"]>): number {
  const options = { ...size, design: "zorro", variant: "published", tokensPerChannel: 2 } as const;
  const network = fusionNetwork(options, { pooling });
  const moved = movedTargets(network, waveSample(modalities, all), waveSample(modalities, all, 1));
  network.dispose();
  return moved.filter((name) => name.length === 1).length;
}

/** The third modality's four tokens in the opposite order. */
function reordered(variant: FusionNetworkOptions["variant"]): number {
  const network = everythingNetwork({ ...size, variant });
  const sample = waveSample(modalities, all);
  const turned = { ...sample, m2_values: sample["m2_values"]!.reverse(1) };
  const [a, b] = [sample, turned].map((inputs) => embeddingsOf(network, inputs).flat());
  network.dispose();
  return largestChange(a!, b!);
}

const largestChange = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((x, i) => Math.abs(x - b[i]!)));
