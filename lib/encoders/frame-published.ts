/** The published frame encoder: wider frames than vectors, and one vector for all. */
import type * as tf from "@tensorflow/tfjs";
import { KeyedDropout } from "../engine/keyed-dropout";
import { chain } from "./chain";
import { dense } from "./dense";
import type { EncoderFactory } from "./encoder";
import { type FramePooling, poolFrames } from "./frame-pooling";
import { AnyToken } from "./one-token";
import { openSteps } from "./open-steps";
import { singleToken } from "./whole-windows";

export interface FramePublishedOptions {
  readonly pooling: FramePooling;
  /** 256 in the published configuration. */
  readonly hidden: number;
  /** 0.1 in the published configuration. */
  readonly dropout: number;
}

/**
 * Published `FrameEncoder`: Linear, ReLU, dropout for each frame, pooling under the frames' mask, Linear.
 *
 * It has no rule for NaN: one in a frame makes the published vector NaN, and so do a window without valid frames and
 * the maximum under a float mask. Here those frames are closed, and a window without any is zeros.
 *
 *     [batch, frame, channel] → [batch, 1, dim] → [batch, dim]
 */
export const framePublished =
  ({ pooling, hidden, dropout }: FramePublishedOptions): EncoderFactory =>
  ({ modality, dim, seed }) =>
  (values, validity) => {
    const open = openSteps(modality, values, validity);
    const frames = chain(
      open.values,
      dense({ name: `${modality}_frame`, units: hidden, seed, activation: "relu" }),
      new KeyedDropout({ name: `${modality}_frame_dropout`, rate: dropout }),
    );
    const pooled = poolFrames({ modality, pooling, seed, scoreBias: true }, frames, open.validity);
    const vector = chain(pooled, dense({ name: `${modality}_encoded`, units: dim, seed }));
    const any = new AnyToken({ name: `${modality}_any_frame` }).apply(open.validity) as tf.SymbolicTensor;
    return singleToken(modality, vector, any);
  };
