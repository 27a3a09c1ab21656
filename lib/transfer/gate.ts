/** Is the source to be believed about this window? */
import { decide } from "../train/evaluate";

/**
 * How the bits were made: by the source that taught (of which an over-fitted one is right about nearly all that it has
 * learned), by sources that had not seen the window, or not at all.
 */
export const gates = ["off", "in-fold", "out-of-fold"] as const;
export type Gate = (typeof gates)[number];

/**
 * 1[argmax f_A(x_A) = y], per window ("MCMA"): [window].
 *
 * @param logits [window, class]
 * @param labels [window]
 */
export const gateBits = (logits: readonly Float32Array[], labels: ArrayLike<number>): Uint8Array =>
  Uint8Array.from(decide(logits), (id, i) => (id === labels[i] ? 1 : 0));
