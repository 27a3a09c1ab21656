/** A signature head by head. */
import * as tf from "@tensorflow/tfjs";

/**
 * The blocks on the diagonal of S: head h's own Kₕᵀ Vₕ, if head h has features h · d to (h + 1) · d - 1. With one head,
 * all of S.
 *
 *     [batch, head · d, head · d] → [batch, head, d, d]
 */
export function headBlocks(signatures: tf.Tensor3D, heads: number): tf.Tensor4D {
  const dim = signatures.shape[1];
  if (!(heads >= 1 && dim % heads === 0))
    throw new Error(`headBlocks: expected heads that divide dim ${dim}, got ${heads}; change one`);
  if (heads === 1) return signatures.expandDims(1);
  const size = dim / heads;
  const block = (h: number): tf.Tensor3D => signatures.slice([0, h * size, h * size], [-1, size, size]);
  return tf.stack(
    Array.from({ length: heads }, (_, h) => block(h)),
    1,
  ) as tf.Tensor4D;
}
