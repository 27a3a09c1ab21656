/** What each sensor is worth to a method, with an interval over the people it was measured on. */
import {
  alone,
  type Importance,
  leaveOneOut,
  publishedImportance,
  type SetValue,
  shapley,
} from "../metrics/importance";
import { subsetName } from "../metrics/subsets";
import type { Result } from "./result";
import { subsetRows } from "./subset-rows";
import { type MeanInterval, overSubjects, type Score } from "./summary";

export interface SensorImportance extends MeanInterval {
  readonly preset: string;
  readonly measure: Measure;
  readonly sensor: string;
}

/** As `shapley`, `leaveOneOut` and `alone` have it, and the published formula without its normalisation. */
const measures = {
  Shapley: shapley,
  "left out": leaveOneOut,
  alone,
  published: (names: readonly string[], value: SetValue): Importance => publishedImportance(names, value).raw,
} as const;
export type Measure = keyof typeof measures;
export const importanceMeasures = Object.keys(measures) as Measure[];

/**
 * v(S) is the score with the sensors of S left, the mean over seeds; v(none) that of always answering with the
 * frequencies of training. Each subject has its own values; mean and interval are over subjects.
 */
export function sensorImportance(
  results: readonly Result[],
  score: Score,
  chosen: readonly Measure[] = importanceMeasures,
): SensorImportance[] {
  const names = [...new Set(results.map(({ presetName }) => presetName))];
  return names.flatMap((preset) => {
    const own = results.filter(({ presetName }) => presetName === preset);
    const { modalities } = own[0]!.preset;
    const values = valuesBySubject(own, score);
    return chosen.flatMap((measure) => {
      const each = values.map((value) => measures[measure](modalities, value));
      return modalities.map((sensor) => ({
        ...{ preset, measure, sensor },
        ...overSubjects(each.map((importance) => importance[sensor]!)),
      }));
    });
  });
}

function valuesBySubject(results: readonly Result[], score: Score): SetValue[] {
  const bySubject = new Map<string, Map<string, number[]>>();
  for (const row of subsetRows(results)) {
    const sets = bySubject.get(row.subject) ?? new Map<string, number[]>();
    bySubject.set(row.subject, sets.set(row.set, [...(sets.get(row.set) ?? []), row[score]]));
  }
  return [...bySubject.values()].map((sets) => (present) => {
    const seeds = sets.get(subsetName(present))!;
    return seeds.reduce((sum, x) => sum + x, 0) / seeds.length;
  });
}
