/** How unlike what was learned a window looks to a model: larger is stranger. */
import type { ClassTable } from "./class-table";
import { entropies } from "./entropy";
import { probabilitiesOf } from "./probabilities";

export const strangenessScores = {
  /** 1 − max p (Hendrycks & Gimpel 2017). */
  unsure: (logits: ClassTable): Float64Array =>
    eachRow(probabilitiesOf(logits), (row) => 1 - row.reduce((a, b) => Math.max(a, b), 0)),
  /** Predictive entropy. */
  entropy: (logits: ClassTable): Float64Array => entropies(probabilitiesOf(logits)),
  /** −ln Σ exp z: low where logits are large (Liu et al. 2020); alone of these three it sees a shift of all logits. */
  energy: (logits: ClassTable): Float64Array =>
    eachRow(logits, (row) => {
      const top = row.reduce((a, b) => Math.max(a, b), -Infinity);
      return -top - Math.log(row.reduce((sum, z) => sum + Math.exp(z - top), 0));
    }),
} as const satisfies Record<string, (logits: ClassTable) => Float64Array>;

export type StrangenessScore = keyof typeof strangenessScores;

const eachRow = ({ windows, classes, values }: ClassTable, of: (row: Float64Array) => number): Float64Array =>
  Float64Array.from({ length: windows }, (_, i) => of(values.subarray(i * classes, (i + 1) * classes)));
