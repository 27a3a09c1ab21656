/** What contrastive networks are measured against: the same trunk without learned tokens, told the classes at once. */
import * as tf from "@tensorflow/tfjs";
import { crossEntropy } from "../train/cross-entropy";
import type { Step } from "../engine/jit";
import type { AdamW } from "../train/adamw";
import { fusionNetwork, fusionNetworkShapes } from "./fusion-network";
import { linear } from "./linear";
import type { Network } from "./network";
import type { NetworkOptions } from "./network-options";
import { constantShape, linearShape, makeWeights, named, type WeightShapes } from "./weights";

/**
 * - `late`: each modality gives logits; their mean over those that are there
 * - `concat-zero`: vectors side by side, a row of zeros for an absent one
 * - `concat-mean`: an absent modality is measured as the mean of training everywhere
 * - `concat-token`: a learned vector for an absent one
 *
 * With one modality all of them are that modality alone.
 */
export type SupervisedKind = "late" | "concat-zero" | "concat-mean" | "concat-token";

export interface SupervisedOptions extends NetworkOptions {
  readonly kind: SupervisedKind;
  readonly classes: number;
}

const encodersOnly = (options: NetworkOptions) =>
  ({ ...options, design: "mca", channelSizes: [], tokensPerChannel: 0 }) as const;

/** Its one "embedding" are the logits: [batch, 1, class]. */
export function supervisedNetwork(options: SupervisedOptions): Network {
  const { modalities, dim, kind, classes, seed } = options;
  const count = modalities.length;
  const heads: WeightShapes =
    kind === "late"
      ? {
          kernel: { shape: [count, dim, classes], from: { inputs: dim } },
          bias: { shape: [count, 1, classes], from: 0 },
        }
      : {
          hidden: linearShape(count * dim, 2 * dim),
          hiddenBias: constantShape(2 * dim, 0),
          kernel: linearShape(2 * dim, classes),
          bias: constantShape(classes, 0),
          ...(kind === "concat-token" && { absent: { shape: [count, dim], from: { inputs: dim } } }),
        };
  const all: WeightShapes = { ...fusionNetworkShapes(encodersOnly(options)), ...named("head", heads) };
  const shapes = Object.fromEntries(Object.entries(all).filter(([name]) => name !== "logScale"));
  const weights = makeWeights(shapes, seed);
  const encoders = fusionNetwork(encodersOnly(options), { weights });
  const head = (name: string): tf.Tensor => weights[`head/${name}`]!;
  const embed = (inputs: tf.NamedTensorMap) => {
    const presence = inputs["presence"] as tf.Tensor2D;
    const { embeddings } = encoders.embed(kind === "concat-mean" ? asMean(inputs, options) : inputs);
    const logits =
      kind === "late"
        ? lateLogits(embeddings, presence, head)
        : concatLogits(embeddings, presence, head, kind);
    return { embeddings: logits.expandDims<tf.Tensor3D>(1), presence };
  };
  const targets = [{ members: modalities.map((_, m) => m), kind: "channel" }] as const;
  return { targets, root: 0, shapes, weights, embed, dispose: () => tf.dispose(Object.values(weights)) };
}

type Head = (name: string) => tf.Tensor;

function lateLogits(vectors: tf.Tensor3D, presence: tf.Tensor2D, head: Head): tf.Tensor2D {
  const each = vectors
    .transpose<tf.Tensor3D>([1, 0, 2])
    .matMul(head("kernel") as tf.Tensor3D)
    .add(head("bias")); // [modality, batch, class]
  const shares = presence
    .div(tf.maximum(presence.sum(1, true), 1))
    .transpose()
    .expandDims(2);
  return each.mul(shares).sum(0);
}

function concatLogits(
  vectors: tf.Tensor3D,
  presence: tf.Tensor2D,
  head: Head,
  kind: SupervisedKind,
): tf.Tensor2D {
  const [batch, modality, dim] = vectors.shape;
  const filled =
    kind === "concat-token" ? vectors.add(tf.sub(1, presence).expandDims(2).mul(head("absent"))) : vectors;
  const flat = filled.reshape<tf.Tensor2D>([batch, modality * dim]);
  const hidden = linear(flat, head("hidden")).add<tf.Tensor2D>(head("hiddenBias")).relu();
  return linear(hidden, head("kernel")).add(head("bias"));
}

/** Scaled values are 0 in the mean: an absent modality becomes one that is there and measures that. */
function asMean(inputs: tf.NamedTensorMap, { modalities }: NetworkOptions): tf.NamedTensorMap {
  const presence = inputs["presence"] as tf.Tensor2D;
  const filled: tf.NamedTensorMap = { ...inputs, presence: tf.onesLike(presence) };
  tf.split(presence, modalities.length, 1).forEach((there, m) => {
    const name = `${modalities[m]!.name}_validity`;
    filled[name] = tf.maximum(inputs[name]!, tf.sub(1, there)); // values of an absent one arrive as 0
  });
  return filled;
}

/** Inputs besides the network's: `rate`, and `targets` [batch, class]. */
export const supervisedStep =
  (network: Network, optimiser: AdamW, clipNorm: number): Step =>
  ({ rate, targets, ...inputs }) => {
    const { value, grads } = tf.variableGrads(
      () => crossEntropy(network.embed(inputs).embeddings.squeeze([1]), targets as tf.Tensor2D),
      Object.values(network.weights),
    );
    return { loss: value, norm: optimiser.update(grads, rate as tf.Scalar, clipNorm) };
  };
