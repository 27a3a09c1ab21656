/** From trainings to answers: what transfer gives each person beyond the target alone, on the same fold and seed. */
import { signFlipTest } from "../metrics/sign-flip";
import { average } from "../metrics/average";
import { type Comparison, verdictOf } from "./compare";
import type { Task } from "./d-cat-design";
import type { Domain } from "./d-cat-domains";
import { directionOf, labelOf } from "./d-cat-label";
import type { DCatResult, DCatScores } from "./d-cat-result";
import { overSubjects } from "./summary";

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
  /**
   * What an arm is compared with, by its label: the target alone, fitted or over-fitted as the arm's target is, unless told;
   * one that has sources, too, is taken in the arm's own direction.
   */
  readonly floor?: string;
  /** Of calibration error and likelihood: after the temperature of the calibration windows. */
  readonly isScaled?: boolean;
}

/** With fewer people no sign-flip test can fall below 0.05, and an interval of resampled people is too narrow to decide. */
const fewest = 6;

/**
 * A row for each data set, split, direction and label of a method: arm − floor, the mean over people of each one's mean over
 * seeds. Folds or seeds that only one of the two has are left out.
 */
export function gains(results: readonly DCatResult[], options: GainOptions = {}): Gain[] {
  const { score = "macroF1", domain = "as recorded", isScaled = false } = options;
  const floorOf = ({ fitness }: Task): string =>
    options.floor ?? labelOf({ method: { kind: "alone" }, fitness });
  const placeOf = (task: Task, floor: string): string =>
    foldOf(task) + floor + (floor.startsWith("alone") ? "" : directionOf(task));
  const floors = new Map(results.map((r) => [placeOf(r.task, labelOf(r.task)), r] as const));
  const floorFor = ({ task }: DCatResult) => floors.get(placeOf(task, floorOf(task)));
  const groups = new Map<string, DCatResult[]>();
  for (const result of results) {
    const { task } = result;
    const isFloor = task.method.kind === "alone" || labelOf(task) === options.floor;
    if (isFloor || !floorFor(result)) continue;
    const name = JSON.stringify([task.data, task.split, directionOf(task), labelOf(task)]);
    groups.set(name, [...(groups.get(name) ?? []), result]);
  }
  return [...groups.values()].flatMap((arm) => {
    const by = new Map<string, number[]>();
    for (const result of arm) {
      const [a, b] = [result, floorFor(result)!].map((r) => peopleIn(r, domain));
      a!.forEach((own, subject) => {
        const other = b!.get(subject);
        const of = (one: DCatScores): number => scoreOf(one, score, isScaled);
        if (other) by.set(subject, [...(by.get(subject) ?? []), of(own) - of(other)]);
      });
    }
    if (by.size === 0) return []; // a sensor that knows no such domain
    const { task } = arm[0]!;
    const each = [...by].map(([subject, d]) => ({ subject, difference: average(d) }));
    return [
      {
        ...{ data: task.data, split: task.split, direction: directionOf(task) },
        ...{ first: labelOf(task), second: floorOf(task), score },
        seeds: new Set(arm.map((r) => r.task.seed)).size,
        ...summaryOf(score, each),
      },
    ];
  });
}

type Each = Comparison["each"];

/** The mean over people, its interval and what it decides. */
function summaryOf(score: DCatScore, each: Each) {
  const differences = each.map(({ difference }) => difference);
  const { mean, lower, upper } = overSubjects(differences);
  return {
    ...{ mean, lower, upper, each, subjects: each.length },
    p: signFlipTest(differences).p,
    verdict: each.length < fewest ? ("undecided" as const) : verdictOf(score, lower, upper),
  };
}

/** Every arm whose interval lies below the target alone, by however little: the report of negative transfer. */
export const negativeTransfer = (
  results: readonly DCatResult[],
  options: Omit<GainOptions, "score" | "isScaled"> = {},
): Gain[] => gains(results, options).filter(({ upper, subjects }) => subjects >= fewest && upper < 0);

/** Of two gains over the same floor: by how much the first is larger, for the people that both have. */
export function differenceOf(first: Gain, second: Gain): Gain {
  if (first.second !== second.second || first.score !== second.score)
    throw new Error(
      `differenceOf: expected gains over ${first.second} in ${first.score}, got over ${second.second} in ${second.score}; compare what has the same floor`,
    );
  const other = new Map(second.each.map(({ subject, difference }) => [subject, difference]));
  const each = first.each
    .filter(({ subject }) => other.has(subject))
    .map(({ subject, difference }) => ({ subject, difference: difference - other.get(subject)! }));
  const name = second.direction === first.direction ? second.first : `${second.direction}, ${second.first}`;
  return { ...first, second: name, ...summaryOf(first.score, each) };
}

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
    return average(own.map(({ stopMacroF1 }) => stopMacroF1 ?? NaN));
  };
  const ahead = of(source) - of(target);
  return ahead > 0.02 ? "strong to weak" : ahead < -0.02 ? "weak to strong" : "alike";
}

/** The fold and seed of a target, whatever its training. */
const foldOf = ({ data, split, fold, seed, target }: Task): string =>
  JSON.stringify([data, split, fold, seed, target]);

function scoreOf(scores: DCatScores, score: DCatScore, isScaled: boolean): number {
  if (!isScaled) return scores[score];
  if (score === "ece" || score === "negativeLogLikelihood") return scores.scaled[score];
  throw new Error(
    `gains: expected ece or negativeLogLikelihood, got ${score}; a temperature changes no decision`,
  );
}

const peopleIn = ({ scores }: DCatResult, domain: Domain): Map<string, DCatScores> =>
  new Map(scores.find((s) => s.domain === domain)?.subjects.map((one) => [one.subject, one]) ?? []);
