/** How unlike what was learned a window looks to a model: larger is stranger. */
import type { ClassTable } from "./class-table";
import { entropies } from "./entropy";
import { probabilitiesOf } from "./probabilities";

export const strangenessScores = {
  /** 1 − max p (Hendrycks & Gimpel 2017). */
  unsure: (logits: ClassTable): Float64Array => largest(probabilitiesOf(logits)).map((p) => 1 - p),
  /** Predictive entropy. */
  entropy: (logits: ClassTable): Float64Array => entropies(probabilitiesOf(logits)),
  /** −ln Σ exp z: low where logits are large (Liu et al. 2020); alone of these three it sees a shift of all logits. */
  energy: (logits: ClassTable): Float64Array => {
    const { classes, values } = logits;
    return largest(logits).map((top, i) => {
      let sum = 0;
      for (let at = i * classes; at < (i + 1) * classes; at++) sum += Math.exp(values[at]! - top);
      return -top - Math.log(sum);
    });
  },
} as const satisfies Record<string, (logits: ClassTable) => Float64Array>;

export type StrangenessScore = keyof typeof strangenessScores;

/** [window] */
function largest({ windows, classes, values }: ClassTable): Float64Array {
  const out = new Float64Array(windows).fill(-Infinity);
  for (let i = 0, at = 0; i < windows; i++)
    for (let k = 0; k < classes; k++, at++) if (values[at]! > out[i]!) out[i] = values[at]!;
  return out;
}
