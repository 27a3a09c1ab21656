/** What is missing, where: by group, by class, together, and for how long. */
import type { LabelledPresence } from "./missing-dependence";

/** Share of samples without each modality. @param keyOf of a sample: its group, its class */
export function missingBy<Key extends string>(
  { presence, modalities, labels }: LabelledPresence,
  keyOf: (sample: number) => Key,
): { readonly key: Key; readonly samples: number; readonly shares: number[] }[] {
  const counts = new Map<Key, { samples: number; gone: number[] }>();
  labels.forEach((_, i) => {
    const key = keyOf(i);
    const own = counts.get(key) ?? { samples: 0, gone: Array.from({ length: modalities }, () => 0) };
    counts.set(key, own);
    own.samples += 1;
    own.gone.forEach((_, m) => (own.gone[m]! += 1 - presence[i * modalities + m]!));
  });
  return [...counts].map(([key, { samples, gone }]) => ({ key, samples, shares: gone.map((n) => n / samples) }));
}

/** Two modalities that are missing in some samples each. */
export interface MissingPair {
  readonly first: number;
  readonly second: number;
  /** Share of samples without both; what it would be if they went one without regard to the other. */
  readonly both: number;
  readonly ifAlone: number;
  /** Correlation of the two indicators. */
  readonly phi: number;
}

export function missingTogether({ presence, modalities, labels }: LabelledPresence): MissingPair[] {
  const count = labels.length;
  const share = (of: (row: Uint8Array) => boolean): number => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += Number(of(presence.subarray(i * modalities, (i + 1) * modalities)));
    return sum / count;
  };
  const each = Array.from({ length: modalities }, (_, m) => share((row) => row[m] === 0));
  const spread = (m: number): number => Math.sqrt(each[m]! * (1 - each[m]!));
  return each.flatMap((_, first) =>
    each.flatMap((__, second): MissingPair[] => {
      if (second <= first || spread(first) * spread(second) === 0) return [];
      const both = share((row) => row[first] === 0 && row[second] === 0);
      const ifAlone = each[first]! * each[second]!;
      return [{ first, second, both, ifAlone, phi: (both - ifAlone) / (spread(first) * spread(second)) }];
    }),
  );
}

/** Stretches of consecutive samples of a group without a modality. */
export interface Gaps {
  readonly count: number;
  /** Mean over samples lost: the length of the stretch that one finds oneself in. */
  readonly typical: number;
  readonly longest: number;
  /** How many there would be, on average, if each sample of a group were lost on its own, at the group's rate. */
  readonly countIfAlone: number;
}

export function gapsOf({ presence, modalities, groups }: LabelledPresence, modality: number): Gaps {
  const lengths: number[] = [];
  const lost = new Map<string, { gone: number; samples: number }>();
  groups.forEach((group, i) => {
    const isGone = presence[i * modalities + modality] === 0;
    const wasGone = i > 0 && groups[i - 1] === group && presence[(i - 1) * modalities + modality] === 0;
    if (isGone && wasGone) lengths[lengths.length - 1]! += 1;
    else if (isGone) lengths.push(1);
    const own = lost.get(group) ?? { gone: 0, samples: 0 };
    lost.set(group, { gone: own.gone + Number(isGone), samples: own.samples + 1 });
  });
  const gone = lengths.reduce((a, b) => a + b, 0);
  const countIfAlone = [...lost.values()].reduce((sum, own) => {
    const q = own.gone / own.samples;
    return sum + q + (own.samples - 1) * q * (1 - q); // a gap begins at the first sample, or after one that is there
  }, 0);
  return {
    count: lengths.length,
    typical: gone > 0 ? lengths.reduce((sum, n) => sum + n * n, 0) / gone : 0,
    ...{ longest: Math.max(0, ...lengths), countIfAlone },
  };
}

/** [part]: share missing in each of so many equal parts of a group's samples, in the order of time. */
export function missingOverTime(
  { presence, modalities, groups }: LabelledPresence,
  modality: number,
  group: string,
  parts: number,
): number[] {
  const rows = groups.flatMap((own, i) => (own === group ? [i] : []));
  return Array.from({ length: parts }, (_, k) => {
    const some = rows.slice(Math.floor((k * rows.length) / parts), Math.floor(((k + 1) * rows.length) / parts));
    return some.reduce((sum, row) => sum + 1 - presence[row * modalities + modality]!, 0) / some.length;
  });
}
