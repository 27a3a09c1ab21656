/** A trap of the public code: one number as published, and one without it. */

export interface McaTrap {
  /** As the notes number them: M of MCA, Z of Zorro, E of everything-at-once. */
  readonly trap: string;
  /** What is counted. */
  readonly what: string;
  readonly published: number;
  readonly corrected: number;
}
