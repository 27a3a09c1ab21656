/** Frames, such as features of video images: each is looked at alone, then all are pooled, in whatever order they came. */
import type * as tf from "@tensorflow/tfjs";
import { KeyedDropout } from "../engine/keyed-dropout";
import { chain } from "./chain";
import { dense } from "./dense";
import type { EncoderFactory } from "./encoder";
import { type FramePooling, poolFrames } from "./frame-pooling";
import { KeepValid } from "./keep-valid";
import { openSteps } from "./open-steps";

export interface FrameOptions {
  readonly pooling: FramePooling;
  readonly dropout?: number;
}

/**
 * Linear, ReLU, dropout for each frame, which then is a token; pooled: mean, maximum or attention over valid frames.
 *
 *     [batch, frame, channel] → [batch, frame, dim] → [batch, dim]
 */
export const frameEncoder =
  ({ pooling, dropout = 0 }: FrameOptions): EncoderFactory =>
  ({ modality, dim, seed }) =>
  (values, validity) => {
    const open = openSteps(modality, values, validity);
    const frames = chain(
      open.values,
      dense({ name: `${modality}_frame`, units: dim, seed, activation: "relu" }),
      new KeyedDropout({ name: `${modality}_frame_dropout`, rate: dropout }),
    );
    const keep = new KeepValid({ name: `${modality}_keep_tokens` });
    return {
      tokens: keep.apply([frames, open.validity]) as tf.SymbolicTensor,
      validity: open.validity,
      pooled: poolFrames({ modality, pooling, seed }, frames, open.validity),
    };
  };
