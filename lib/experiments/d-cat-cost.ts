/** What a way of training costs, and what is left to pay at inference. */
import { labelOf } from "./d-cat-label";
import type { DCatResult } from "./d-cat-result";

export interface CostRow {
  readonly target: string;
  readonly arm: string;
  readonly runs: number;
  /** At inference. */
  readonly sensors: number;
  /** At inference. */
  readonly parameters: number;
  /** Training steps of a run, its sources' aside. */
  readonly steps: number;
  /** In the cache, of a training window: of all sources together; 0 where there are none. */
  readonly bytesPerWindow: number;
  /** Of a run, from its first line to its last, and its sources' training where no cache had it; undefined where none is known. */
  readonly medianSeconds: number | undefined;
}

/** @param secondsOf how long a run took, where that is known */
export function costRows(
  results: readonly DCatResult[],
  arms: readonly string[],
  secondsOf: (result: DCatResult) => number | undefined = () => undefined,
): CostRow[] {
  const groups = new Map<string, DCatResult[]>();
  for (const result of results.filter(({ task }) => arms.includes(labelOf(task)))) {
    const name = JSON.stringify([result.task.target, labelOf(result.task)]);
    groups.set(name, [...(groups.get(name) ?? []), result]);
  }
  return [...groups.values()].map((runs) => {
    const [{ task, inputs }] = runs as [DCatResult];
    const seconds = runs.map(secondsOf).filter((x) => x !== undefined);
    return {
      ...{ target: task.target, arm: labelOf(task), runs: runs.length },
      sensors: inputs.filter((name) => name.endsWith("_values")).length,
      parameters: middle(runs.map(({ parameters }) => parameters)),
      steps: middle(runs.map(({ steps }) => steps)),
      bytesPerWindow: middle(runs.map(({ sources }) => sources.reduce((sum, { bytes }) => sum + bytes, 0))),
      medianSeconds: seconds.length > 0 ? middle(seconds) : undefined,
    };
  });
}

/** The lower one of two middles, so that counts stay whole. */
const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
