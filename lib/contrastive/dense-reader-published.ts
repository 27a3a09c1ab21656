/** The public code's attention: where nothing may be read, everything is read alike. */
import * as tf from "@tensorflow/tfjs";
import type { MaskTable } from "../attention/token-plan";
import { allowedPairs } from "./dense-reader";
import type { Reader } from "./read-tokens";

/**
 * Forbidden scores become the most negative number; a row in which all are forbidden is then a uniform average over **all**
 * tokens, absent and forbidden ones too (traps M6 and, through the pooling's mask, Z1).
 */
export const denseReaderPublished =
  (table: MaskTable): Reader =>
  (validity) => {
    const open = allowedPairs(table, validity).greater(0);
    return ({ queries, keys, values }) => {
      const scores = queries.div(Math.sqrt(queries.shape[3])).matMul(keys, false, true);
      const weights = tf.softmax(tf.where(open, scores, tf.scalar(-3.4e38)));
      return weights.matMul(values) as tf.Tensor4D;
    };
  };
