/** Multi-head attention over tokens of several modalities that computes no pair which its reach closes. */
import * as tf from "@tensorflow/tfjs";
import { dropKeyed } from "../engine/keyed-dropout";
import { keepWhere } from "../engine/keep-where";
import { checkShape } from "../shapes";
import { attend } from "./attend";
import { type AttentionConfig, AttentionLayer } from "./attention-layer";
import { mergeHeads, splitHeads } from "./heads";

export interface ModalityAttentionConfig extends AttentionConfig {
  /** [modality]: how many tokens each has, in the order of the row. */
  readonly counts: readonly number[];
  /** Whom a token may ask: those of its own modality alone, or those of the others alone. */
  readonly reach: "own" | "others";
}

/** A stretch of a row. */
interface Range {
  readonly first: number;
  readonly count: number;
}

/**
 * What `MultiHeadAttention` answers where all tokens ask all, under a mask that is closed outside the reach: with three
 * modalities of as many tokens a third of its work for "own", two thirds for "others".
 *
 *     tokens [batch, token, channel], allowed [batch, token, token] → outputs [batch, token, dim],
 *     weights [batch, head, token, token]
 *
 * `allowed` is 1 where a token may look, and 0 outside the reach. A token that sees none and is seen by none may hold
 * anything, NaN included. The output (the bias, too) and weights of one that sees none are exactly 0.
 */
export class ModalityAttention extends AttentionLayer {
  static readonly className = "ModalityAttention";
  private readonly counts: readonly number[];
  private readonly reach: "own" | "others";

  constructor({ counts, reach, ...config }: ModalityAttentionConfig) {
    super(config);
    this.counts = counts;
    this.reach = reach;
  }

  override build(shapes: tf.Shape[]): void {
    this.addProjections(shapes[0]!.at(-1)!, shapes[0]!.at(-1)!);
    super.build(shapes);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor[] {
    const [tokens, allowed] = inputs as [tf.Tensor3D, tf.Tensor3D];
    const { name, heads, dropout } = this.config;
    const count = this.counts.reduce((sum, own) => sum + own, 0);
    const batch = tokens.shape[0];
    checkShape(
      `ModalityAttention: ${name}: tokens`,
      tokens,
      { batch, token: count, channel: null },
      "sum counts up",
    );
    checkShape(
      `ModalityAttention: ${name}: allowed`,
      allowed,
      { batch, query: count, key: count },
      "say for each query and key",
    );
    return tf.tidy(() => {
      const known = keepWhere(tokens, allowed.max(1).maximum(allowed.max(2)).expandDims(2));
      // [batch, head, token, dim / heads]
      const [queries, keys, values] = (["query", "key", "value"] as const).map((what) =>
        splitHeads(this.project(known, what), heads),
      );
      const inTraining = kwargs["training"] === true && dropout > 0;
      const parts = this.counts.map((_, m) => {
        const [mine, asked] = this.rangesOf(m);
        const may = pick(pick(allowed, [mine], 1), asked, 2).expandDims<tf.Tensor4D>(1);
        const open = this.reach === "others" && this.counts.length === 1 ? may.zerosLike() : may;
        const drop = (weights: tf.Tensor4D) => dropKeyed(weights, dropout, `${name}/${m}`);
        const found = attend(
          pick(queries!, [mine], 2),
          pick(keys!, asked, 2),
          pick(values!, asked, 2),
          open,
          inTraining ? { drop } : {},
        );
        return {
          outputs: found.outputs,
          weights: spread(found.weights, asked, count),
          asking: open.max([1, 3]).expandDims(2), // [batch, query, 1]; 1 where a token may see one
        };
      });
      const along = (axis: number, each: readonly tf.Tensor[]) =>
        each.length === 1 ? each[0]! : tf.concat([...each], axis);
      const outputs = along(
        2,
        parts.map((part) => part.outputs),
      ) as tf.Tensor4D;
      const asking = along(
        1,
        parts.map((part) => part.asking),
      );
      const weights = along(
        2,
        parts.map((part) => part.weights),
      );
      return [keepWhere(this.project(mergeHeads(outputs), "output"), asking), weights];
    });
  }

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape[] {
    const [batch, token] = shapes[0]!;
    const { heads, dim } = this.config;
    return [
      [batch!, token!, dim],
      [batch!, heads, token!, token!],
    ];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), counts: [...this.counts], reach: this.reach };
  }

  /** The tokens of a modality, and those that they ask; a modality without others asks itself behind a closed mask. */
  private rangesOf(modality: number): [Range, Range[]] {
    const ranges = this.counts.map((count, m) => ({
      first: this.counts.slice(0, m).reduce((sum, before) => sum + before, 0),
      count,
    }));
    const mine = ranges[modality]!;
    const others = ranges.filter((range) => range !== mine);
    return [mine, this.reach === "own" || others.length === 0 ? [mine] : others];
  }
}

tf.serialization.registerClass(ModalityAttention); // a saved model finds its layer by className

/** x with these stretches of an axis alone, one after the other. */
function pick<T extends tf.Tensor>(x: T, ranges: readonly Range[], axis: number): T {
  const parts = ranges.map(({ first, count }) => {
    const begin = x.shape.map((_, i) => (i === axis ? first : 0));
    return x.slice(
      begin,
      x.shape.map((size, i) => (i === axis ? count : size)),
    );
  });
  return parts.length === 1 ? parts[0]! : (tf.concat(parts, axis) as T);
}

/** [..., key of the ranges] → [..., key], 0 between the ranges. */
function spread(weights: tf.Tensor4D, ranges: readonly Range[], count: number): tf.Tensor {
  const [batch, head, query] = weights.shape;
  const parts: tf.Tensor[] = [];
  let [at, read] = [0, 0];
  const gap = (until: number): void => {
    if (until > at) parts.push(tf.zeros([batch, head, query, until - at]));
    at = until;
  };
  for (const { first, count: own } of ranges) {
    gap(first);
    parts.push(weights.slice([0, 0, 0, read], [batch, head, query, own]));
    read += own;
    at += own;
  }
  gap(count);
  return parts.length === 1 ? parts[0]! : tf.concat(parts, 3);
}
