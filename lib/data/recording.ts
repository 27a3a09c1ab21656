/** What was measured, before anything is cut: one subject, one session, each modality on its own clock. */

/** One column of a sequence or one feature of a vector. */
export interface Channel {
  readonly name: string;
  /** As printed on an axis: "m/s²", "°C", "1" for none. */
  readonly unit: string;
}

/** A modality that is sampled over time. */
export interface Sequence {
  readonly kind: "sequence";
  readonly channels: readonly Channel[];
  /** Nominal rate; `seconds` holds the real times. */
  readonly rateHz: number;
  /** [sample] seconds on the recording's clock, increasing. */
  readonly seconds: Float64Array;
  /** [sample, channel], row by row; NaN where nothing was measured. */
  readonly values: Float32Array;
}

/** A modality that is a row of features for each example; row r belongs to the segment that holds `seconds[r]`. */
export interface Vector {
  readonly kind: "vector";
  readonly features: readonly Channel[];
  /** [row] seconds on the recording's clock, increasing. */
  readonly seconds: Float64Array;
  /** [row, feature]; NaN where nothing was measured. */
  readonly values: Float32Array;
}

/** What there is to predict. A target row is one class id, one real value, or one number for each label. */
export type TargetSpace =
  | { readonly kind: "class"; readonly classes: readonly string[] }
  | { readonly kind: "value"; readonly name: string; readonly unit: string }
  | { readonly kind: "labels"; readonly labels: readonly string[] };

/** A contiguous run of one subject and one target: [startSeconds, endSeconds). A gap in time ends it. */
export interface Segment {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** One number for "class" (its id) and "value", one for each label otherwise; NaN where a label is missing. */
  readonly target: readonly number[];
}

export interface Recording {
  readonly dataset: string;
  readonly subject: string;
  /** What tells this session from the subject's others: usually the file's name. */
  readonly session: string;
  readonly space: TargetSpace;
  /** By name. A modality that was not worn is missing here, not filled with zeros. */
  readonly modalities: Readonly<Record<string, Sequence | Vector>>;
  readonly segments: readonly Segment[];
}
