/** Symmetric InfoNCE: each side has to find its partner among those that are there. */
import * as tf from "@tensorflow/tfjs";
import { maskTensor } from "../attention/mask-tensor";
import { normaliseRows } from "./normalise-rows";

export interface Contrast {
  /** Mean over the pairs that count, a scalar. */
  readonly loss: tf.Scalar;
  /** [pair], each way; 0 where a pair does not count. */
  readonly leftToRight: tf.Tensor1D;
  readonly rightToLeft: tf.Tensor1D;
}

/** exp(τ), τ held in [0, ln 100]: a scale from 1 to 100. */
export const scaleOf = (logScale: tf.Scalar): tf.Scalar => tf.clipByValue(logScale, 0, Math.log(100)).exp();

/**
 * ½ [CE(S, diagonal) + CE(Sᵀ, diagonal)] with S = exp(τ) cos(aᵢ, bⱼ), for many pairs of embeddings at once.
 *
 * A sample that lacks one of both is no row and no column: nobody has to tell apart from what was never measured. A pair
 * with fewer than two samples in the batch does not count.
 *
 * @param left, right [pair, sample, dim]
 * @param valid [pair, sample]; 1 where both are there
 * @param logScale τ
 */
export const infoNce: InfoNce = (left, right, valid, logScale) =>
  infoNceOfProducts(normaliseRows(left), normaliseRows(right), valid, logScale);

export type InfoNce = (
  left: tf.Tensor3D,
  right: tf.Tensor3D,
  valid: tf.Tensor2D,
  logScale: tf.Scalar,
) => Contrast;

/** The same with S = exp(τ) aᵢ·bⱼ: a long embedding has high scores (trap M2 alone). */
export function infoNceOfProducts(
  left: tf.Tensor3D,
  right: tf.Tensor3D,
  valid: tf.Tensor2D,
  logScale: tf.Scalar,
): Contrast {
  const open = valid.expandDims(1).greater(0); // [pair, 1, sample]
  const scores = left.matMul(right, false, true).mul<tf.Tensor3D>(scaleOf(logScale)); // [pair, sample, sample]
  const one = (s: tf.Tensor3D): tf.Tensor1D =>
    crossEntropies(tf.where(open, s as tf.Tensor, tf.scalar(-1e9)) as tf.Tensor3D, valid);
  const counts = valid.sum(1).greaterEqual(2).cast<tf.Tensor1D>("float32");
  return contrastOf(one(scores), one(scores.transpose([0, 2, 1])), counts);
}

/** Mean over valid samples of -log softmax(Sᵢ)ᵢ: [pair, sample, sample] → [pair] */
export function crossEntropies(scores: tf.Tensor3D, valid: tf.Tensor2D): tf.Tensor1D {
  const samples = Array.from({ length: scores.shape[1] }, (_, i) => i);
  const diagonal = maskTensor(samples.map((i) => samples.map((j) => Number(i === j))));
  const right = tf.logSoftmax(scores).mul(diagonal).sum<tf.Tensor2D>(2); // [pair, sample]
  const weights = valid.div(tf.maximum(valid.sum(1, true), 1));
  return right.mul(weights).sum(1).neg() as tf.Tensor1D;
}

/** @param counts [pair]; 1 where the pair counts */
export function contrastOf(
  leftToRight: tf.Tensor1D,
  rightToLeft: tf.Tensor1D,
  counts: tf.Tensor1D,
): Contrast {
  const [there, back] = [leftToRight.mul<tf.Tensor1D>(counts), rightToLeft.mul<tf.Tensor1D>(counts)];
  const each = there.add(back).mul(0.5); // [pair]
  const loss = each.sum().div<tf.Scalar>(tf.maximum(counts.sum(), 1));
  return { loss, leftToRight: there, rightToLeft: back };
}
