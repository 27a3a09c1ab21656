/** Windows of equal length, cut inside segments; samples are stored once and shared by windows that overlap. */
import type { Channel, TargetSpace } from "./recording";

/** One sequence modality on a regular grid, segment after segment. */
export interface SequenceTrack {
  readonly kind: "sequence";
  readonly channels: readonly Channel[];
  readonly rateHz: number;
  /** Steps in a window. */
  readonly time: number;
  /** [sample, channel]; NaN where nothing was measured and nothing was filled. */
  readonly values: Float32Array;
  /** [sample]; 1 where every channel was measured. Statistics and presence count these alone. */
  readonly validity: Uint8Array;
  /** [sample]; 1 where `hold` or `linear` completed a sample: an estimate that a model may read, never a measurement. */
  readonly filled: Uint8Array;
  /** [window]: its first sample; -1 where the recording lacks the modality. */
  readonly offset: Int32Array;
}

/** One vector modality: a row of features for each window. */
export interface VectorTrack {
  readonly kind: "vector";
  readonly features: readonly Channel[];
  /** [row, feature] */
  readonly values: Float32Array;
  /** [row, feature]; 1 where a number was measured. */
  readonly validity: Uint8Array;
  /** [window]: its row; -1 where there is none. */
  readonly offset: Int32Array;
}

export type Track = SequenceTrack | VectorTrack;

/** What a window's segment was. */
export interface WindowSegment {
  readonly subject: string;
  readonly session: string;
  readonly target: readonly number[];
}

export interface Windows {
  readonly dataset: string;
  /** SHA-256 over the recordings that they were cut from and the options of the cut. */
  readonly hash: string;
  readonly lengthSeconds: number;
  readonly strideSeconds: number;
  readonly space: TargetSpace;
  readonly count: number;
  /** By name; the order of `names` is the order of the presence axis. */
  readonly names: readonly string[];
  readonly tracks: Readonly<Record<string, Track>>;
  /** [window] */
  readonly subject: readonly string[];
  /** [window]: number of its segment, unique over all recordings; see `segments`. */
  readonly segment: Int32Array;
  readonly segments: readonly WindowSegment[];
  /** [window] seconds on the recording's clock. */
  readonly startSeconds: Float64Array;
  /** [window, target] */
  readonly targets: Float32Array;
  /** [window, modality]; 1 where at least one sample was measured. */
  readonly presence: Uint8Array;
}
