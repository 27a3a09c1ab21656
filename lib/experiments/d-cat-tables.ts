/** Gains as rows of a table, and what is known of them beside the score. */
import { average } from "../metrics/average";
import type { Transfer } from "./d-cat-design";
import { directionOf, labelOf } from "./d-cat-label";
import type { DCatResult } from "./d-cat-result";
import type { Gain } from "./d-cat-summary";

export interface GainRow {
  readonly direction: string;
  readonly split: string;
  readonly arm: string;
  /** What it is held against. */
  readonly minus: string;
  readonly gain: number;
  readonly from: number;
  readonly to: number;
  readonly people: number;
  readonly verdict: string;
}

/** A row for each: the mean gain with its 95 % interval over people. */
export const gainRows = (gains: readonly Gain[]): GainRow[] =>
  gains.map(({ direction, split, first, second, mean, lower, upper, subjects, verdict }) => ({
    ...{ direction, split: split.toUpperCase(), arm: first, minus: second },
    ...{ gain: mean, from: lower, to: upper, people: subjects, verdict },
  }));

export interface ArmFacts {
  readonly data: string;
  readonly split: string;
  readonly direction: string;
  readonly arm: string;
  readonly lambda: number;
  /** Of signatures; see `signatureDistance`. */
  readonly normalisation: Transfer["normalisation"];
  /** λ · norm of the distance's gradient over that of the target's own loss, on the same windows: after the first epoch, and after the last. */
  readonly ratioFirst: number;
  readonly ratioLast: number;
  /** Share of the training windows that teach; of several sources the mean. */
  readonly open: number;
  /** Of the sources, on the training windows. */
  readonly sourceAccuracy: number;
}

/** Of each arm with sources, the mean over its folds and seeds: what was true of its training. */
export function armFacts(results: readonly DCatResult[]): ArmFacts[] {
  const groups = new Map<string, { readonly method: Transfer; readonly arm: DCatResult[] }>();
  for (const result of results) {
    const { task } = result;
    if (task.method.kind !== "transfer") continue;
    const name = JSON.stringify([task.data, task.split, directionOf(task), labelOf(task)]);
    if (!groups.has(name)) groups.set(name, { method: task.method, arm: [] });
    groups.get(name)!.arm.push(result);
  }
  return [...groups.values()].map(({ method: { lambda, normalisation }, arm }) => {
    const { task } = arm[0]!;
    const ratioAt = (place: number): number =>
      average(
        arm.map(({ gradients }) => {
          const { alignment, crossEntropy } = gradients.at(place)!;
          return (lambda * alignment) / crossEntropy;
        }),
      );
    return {
      ...{ data: task.data, split: task.split, direction: directionOf(task), arm: labelOf(task) },
      ...{ lambda, normalisation },
      ...{ ratioFirst: ratioAt(0), ratioLast: ratioAt(-1) },
      open: average(arm.map(({ sources }) => average(sources.map(({ open }) => open)))),
      sourceAccuracy: average(arm.map(({ sources }) => average(sources.map((s) => s.trainAccuracy)))),
    };
  });
}

/** How often each verdict was reached, all four of them. */
export function countVerdicts(gains: readonly Gain[]): Readonly<Record<Gain["verdict"], number>> {
  const of = (verdict: Gain["verdict"]): number => gains.filter((gain) => gain.verdict === verdict).length;
  return {
    better: of("better"),
    "not worse by more than 2 points": of("not worse by more than 2 points"),
    undecided: of("undecided"),
    worse: of("worse"),
  };
}
