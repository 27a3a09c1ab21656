/** From a batch's embeddings to one number: all pairs at once. */
import * as tf from "@tensorflow/tfjs";
import { maskTensor } from "../attention/mask-tensor";
import { type Contrast, infoNce, type InfoNce, infoNceOfProducts } from "./info-nce";
import { infoNcePublished, infoNceWithColumns } from "./info-nce-published";
import type { Embedded, Target } from "./network";
import type { Pair } from "./pairs";
import { allPresent, anyPresent } from "./presence-of";

export interface PairLossOptions {
  readonly targets: readonly Target[];
  readonly pairs: readonly Pair[];
  /**
   * May a channel of which one member is there be trained as if it were whole? `all` says no; `any` is as published
   * (trap M3). The root counts in either case where anything is there.
   */
  readonly complete: "all" | "any";
  /**
   * `corrected`: cosine, absent samples leave rows and columns; `products` (trap M2) and `columns` that stay (M4) each
   * alone, and `published`, both.
   */
  readonly contrast: ContrastName;
}

const contrasts = {
  corrected: infoNce,
  products: infoNceOfProducts,
  columns: infoNceWithColumns,
  published: infoNcePublished,
} as const satisfies Record<string, InfoNce>;

export type ContrastName = keyof typeof contrasts;

/** @param logScale τ, learned, one for all pairs */
export function pairLoss(
  { embeddings, presence }: Embedded,
  logScale: tf.Scalar,
  options: PairLossOptions,
): Contrast {
  const { targets, pairs } = options;
  const [batch, target, dim] = embeddings.shape;
  const side = (which: "left" | "right") =>
    maskTensor(pairs.map((pair) => targets.map((_, t) => Number(t === pair[which])))); // [pair, target]
  const [left, right] = [side("left"), side("right")];
  const byTarget = embeddings.transpose([1, 0, 2]).reshape<tf.Tensor2D>([target, batch * dim]);
  const chosen = (which: tf.Tensor2D): tf.Tensor3D =>
    which.matMul(byTarget).reshape([pairs.length, batch, dim]); // a gather whose gradient is a product
  const there = targetsPresent(presence, options); // [batch, target]
  const valid = left.matMul(there, false, true).mul<tf.Tensor2D>(right.matMul(there, false, true)); // [pair, batch]
  return contrasts[options.contrast](chosen(left), chosen(right), valid, logScale);
}

/** Which targets of a sample may be trained: [batch, target] */
export function targetsPresent(
  presence: tf.Tensor2D,
  { targets, complete }: Pick<PairLossOptions, "targets" | "complete">,
): tf.Tensor2D {
  const any = anyPresent(presence, targets);
  if (complete === "any") return any;
  const modalities = presence.shape[1];
  const isRoot = tf
    .tensor1d(
      targets.map(({ members }) => Number(members.length === modalities)),
      "int32",
    )
    .cast("float32");
  return tf.maximum(allPresent(presence, targets), any.mul(isRoot));
}
