/** The loss of everything-at-once, as its own code has it. */
import * as tf from "@tensorflow/tfjs";
import { infoNce } from "./info-nce";

/**
 * L(x, y) = CE(S / 0.05) + CE(Sᵀ / 0.05), S cosine, both directions **summed**; weighted mean over the pairs. A sample with an
 * empty side leaves rows and columns.
 *
 * @param left, right [pair, sample, dim]
 * @param valid [pair, sample]
 * @param weights [pair]; HowTo100M: 1 for (text, video), 0.1 for others; fine-tuning: all 1
 */
export function everythingLoss(
  left: tf.Tensor3D,
  right: tf.Tensor3D,
  valid: tf.Tensor2D,
  weights?: tf.Tensor1D,
): tf.Scalar {
  const { leftToRight, rightToLeft } = infoNce(left, right, valid, tf.scalar(Math.log(1 / 0.05)));
  const each = leftToRight.add<tf.Tensor1D>(rightToLeft);
  const shares = weights ?? (tf.onesLike(each) as tf.Tensor1D);
  return each.mul(shares).sum().div(shares.sum());
}
