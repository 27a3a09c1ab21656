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
 * that as it would another seed; a score may then move by its own standard error √(p (1 - p) / windows), plus one window,
 * and the loss of a window by as much as the mean's share of it. Counts must be the same on every engine.
 */
export function reproduced(committed: Result, got: Result): Reproduced {
  const sameEngine = isDeepStrictEqual(committed.engine, got.engine);
  const numbers = quantities(committed).map(([quantity, value, exact], i): ReproducedNumber => {
    const [, fresh] = quantities(got)[i]!;
    const tolerance = sameEngine || exact ? 0 : scoreTolerance(value, committed.fold.test);
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

/** Of a share p of n windows. */
export const scoreTolerance = (p: number, windows: number): number =>
  Math.sqrt(Math.max(0, p * (1 - p)) / windows) + 1 / windows;

/** Name, value, and whether it is the same on every engine. */
const quantities = (r: Result): [string, number, boolean][] => [
  ["accuracy", r.pooled.accuracy, false],
  ["macro-F1", r.pooled.macroF1, false],
  ...(r.subjects.length > 1
    ? r.subjects.map(({ subject, macroF1 }): [string, number, boolean] => [
        `macro-F1 of ${subject}`,
        macroF1,
        false,
      ])
    : []),
  ["accuracy of the commonest class", r.majorityAccuracy, true],
  ["parameters", r.parameters, true],
  ["training windows", r.fold.train, true],
  ["test windows", r.fold.test, true],
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
