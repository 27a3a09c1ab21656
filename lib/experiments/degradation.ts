/** How scores fall as sensors go: by how many are left, and by which one is lost. */
import type { Result } from "./result";
import { type SubsetRow, subsetRows } from "./subset-rows";
import { type MeanInterval, overSubjects, type Score } from "./summary";

export interface DegradationRow extends MeanInterval {
  readonly preset: string;
  /** How many sensors are left. */
  readonly sensors: number;
}

/** For each number of sensors the mean over all sets of so many, seeds and subjects; none for a preset of one sensor. */
export function degradationRows(results: readonly Result[], score: Score): DegradationRow[] {
  return byPreset(results).flatMap(([preset, rows]) => {
    const sizes = [...new Set(rows.map(({ sensors }) => sensors))].filter((size) => size > 0);
    return sizes.map((sensors): DegradationRow => {
      const own = rows.filter((row) => row.sensors === sensors);
      return { preset, sensors, ...overSubjects(subjectMeans(own, score)) };
    });
  });
}

export interface SetRow extends MeanInterval {
  readonly preset: string;
  /** The sensors that are left, joined by "+"; "none". */
  readonly set: string;
  readonly sensors: number;
}

/** A row for each preset and set, the empty one with them. */
export const setRows = (results: readonly Result[], score: Score): SetRow[] =>
  byPreset(results).flatMap(([preset, rows]) =>
    [...new Set(rows.map(({ set }) => set))].map((set): SetRow => {
      const own = rows.filter((row) => row.set === set);
      return { preset, set, sensors: own[0]!.sensors, ...overSubjects(subjectMeans(own, score)) };
    }),
  );

export interface WorstLoss {
  readonly preset: string;
  readonly lost: string;
  /** How many sensors are left without it. */
  readonly sensors: number;
  readonly full: number;
  readonly mean: number;
}

/** The single sensor whose loss costs most, in the mean over subjects: what a degradation curve hides. */
export function worstLosses(results: readonly Result[], score: Score): WorstLoss[] {
  const sets = setRows(results, score);
  const higherIsBetter = score === "accuracy" || score === "macroF1";
  return byPreset(results).map(([preset]) => {
    const { modalities } = results.find(({ presetName }) => presetName === preset)!.preset;
    const meanOf = (present: readonly string[]): number =>
      sets.find((row) => row.preset === preset && row.set === present.join("+"))!.mean;
    const losses = modalities.map((lost) => ({
      lost,
      mean: meanOf(modalities.filter((other) => other !== lost)),
    }));
    const worst = losses.reduce((a, b) => (b.mean < a.mean === higherIsBetter ? b : a));
    return { preset, ...worst, sensors: modalities.length - 1, full: meanOf(modalities) };
  });
}

/** Presets of two sensors or more, with their rows. */
function byPreset(results: readonly Result[]): [string, SubsetRow[]][] {
  const several = results.filter(({ preset }) => preset.modalities.length > 1);
  const rows = subsetRows(several);
  const names = [...new Set(several.map(({ presetName }) => presetName))];
  return names.map((name) => [name, rows.filter(({ preset }) => preset === name)]);
}

/** [subject]: the mean over sets and seeds. */
export function subjectMeans(rows: readonly SubsetRow[], score: Score): number[] {
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  return subjects.map((subject) => {
    const own = rows.filter((row) => row.subject === subject);
    return own.reduce((sum, row) => sum + row[score], 0) / own.length;
  });
}
