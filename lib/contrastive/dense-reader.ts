/** Every pair of tokens is scored, and those that the mask forbids are thrown away. */
import type * as tf from "@tensorflow/tfjs";
import { attend } from "../attention/attend";
import { maskTensor } from "../attention/mask-tensor";
import type { MaskTable } from "../attention/token-plan";
import type { Reader } from "./read-tokens";

/** @param table [query][key], the same for every sample */
export const denseReader =
  (table: MaskTable): Reader =>
  (validity) => {
    const allowed = allowedPairs(table, validity);
    return ({ queries, keys, values }) => attend(queries, keys, values, allowed).outputs;
  };

/** The same, and somebody looks at the weights [batch, head, query, key] of each layer. */
export const watchedReader =
  (table: MaskTable, watch: (weights: tf.Tensor4D) => void): Reader =>
  (validity) => {
    const allowed = allowedPairs(table, validity);
    return ({ queries, keys, values }) => {
      const { outputs, weights } = attend(queries, keys, values, allowed);
      watch(weights);
      return outputs;
    };
  };

/** [batch, 1, query, key]: the mask and the sample's own gaps, both have to allow. */
export function allowedPairs(table: MaskTable, validity: tf.Tensor2D): tf.Tensor4D {
  const mask = maskTensor(table).reshape([1, 1, table.length, table[0]!.length]);
  return mask.mul(validity.expandDims(1).expandDims(1));
}
