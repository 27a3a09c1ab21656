/** Does what is missing hang on what is to be told? If it does, nothing that was measured may be needed to tell it. */
import { randomFor } from "../random";

export interface LabelledPresence {
  /** [sample, modality] */
  readonly presence: Uint8Array;
  readonly modalities: number;
  /** [sample] class */
  readonly labels: Int32Array;
  readonly classes: number;
  /** [sample]: whose it is; samples of one are consecutive, in the order of time. */
  readonly groups: readonly string[];
}

export interface MissingDependence {
  /** Of the variance of being missing within groups the share that lies between classes; NaN where nothing varies. */
  readonly explained: number;
  /** Of so many random placements the share that explains as much, the real one counted among them. */
  readonly p: number;
}

/**
 * Is a modality missing more often in some classes, within a group? Against chance: each group's row of gaps is turned, as a
 * ring, by a random number of samples, which keeps gaps as long as they are and breaks their tie to the labels. A test that takes
 * neighbouring minutes for independent would find every gap significant. Where `asOne`, samples are taken for independent and
 * those of all groups are shuffled.
 */
export function missingDependence(
  data: LabelledPresence,
  modality: number,
  { placements, seed, asOne = false }: { readonly placements: number; readonly seed: number; readonly asOne?: boolean },
): MissingDependence {
  const { presence, modalities, labels, classes } = data;
  const parts = asOne ? [labels.map((_, i) => i)] : partsOf(data.groups);
  const missing = parts.map((rows) => Uint8Array.from(rows, (i) => 1 - presence[i * modalities + modality]!));
  const real = explained(parts, missing, labels, classes);
  if (Number.isNaN(real)) return { explained: NaN, p: NaN };
  const random = randomFor(seed, "missing dependence", modality);
  let asMuch = 1;
  for (let k = 0; k < placements; k++) {
    const placed = missing.map((row) => {
      const order = asOne ? random.permutation(row.length) : turned(row.length, random.integer(row.length));
      return Uint8Array.from(order, (i) => row[i]!);
    });
    if (explained(parts, placed, labels, classes) >= real - 1e-12) asMuch += 1;
  }
  return { explained: real, p: asMuch / (placements + 1) };
}

const turned = (length: number, by: number): Int32Array =>
  Int32Array.from({ length }, (_, i) => (i + by) % length);

/** Rows of each group. */
function partsOf(groups: readonly string[]): Int32Array[] {
  const rows = new Map<string, number[]>();
  groups.forEach((group, i) => {
    if (!rows.has(group)) rows.set(group, []);
    rows.get(group)!.push(i);
  });
  return [...rows.values()].map((own) => Int32Array.from(own));
}

/** Σ n (share of a class in a group - share of the group)² / Σ n share (1 - share), over groups. */
function explained(
  parts: readonly Int32Array[],
  missing: readonly Uint8Array[],
  labels: Int32Array,
  classes: number,
): number {
  let [between, all] = [0, 0];
  parts.forEach((rows, g) => {
    const [gone, count] = [new Float64Array(classes), new Float64Array(classes)];
    rows.forEach((row, i) => {
      gone[labels[row]!]! += missing[g]![i]!;
      count[labels[row]!]! += 1;
    });
    const share = gone.reduce((a, b) => a + b, 0) / rows.length;
    all += rows.length * share * (1 - share);
    count.forEach((n, c) => (between += n > 0 ? n * (gone[c]! / n - share) ** 2 : 0));
  });
  return all > 0 ? between / all : NaN;
}

/**
 * How often is a sample's class told by nothing but which modalities it has: the commonest class that this set has in the other
 * groups; their commonest class of all where they don't have the set.
 *
 * @returns both for each group: told by the set, and by the commonest class
 */
export function toldByPresence(data: LabelledPresence): { group: string; told: number; majority: number; samples: number }[] {
  const { presence, modalities, labels, classes, groups } = data;
  const setOf = (i: number): string => presence.subarray(i * modalities, (i + 1) * modalities).join("");
  const everywhere = new Map<string, Float64Array>();
  const add = (to: Map<string, Float64Array>, set: string, label: number): void => {
    if (!to.has(set)) to.set(set, new Float64Array(classes));
    to.get(set)![label]! += 1;
  };
  const count = (to: Map<string, Float64Array>, i: number): void => {
    add(to, setOf(i), labels[i]!);
    add(to, "all", labels[i]!);
  };
  groups.forEach((_, i) => count(everywhere, i));
  return partsOf(groups).map((rows) => {
    const own = new Map<string, Float64Array>();
    rows.forEach((row) => count(own, row));
    const elsewhere = (set: string): Float64Array =>
      everywhere.get(set)!.map((n, c) => n - (own.get(set)?.[c] ?? 0));
    const commonest = argmax(elsewhere("all"));
    const guess = (set: string): number => {
      const seen = elsewhere(set);
      return seen.some((n) => n > 0) ? argmax(seen) : commonest;
    };
    const hits = (answer: (row: number) => number): number =>
      rows.reduce((sum, row) => sum + Number(answer(row) === labels[row]), 0) / rows.length;
    return {
      ...{ group: groups[rows[0]!]!, samples: rows.length },
      ...{ told: hits((row) => guess(setOf(row))), majority: hits(() => commonest) },
    };
  });
}

/** The first of equals. */
const argmax = (values: Float64Array): number => values.indexOf(Math.max(...values));
