/** Three ways to make one vector of frames: all alike, the strongest of each feature, or as learned scores say. */
import type * as tf from "@tensorflow/tfjs";
import { AttentionPool } from "./attention-pool";
import { dense } from "./dense";
import { MaskedMax } from "./masked-max";
import { MaskedMean } from "./masked-mean";

export type FramePooling = "mean" | "max" | "attention";

export interface FramePoolingOptions {
  readonly modality: string;
  readonly pooling: FramePooling;
  readonly seed: number;
  /** A bias falls out of the softmax: it changes nothing but the number of parameters. */
  readonly scoreBias?: boolean;
}

/**
 * Over valid frames only; zeros where there is none. The layer `<modality>_pool` of attention gives its weights
 * [batch, frame] as second output.
 *
 * @param frames [batch, frame, dim]
 * @param validity [batch, frame]
 * @returns [batch, dim]
 */
export function poolFrames(
  { modality, pooling, seed, scoreBias = false }: FramePoolingOptions,
  frames: tf.SymbolicTensor,
  validity: tf.SymbolicTensor,
): tf.SymbolicTensor {
  const name = `${modality}_pool`;
  switch (pooling) {
    case "mean":
      return new MaskedMean({ name }).apply([frames, validity]) as tf.SymbolicTensor;
    case "max":
      return new MaskedMax({ name }).apply([frames, validity]) as tf.SymbolicTensor;
    case "attention": {
      const score = dense({ name: `${modality}_score`, units: 1, seed, useBias: scoreBias });
      const [pooled] = new AttentionPool({ name }).apply([
        frames,
        score.apply(frames),
        validity,
      ] as tf.SymbolicTensor[]) as tf.SymbolicTensor[];
      return pooled!;
    }
  }
}
