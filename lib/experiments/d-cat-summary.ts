/** From trainings to answers: what transfer gives each person beyond the target alone, on the same fold and seed. */
import { bootstrapInterval } from "../metrics/interval";
import { signFlipTest } from "../metrics/sign-flip";
import { type Comparison, verdictOf } from "./compare";
import type { Task } from "./d-cat-design";
import type { Domain } from "./d-cat-domains";
import { directionOf, labelOf } from "./d-cat-label";
import type { DCatResult, DCatScores } from "./d-cat-result";

export type DCatScore = "macroF1" | "accuracy" | "negativeLogLikelihood" | "ece";

export interface Gain extends Comparison {
  readonly data: Task["data"];
  readonly split: Task["split"];
  /** "phone → watch" */
  readonly direction: string;
}

export interface GainOptions {
  readonly score?: DCatScore;
  readonly domain?: Domain;
  /** What an arm is compared with, by its label: the target alone, fitted as it is, unless told. */
  readonly floor?: string;
}

/** With fewer people no sign-flip test can fall below 0.05, and an interval of resampled people is too narrow to decide. */
const fewest = 6;

/**
 * A row for each data set, split, direction and label of a method: arm − floor, the mean over people of each one's mean over
 * seeds. Folds or seeds that only one of the two has are left out.
 */
export function gains(results: readonly DCatResult[], options: GainOptions = {}): Gain[] {
  const { score = "macroF1", domain = "as recorded", floor = "alone" } = options;
  const floors = new Map(
    results.filter(({ task }) => labelOf(task) === floor).map((r) => [placeOf(r.task), r] as const),
  );
  const groups = new Map<string, DCatResult[]>();
  for (const result of results) {
    const { task } = result;
    if (task.method.kind === "alone" || !floors.has(placeOf(task))) continue;
    const name = JSON.stringify([task.data, task.split, directionOf(task), labelOf(task)]);
    groups.set(name, [...(groups.get(name) ?? []), result]);
  }
  return [...groups.values()].flatMap((arm) => {
    const by = new Map<string, number[]>();
    for (const result of arm) {
      const [a, b] = [result, floors.get(placeOf(result.task))!].map((r) => peopleIn(r, domain));
      a!.forEach((own, subject) => {
        const other = b!.get(subject);
        if (other) by.set(subject, [...(by.get(subject) ?? []), own[score] - other[score]]);
      });
    }
    if (by.size === 0) return []; // a sensor that knows no such domain
    const { task } = arm[0]!;
    const each = [...by].map(([subject, d]) => ({ subject, difference: mean(d) }));
    const differences = each.map(({ difference }) => difference);
    const middle = mean(differences);
    const { lower, upper } =
      differences.length < 2 ? { lower: middle, upper: middle } : bootstrapInterval(differences, { seed: 1 });
    return [
      {
        ...{ data: task.data, split: task.split, direction: directionOf(task) },
        ...{ first: labelOf(task), second: floor, score, mean: middle, lower, upper, each },
        subjects: each.length,
        seeds: new Set(arm.map((r) => r.task.seed)).size,
        p: signFlipTest(differences).p,
        verdict: each.length < fewest ? ("undecided" as const) : verdictOf(score, lower, upper),
      },
    ];
  });
}

/** Every arm whose interval lies below the target alone: the report of negative transfer. */
export const negativeTransfer = (results: readonly DCatResult[], options: GainOptions = {}): Gain[] =>
  gains(results, options).filter(({ verdict }) => verdict === "worse");

/** On validation windows alone, before any transfer: is the source stronger than the target by 2 points of macro-F1? */
export function strengthOf(
  results: readonly DCatResult[],
  source: string,
  target: string,
): "strong to weak" | "weak to strong" | "alike" {
  const of = (sensor: string): number => {
    const own = results.filter(({ task }) => labelOf(task) === "alone" && task.target === sensor);
    if (own.length === 0)
      throw new Error(
        `strengthOf: expected trainings of ${sensor} alone, got none; run the study to its end`,
      );
    return mean(own.map(({ stopMacroF1 }) => stopMacroF1 ?? NaN));
  };
  const ahead = of(source) - of(target);
  return ahead > 0.02 ? "strong to weak" : ahead < -0.02 ? "weak to strong" : "alike";
}

/** The fold and seed of a target, whatever its training. */
const placeOf = ({ data, split, fold, seed, target }: Task): string =>
  JSON.stringify([data, split, fold, seed, target]);

const peopleIn = ({ scores }: DCatResult, domain: Domain): Map<string, DCatScores> =>
  new Map(scores.find((s) => s.domain === domain)?.subjects.map((one) => [one.subject, one]) ?? []);

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
