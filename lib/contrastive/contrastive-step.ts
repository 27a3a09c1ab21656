/** One step of contrastive training: embeddings, pairs, gradients, clipping, AdamW. */
import * as tf from "@tensorflow/tfjs";
import type { Step } from "../engine/jit";
import type { AdamW } from "../train/adamw";
import type { Network } from "./network";
import { pairLoss, type PairLossOptions } from "./pair-loss";

/** Inputs besides the network's: `rate`, a scalar. Outputs: `loss`, and `norm` of the gradients before clipping. */
export const contrastiveStep =
  (network: Network, optimiser: AdamW, options: PairLossOptions, clipNorm: number): Step =>
  ({ rate, ...inputs }) => {
    const logScale = network.weights["logScale"] as tf.Tensor as tf.Scalar;
    const { value, grads } = tf.variableGrads(
      () => pairLoss(network.embed(inputs), logScale, options).loss,
      Object.values(network.weights),
    );
    return { loss: value, norm: optimiser.update(grads, rate as tf.Scalar, clipNorm) };
  };
