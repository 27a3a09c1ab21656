/** Who is learned from, who decides when to stop, who calibrates, who is asked. */

/** Window numbers, increasing within each part. The parts are disjoint. */
export interface Fold {
  /** What is held out, in the words of the split: a subject, "block 2", "random". */
  readonly heldOut: string;
  /** The split that made it: "leave-one-subject-out", "blocked", "random", ... */
  readonly split: string;
  readonly train: Int32Array;
  /** For early stopping; may be empty. */
  readonly stop: Int32Array;
  /** For temperature and other calibration; may be empty. */
  readonly calibration: Int32Array;
  readonly test: Int32Array;
  /** Classes that the parts for stopping and for calibration lack, by name; none where a part is empty by design. */
  readonly missingClasses: { readonly stop: readonly string[]; readonly calibration: readonly string[] };
}

/** A part of a fold. */
export type Part = "train" | "stop" | "calibration" | "test";
