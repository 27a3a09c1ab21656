/** InfoNCE as MCA's public code has it. */
import * as tf from "@tensorflow/tfjs";
import { type Contrast, contrastOf, crossEntropies, type InfoNce, scaleOf } from "./info-nce";
import { normaliseRows } from "./normalise-rows";

/**
 * ½ [CE(S, diagonal) + CE(Sᵀ, diagonal)] with S = exp(τ) aᵢ·bⱼ: not normalised, although called cosine (trap M2). A sample
 * that lacks one of both is no row, but its **column stays** (trap M4): the others have to tell themselves apart from the
 * embedding of something that was never measured. A pair without any valid sample does not count.
 *
 * @see infoNce
 */
export function infoNcePublished(
  left: tf.Tensor3D,
  right: tf.Tensor3D,
  valid: tf.Tensor2D,
  logScale: tf.Scalar,
): Contrast {
  const scores = left.matMul(right, false, true).mul<tf.Tensor3D>(scaleOf(logScale));
  const counts = valid.max(1).cast<tf.Tensor1D>("float32");
  return contrastOf(
    crossEntropies(scores, valid),
    crossEntropies(scores.transpose([0, 2, 1]), valid),
    counts,
  );
}

/** The same of cosines: absent samples' columns stay (trap M4 alone). */
export const infoNceWithColumns: InfoNce = (left, right, valid, logScale) =>
  infoNcePublished(normaliseRows(left), normaliseRows(right), valid, logScale);
