/** Did a committed result come out again? What was committed, what was got, how far they may differ, and a verdict. */
import { isDeepStrictEqual } from "node:util";
import type { Result } from "./result";

export type Verdict = "equal" | "within tolerance" | "different";

export interface ReproducedNumber {
  readonly quantity: string;
  readonly committed: number;
  readonly got: number;
  /** 0 where any engine must give the same number. */
  readonly tolerance: number;
  readonly verdict: Verdict;
}

export interface Reproduced {
  /** Does this process compute on the engine that made the committed result? Then every byte must come out again. */
  readonly sameEngine: boolean;
  readonly numbers: readonly ReproducedNumber[];
  /** Fields of the result that are not the same, and that no rounding explains on the same engine. */
  readonly differing: readonly string[];
  readonly verdict: Verdict;
}

/**
 * On the same engine nothing may differ but what names the code. Another engine rounds otherwise, and training amplifies
 * that as it would another seed: scores may then differ as those of two trainings do, see `scoreTolerance`. Counts must
 * be the same on every engine.
 */
export function reproduced(committed: Result, got: Result): Reproduced {
  const sameEngine = isDeepStrictEqual(committed.engine, got.engine);
  const numbers = quantities(committed).map(([quantity, value, windows], i): ReproducedNumber => {
    const [, fresh] = quantities(got)[i]!;
    const tolerance = sameEngine || windows === 0 ? 0 : scoreTolerance(value, windows);
    const verdict =
      value === fresh ? "equal" : Math.abs(value - fresh) <= tolerance ? "within tolerance" : "different";
    return { quantity, committed: value, got: fresh, tolerance, verdict };
  });
  const differing = differingFields(withoutCode(committed), withoutCode(got));
  const grave = sameEngine ? differing : differing.filter((field) => !mayMove.test(field));
  const worst = numbers.some(({ verdict }) => verdict === "different") || grave.length > 0;
  return {
    ...{ sameEngine, numbers, differing: grave },
    verdict: worst ? "different" : differing.length === 0 ? "equal" : "within tolerance",
  };
}

/**
 * 1.96 √(2 p (1 − p) / n): 95 % of the differences between two shares p of n windows, whose errors are independent of
 * each other. Two trainings err on the same windows more often than that, and neighbouring windows err together.
 */
export const scoreTolerance = (p: number, windows: number): number =>
  1.96 * Math.sqrt((2 * Math.max(0, p * (1 - p))) / windows);

/** Name, value, and the windows that it is a score of; 0 where it is the same on every engine. */
const quantities = (r: Result): [string, number, number][] => [
  ["accuracy", r.pooled.accuracy, r.pooled.windows],
  ["macro-F1", r.pooled.macroF1, r.pooled.windows],
  ...(r.subjects.length > 1
    ? r.subjects.map(({ subject, macroF1, windows }): [string, number, number] => [
        `macro-F1 of ${subject}`,
        macroF1,
        windows,
      ])
    : []),
  ["accuracy of the commonest class", r.majorityAccuracy, 0],
  ["parameters", r.parameters, 0],
  ["training windows", r.fold.train, 0],
  ["test windows", r.fold.test, 0],
];

/** Trained numbers; everything else must be the same on every engine. */
const mayMove =
  /^(engine|bestEpoch|history|pooled|subjects|negativeLogLikelihood|without|subsets|attention|agreement|faults|trials|fusionWeights)\b/;

/** A result under other code has another key, and is judged by its numbers. */
const withoutCode = (result: Result): object =>
  Object.fromEntries(Object.entries(result).filter(([field]) => field !== "key" && field !== "code"));

/** Paths such as "history.3.trainLoss" at which two values differ. */
export function differingFields(a: unknown, b: unknown, path = ""): string[] {
  if (isDeepStrictEqual(a, b)) return [];
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return [path];
  const fields = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const at = (x: object, field: string): unknown => (x as Record<string, unknown>)[field];
  return fields.flatMap((field) =>
    differingFields(at(a, field), at(b, field), path ? `${path}.${field}` : field),
  );
}
