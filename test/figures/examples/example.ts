/** A figure on a few rows, and what a reader should find in it. */
import type { TopLevelSpec } from "vega-lite";

/** An empty list of rows where it is to be refused, the alternative text, and words and numbers to be seen. */
export interface Example {
  readonly spec: TopLevelSpec;
  readonly empty: () => TopLevelSpec;
  readonly said: string;
  readonly seen: readonly string[];
}

/** By the name of the function that draws it. */
export type Examples = Readonly<Record<string, Example>>;
