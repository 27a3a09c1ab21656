/** What faults cost, as rows to draw: by kind and amount, in the mean over sensors and where it hurts most. */
import { type FaultKind, faultKinds } from "../data/fault";
import type { Result } from "./result";
import { type MeanInterval, overSubjects, type Score } from "./summary";

export interface FaultRow extends MeanInterval {
  readonly preset: string;
  readonly kind: string;
  readonly unit: string;
  /** The amount that does nothing has a row of its own. */
  readonly amount: number;
  /** Which sensor fails; "mean of sensors", where one fails after the other. */
  readonly sensor: string;
}

export const meanOfSensors = "mean of sensors";

/** @param results of an experiment that asked for faults */
export function faultRows(results: readonly Result[], score: Score): FaultRow[] {
  const names = [...new Set(results.map(({ presetName }) => presetName))];
  return names.flatMap((preset) => {
    const own = results.filter(({ presetName }) => presetName === preset);
    const first = own[0]!;
    const kinds = [...new Set(first.faults.map(({ kind }) => kind))] as FaultKind[];
    return kinds.flatMap((kind) => {
      const { unit, none } = faultKinds[kind];
      const amounts = [...new Set(first.faults.filter((f) => f.kind === kind).map(({ amount }) => amount))];
      const sensors = [...first.preset.modalities, meanOfSensors];
      return [none, ...amounts]
        .sort((a, b) => a - b)
        .flatMap((amount) =>
          sensors.map((sensor): FaultRow => {
            const asked = sensor === meanOfSensors ? first.preset.modalities : [sensor];
            const each = subjectsUnder(own, kind, amount === none ? undefined : amount, asked, score);
            return { preset, kind, unit, amount, sensor, ...overSubjects(each) };
          }),
        );
    });
  });
}

/** [subject]: the mean over seeds and failing sensors; without an amount, of the sensors as they are. */
function subjectsUnder(
  results: readonly Result[],
  kind: string,
  amount: number | undefined,
  sensors: readonly string[],
  score: Score,
): number[] {
  const bySubject = new Map<string, number[]>();
  for (const { faults, subsets } of results) {
    const hit = faults.filter((f) => f.kind === kind && f.amount === amount && sensors.includes(f.sensor));
    const tables = amount === undefined ? [subsets.at(-1)!.subjects] : hit.map(({ subjects }) => subjects);
    for (const row of tables.flat())
      bySubject.set(row.subject, [...(bySubject.get(row.subject) ?? []), row[score]]);
  }
  return [...bySubject.values()].map((scores) => scores.reduce((sum, x) => sum + x, 0) / scores.length);
}
