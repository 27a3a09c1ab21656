/** A table of zeros and ones as a tensor. */
import * as tf from "@tensorflow/tfjs";
import type { MaskTable } from "./token-plan";

/** [row, key], float32. Made of integers, which a compiled step may hold: unequal float numbers it takes for random ones. */
export const maskTensor = (table: MaskTable): tf.Tensor2D =>
  tf.tensor2d(Int32Array.from(table.flat()), [table.length, table[0]!.length], "int32").cast("float32");
