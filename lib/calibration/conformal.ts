/** Split conformal sets: not one answer but as many as it takes to be right as often as was promised. */
import type { CalibrationAnswers, TestAnswers } from "./answers";
import { checkFitted, type FitOptions, refuse } from "./calibrator";
import { checkLabels, type ClassTable } from "./class-table";
import { probabilitiesOf } from "./probabilities";

/**
 * How strange a class would be for a window; larger is stranger.
 *
 * - `thr`: 1 − p_k (least ambiguous sets; Sadinle et al. 2019): the smallest sets on average.
 * - `aps`: the sum of all probabilities larger than p_k, and u · p_k (Romano et al. 2020): larger sets for harder windows.
 */
export type ConformalScore = "thr" | "aps";

export interface ConformalOptions extends FitOptions {
  readonly score: ConformalScore;
  /** The share that may be missed, 0.1 for sets that hold the truth in 90 %. */
  readonly alpha: number;
}

export interface Conformal {
  /** Of 0 … 1; Infinity where so few windows were there that only the set of all classes keeps the promise. */
  readonly threshold: number;
  /**
   * [window, class]: 1 where the class is in the set.
   *
   * @param u [window], uniform in [0, 1], of `aps`; 1 for all where not given, which makes sets a little too large
   * @throws where a window or subject was fitted on
   */
  sets(answers: TestAnswers, u?: ArrayLike<number>): ClassTable;
}

/**
 * The threshold is the ⌈(n + 1)(1 − α)⌉-th smallest score of the truths. If windows of both parts were drawn alike, the
 * truth would be in at least 1 − α of the sets (Vovk et al. 2005); windows of other people are not, and what
 * comes of it is what we measure.
 *
 * @param u [window], of `aps`; 1 for all where not given
 */
export function fitConformal(
  answers: CalibrationAnswers,
  { score, alpha, apart = "subjects" }: ConformalOptions,
  u?: ArrayLike<number>,
): Conformal {
  checkFitted("fitConformal", answers);
  if (!(alpha > 0 && alpha < 1))
    throw new Error(`fitConformal: expected alpha in (0, 1), got ${alpha}; 0.1 promises 90 %`);
  const { logits, labels } = answers;
  const scores = strangeness(probabilitiesOf(logits), score, u);
  const ofTruth = Float64Array.from(labels, (label, i) => scores.values[i * logits.classes + label]!);
  const threshold = conformalQuantile(ofTruth, alpha);
  const windows = new Set(answers.windows);
  const people = apart === "subjects" ? [...new Set(answers.subjects)] : [];
  return {
    threshold,
    sets(asked, own) {
      refuse("fitConformal", asked, windows, people);
      const table = strangeness(probabilitiesOf(asked.logits), score, own);
      return { ...table, values: table.values.map((s) => (s <= threshold ? 1 : 0)) };
    },
  };
}

/** The ⌈(n + 1)(1 − α)⌉-th smallest; Infinity where that is beyond the last. */
export function conformalQuantile(scores: Float64Array, alpha: number): number {
  const sorted = scores.slice().sort();
  const at = Math.ceil((sorted.length + 1) * (1 - alpha) - 1e-9); // 10 · 0.9 is 9, whatever doubles say
  return sorted[at - 1] ?? Infinity;
}

/** [window, class] */
export function strangeness(
  probabilities: ClassTable,
  score: ConformalScore,
  u?: ArrayLike<number>,
): ClassTable {
  const { windows, classes, values } = probabilities;
  if (score === "thr") return { ...probabilities, values: values.map((p) => 1 - p) };
  if (u && u.length !== windows)
    throw new Error(
      `strangeness: expected a number u for each of ${windows} windows, got ${u.length}; draw them from the same windows`,
    );
  const out = new Float64Array(values.length);
  const order = new Int32Array(classes);
  for (let i = 0, start = 0; i < windows; i++, start += classes) {
    for (let k = 0; k < classes; k++) {
      let at = k; // classes by falling probability, equal ones in their order
      for (; at > 0 && values[start + order[at - 1]!]! < values[start + k]!; at--) order[at] = order[at - 1]!;
      order[at] = k;
    }
    let larger = 0;
    for (const k of order) {
      const p = values[start + k]!;
      out[start + k] = larger + (u ? u[i]! : 1) * p;
      larger += p;
    }
  }
  return { windows, classes, values: out };
}

export interface Coverage {
  readonly windows: number;
  /** Share of the sets that hold the truth. */
  readonly covered: number;
  /** Classes in a set, on average. */
  readonly size: number;
}

/** Of all windows together. */
export function coverageOf(sets: ClassTable, labels: ArrayLike<number>): Coverage {
  checkLabels("coverageOf", sets, labels);
  const { windows, classes, values } = sets;
  let [covered, size] = [0, 0];
  for (let i = 0; i < windows; i++) {
    covered += values[i * classes + labels[i]!]!;
    for (let k = 0; k < classes; k++) size += values[i * classes + k]!;
  }
  return { windows, covered: covered / windows, size: size / windows };
}

/** Of each group of windows, such as those of a subject or of a class, in the order in which they first appear. */
export function coverageBy<Group>(
  sets: ClassTable,
  labels: ArrayLike<number>,
  groups: ArrayLike<Group>,
): (Coverage & { readonly group: Group })[] {
  const { classes } = sets;
  const members = new Map<Group, number[]>();
  for (let i = 0; i < sets.windows; i++) {
    const own = members.get(groups[i]!) ?? [];
    own.push(i);
    members.set(groups[i]!, own);
  }
  return [...members].map(([group, own]) => {
    const values = new Float64Array(own.length * classes);
    own.forEach((i, at) => values.set(sets.values.subarray(i * classes, (i + 1) * classes), at * classes));
    return {
      group,
      ...coverageOf(
        { windows: own.length, classes, values },
        own.map((i) => labels[i]!),
      ),
    };
  });
}
