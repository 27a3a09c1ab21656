/** MCA, Zorro and their controls: tokens of all modalities and learned ones, in one pass under one mask. */
import * as tf from "@tensorflow/tfjs";
import { poolMask } from "../attention/pool-mask";
import { poolMaskPublished } from "../attention/pool-mask-published";
import type { MaskTable } from "../attention/token-plan";
import { keepWhere } from "../engine/keep-where";
import { blockReader, rowReader } from "./block-reader";
import { denseReader, watchedReader } from "./dense-reader";
import { denseReaderPublished } from "./dense-reader-published";
import { encoderShapes, encodeTokens } from "./modality-tokens";
import type { Embedded, Network, Target } from "./network";
import { type FusionNetworkOptions, hasTrap, layoutOf } from "./network-options";
import { pool, poolingShapes } from "./pooling";
import { anyPresent } from "./presence-of";
import type { Reader } from "./read-tokens";
import { trunk, trunkShapes } from "./trunk";
import { trunkPublished, trunkPublishedShapes } from "./trunk-published";
import { makeWeights, named, normalShape, type Weights, type WeightShapes, weightsUnder } from "./weights";

export interface FusionWays {
  /** Which pairs are scored: all, or those that the mask allows; see `denseReader`, `rowReader`, `blockReader`. */
  readonly attention?: "dense" | "rows" | "blocks";
  /** The pooling of zorro-pytorch, in which pure outputs read everything (trap Z1). */
  readonly pooling?: "corrected" | "zorro-pytorch";
  /** Is shown the weights [batch, head, query, key] of each layer; all pairs are then scored. */
  readonly watch?: (weights: tf.Tensor4D) => void;
  /** Those of another network of the same shapes, instead of new ones. */
  readonly weights?: Weights;
}

/** Encoders, trunk, learned tokens, pooling, and the loss's scale. */
export function fusionNetworkShapes(options: FusionNetworkOptions): WeightShapes {
  const { plan } = layoutOf(options);
  const { modalities, channels, size, measured } = plan;
  const trunkOf = hasTrap(options, "one norm") ? trunkPublishedShapes : trunkShapes;
  return {
    ...encoderShapes(options.modalities, options.dim),
    ...(size > measured && { fusion: normalShape(size - measured, options.dim) }),
    ...named("trunk", trunkOf(options)),
    ...named("pool", poolingShapes(options, modalities.length + channels.length + 1)),
    ...logScale,
  };
}

/** The logarithm of InfoNCE's scale, from 1 / 0.07. */
export const logScale: WeightShapes = { logScale: { shape: [], from: Math.log(1 / 0.07) } };

export function fusionNetwork(options: FusionNetworkOptions, ways: FusionWays = {}): Network {
  const { plan, mask } = layoutOf(options);
  const shapes = fusionNetworkShapes(options);
  const weights = ways.weights ?? makeWeights(shapes, options.seed);
  const [oneNorm, emptyRows] = [hasTrap(options, "one norm"), hasTrap(options, "empty rows")];
  const targets: Target[] = [
    ...plan.modalities.map(({ members }): Target => ({ members, kind: "modality" })),
    ...plan.channels.map(({ members }): Target => ({ members, kind: "channel" })),
  ];
  const dense = emptyRows ? denseReaderPublished : denseReader;
  const reader = readerFor(options, ways, mask);
  const gather = dense(ways.pooling === "zorro-pytorch" ? poolMaskPublished(plan) : poolMask(plan));
  const embed = (inputs: tf.NamedTensorMap): Embedded => {
    const { tokens, validity, presence } = encodeTokens(inputs, options.modalities, weights);
    const batch = presence.shape[0];
    const learned = weights["fusion"];
    const fusion = learned && tf.zeros([batch, ...learned.shape]).add<tf.Tensor3D>(learned); // [batch, token, dim]
    const x = tf.concat([...tokens, ...(fusion ? [fusion] : [])], 1);
    const open = tf.concat([...validity, tf.ones<tf.Rank.R2>([batch, plan.size - plan.measured])], 1);
    const under = (part: string) => weightsUnder(weights, part);
    const through = (oneNorm ? trunkPublished : trunk)(x, under("trunk"), options, reader(open));
    const pooled = pool(through, under("pool"), options, gather(open)); // [batch, target and everything, dim]
    const embeddings = pooled.slice([0, 0, 0], [-1, targets.length, -1]);
    if (emptyRows) return { embeddings, presence };
    return { embeddings: keepWhere(embeddings, anyPresent(presence, targets).expandDims(2)), presence };
  };
  const dispose = (): void => tf.dispose(Object.values(weights));
  const root = plan.channels.length > 0 ? plan.modalities.length : undefined;
  return { targets, root, shapes, weights, embed, dispose };
}

function readerFor(
  options: FusionNetworkOptions,
  { attention = "rows", watch }: FusionWays,
  mask: MaskTable,
): Reader {
  const { plan } = layoutOf(options);
  if (watch) return watchedReader(mask, watch);
  if (hasTrap(options, "empty rows")) return denseReaderPublished(mask);
  if (attention === "dense" || options.design === "open") return denseReader(mask);
  if (attention === "blocks" && options.design !== "random") return blockReader(plan);
  return rowReader(plan, mask);
}
