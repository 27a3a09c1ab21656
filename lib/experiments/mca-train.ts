/** One training of a contrastive network or of a supervised one beside it. */
import * as tf from "@tensorflow/tfjs";
import { everythingPasses, sampledPasses } from "../attention/everything-passes";
import { contrastiveStep } from "../contrastive/contrastive-step";
import { everythingNetwork } from "../contrastive/everything-network";
import { fusionNetwork } from "../contrastive/fusion-network";
import { multiplyAdds } from "../contrastive/multiply-adds";
import type { Network } from "../contrastive/network";
import type { FusionNetworkOptions, ModalityTokens, NetworkOptions } from "../contrastive/network-options";
import {
  contrastPairs,
  disjointPairs,
  overlappingPairs,
  overlappingPairsPublished,
  pairsWithoutFirst,
  type Pair,
  type PairFamily,
} from "../contrastive/pairs";
import { runSteps, type StepsContext } from "../contrastive/run-steps";
import { type SupervisedKind, supervisedNetwork, supervisedStep } from "../contrastive/supervised-network";
import { randomFor, seedFor } from "../random";
import { adamW } from "../train/adamw";
import type { McaRunOptions } from "./mca-options";
import type { McaSamples } from "./mca-samples";
import type { McaTask } from "./mca-task";

export interface McaTrained {
  readonly network: Network;
  readonly losses: readonly number[];
  /** Of one batch's forward pass. */
  readonly multiplyAdds: number;
}

export const networkOptions = (
  options: McaRunOptions,
  modalities: readonly ModalityTokens[],
): NetworkOptions => ({
  ...{
    modalities,
    dim: options.dim,
    depth: options.depth,
    heads: options.heads,
    headDim: options.dim / options.heads,
  },
  ...{ variant: options.trunk, seed: seedFor(options.seed, "weights") },
});

/** The design that a method's name stands for. */
export function fusionOptions(
  options: McaRunOptions,
  modalities: readonly ModalityTokens[],
): FusionNetworkOptions {
  const shared = { ...networkOptions(options, modalities), tokensPerChannel: options.tokensPerChannel };
  const { method } = options;
  if (method === "mca" || method === "zorro" || method === "open" || method === "random")
    return { ...shared, design: method };
  // as many learned tokens as one channel of MCA has, where Zorro has as many as all
  if (method === "zorro-one-channel")
    return { ...shared, design: "zorro", fusionTokens: options.tokensPerChannel };
  throw new Error(`fusionOptions: expected a network with one pass, got ${method}; see everythingNetwork`);
}

/** @returns undefined where the signal asked to stop */
export async function trainContrastive(
  { options, split, plan, context }: McaTask,
  samples: McaSamples,
): Promise<McaTrained | undefined> {
  const everything = options.method === "everything";
  const network = everything
    ? everythingNetwork({
        ...networkOptions(options, samples.modalities),
        passes: passesOf(options, samples.modalities.length),
      })
    : fusionNetwork(fusionOptions(options, samples.modalities));
  const loss = {
    targets: network.targets,
    pairs: pairsOf(options, network),
    complete: options.complete,
    contrast: options.contrast,
  };
  const batch = batches(options, split.train, (rows) => samples.gather(rows, plan));
  return steps(
    options,
    network,
    (optimiser) => contrastiveStep(network, optimiser, loss, options.clipNorm),
    batch,
    context,
  );
}

const passesOf = ({ drawnPairs, seed }: McaRunOptions, modalities: number): number[][] =>
  drawnPairs === null
    ? everythingPasses(modalities)
    : sampledPasses(modalities, drawnPairs, seedFor(seed, "passes"));

const everythingPairs = {
  disjoint: disjointPairs,
  published: overlappingPairsPublished,
  "without first": pairsWithoutFirst,
  overlapping: overlappingPairs,
} as const satisfies Record<McaRunOptions["pairs"], (targets: Network["targets"]) => Pair[]>;

const pairsOf = ({ method, pairs, families }: McaRunOptions, { targets }: Network): Pair[] =>
  method === "everything"
    ? everythingPairs[pairs](targets)
    : contrastPairs(targets, families as PairFamily[]);

/**
 * @param train rows of the split's training: all, or those who have a modality
 * @returns undefined where the signal asked to stop
 */
export async function trainSupervised(
  kind: SupervisedKind,
  { options, data, split, plan, context }: McaTask,
  samples: McaSamples,
  train: Int32Array = split.train,
): Promise<McaTrained | undefined> {
  const classes = data.classes.length;
  const network = supervisedNetwork({ ...networkOptions(options, samples.modalities), kind, classes });
  const batch = batches(options, train, (rows) => ({
    ...samples.gather(rows, plan),
    targets: tf.tidy(() =>
      tf
        .oneHot(
          tf.tensor1d(
            Int32Array.from(rows, (row) => data.labels[row]!),
            "int32",
          ),
          classes,
        )
        .cast("float32"),
    ),
  }));
  return steps(
    options,
    network,
    (optimiser) => supervisedStep(network, optimiser, options.clipNorm),
    batch,
    context,
  );
}

/** Epoch after epoch in new orders; samples that are left over have their turn in other epochs. */
function batches(
  { batchSize, seed }: McaRunOptions,
  train: Int32Array,
  gather: (rows: Int32Array) => tf.NamedTensorMap,
): (step: number) => tf.NamedTensorMap {
  const size = Math.min(batchSize, train.length);
  const each = Math.floor(train.length / size);
  let order: { readonly epoch: number; readonly rows: Int32Array } | undefined;
  return (step) => {
    const epoch = Math.floor(step / each);
    if (order?.epoch !== epoch)
      order = { epoch, rows: randomFor(seed, "token batches", epoch).permutation(train.length) };
    const at = (step % each) * size;
    return gather(order.rows.subarray(at, at + size).map((i) => train[i]!));
  };
}

async function steps(
  options: McaRunOptions,
  network: Network,
  stepOf: (optimiser: ReturnType<typeof adamW>) => Parameters<typeof runSteps>[1],
  batch: (step: number) => tf.NamedTensorMap,
  context: StepsContext,
): Promise<McaTrained | undefined> {
  const weights = Object.values(network.weights);
  const optimiser = adamW(weights, { weightDecay: options.weightDecay });
  const first = batch(0);
  const work = await multiplyAdds(() => void network.embed(first));
  tf.dispose(first);
  const losses = await runSteps(
    options.method,
    stepOf(optimiser),
    [...weights, ...optimiser.slots],
    batch,
    options,
    context,
  );
  optimiser.dispose();
  if (losses) return { network, losses, multiplyAdds: work };
  network.dispose();
  return undefined;
}
