/** What of the source the target is to become alike: D-CAT's signatures, and its rivals on the same pairs. */
import * as tf from "@tensorflow/tfjs";
import type { Inside } from "./inside";
import { evenly } from "./evenly";
import type { SignatureDistance } from "./signature-distance";
import { signatureDistance } from "./signature-distance";
import { signature } from "./signature";

export const alignmentNames = ["signature", "gram", "feature", "sequence", "logits"] as const;
export type AlignmentName = (typeof alignmentNames)[number];

export interface Alignment {
  /** Numbers of a window, which a cache holds. */
  readonly width: number;
  /** What a window is known by: [batch, width]. */
  read(inside: Inside): tf.Tensor2D;
  /** [batch]; no gradient is asked of the source. */
  distance(target: tf.Tensor2D, source: tf.Tensor2D): tf.Tensor1D;
}

export interface AlignmentSizes {
  readonly dim: number;
  readonly classes: number;
}

/** Steps in which sequences are compared, whatever each sensor's number of tokens. */
const steps = 8;
/** Of both softmaxes (Hinton et al. 2015). */
const temperature = 2;

/**
 * | name | what a window is known by | distance |
 * | --- | --- | --- |
 * | signature | Kᵀ V and T | Frobenius, normalised (D-CAT) |
 * | gram | Eᵀ E / T of the tokens | Σ (difference)² / 4 dim², as CORAL (Sun & Saenko 2016), by window |
 * | feature | the pooled vector | mean squared error |
 * | sequence | its tokens in 8 steps, each of length 1 | mean of 1 - cos (as C3T aligns temporal latents) |
 * | logits | its logits | τ² KL(source ‖ target) at τ = 2 (distillation) |
 */
export function alignmentOf(
  name: AlignmentName,
  sizes: AlignmentSizes,
  options: SignatureDistance,
): Alignment {
  const { dim, classes } = sizes;
  switch (name) {
    case "signature":
      return {
        width: dim * dim + 1,
        read: ({ keys, values, validity }) =>
          tf.concat(
            [signature(keys, values).reshape([-1, dim * dim]), validity.sum(1, true)],
            1,
          ) as tf.Tensor2D,
        distance: (target, source) =>
          signatureDistance(rowsToSignatures(target, dim), rowsToSignatures(source, dim), options),
      };
    case "gram":
      return {
        width: dim * dim,
        read: ({ tokens, validity }) =>
          signature(tokens, tokens)
            .reshape<tf.Tensor2D>([-1, dim * dim])
            .div(validity.sum(1, true).maximum(1)),
        distance: (target, source) =>
          target
            .sub(source)
            .square()
            .sum<tf.Tensor1D>(1)
            .div(4 * dim * dim),
      };
    case "feature":
      return {
        width: dim,
        read: ({ pooled }) => pooled,
        distance: (target, source) => target.sub(source).square().mean(1),
      };
    case "sequence":
      return {
        width: steps * dim,
        read: ({ tokens }) => {
          const even = evenly(tokens, steps);
          const length = even.square().sum(2, true).add(1e-12).sqrt();
          return even.div(length).reshape([-1, steps * dim]);
        },
        distance: (target, source) => tf.sub(1, target.mul(source).sum(1).div(steps)),
      };
    case "logits":
      return {
        width: classes,
        read: ({ logits }) => logits,
        distance: (target, source) => {
          const [b, a] = [target, source].map((x) => tf.logSoftmax(x.div<tf.Tensor2D>(temperature), 1));
          return a!
            .exp()
            .mul(a!.sub(b!))
            .sum<tf.Tensor1D>(1)
            .mul(temperature ** 2);
        },
      };
  }
}

/** A cache's rows as what they were: [batch, dim² + 1] → signatures [batch, dim, dim], tokens [batch]. */
export const rowsToSignatures = (rows: tf.Tensor2D, dim: number) => ({
  signatures: rows.slice([0, 0], [-1, dim * dim]).reshape<tf.Tensor3D>([-1, dim, dim]),
  tokens: rows.slice([0, dim * dim], [-1, 1]).reshape<tf.Tensor1D>([-1]),
});
