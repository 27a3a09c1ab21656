/** What a data set lacks before anybody takes something away: plain rows, small enough to be kept. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { missingDependence, toldByPresence } from "../data/missing-dependence";
import { gapsOf, missingBy, missingOverTime, missingTogether } from "../data/missing-tables";
import { subsetHistogram } from "../data/missing-plan";
import type { TokenData } from "../data/token-data";
import { codeHash } from "./code-hash";

const share = z.number().min(0).max(1);

export const MissingnessDescription = z.strictObject({
  dataSet: z.string(),
  key: z.string(),
  data: z.string(),
  code: z.string(),
  modalities: z.array(z.string()),
  classes: z.array(z.string()),
  samples: z.int(),
  /** Share of samples without the modality, by subject; empty where each subject is a sample. */
  bySubject: z.array(z.strictObject({ subject: z.string(), samples: z.int(), sensor: z.string(), share })),
  byClass: z.array(z.strictObject({ class: z.string(), samples: z.int(), sensor: z.string(), share })),
  /** Which sets of modalities samples have, the commonest first. */
  sets: z.array(z.strictObject({ present: z.array(z.string()), samples: z.int() })),
  together: z.array(
    z.strictObject({ first: z.string(), second: z.string(), both: share, ifAlone: share, phi: z.number() }),
  ),
  /** Where samples follow one another in time. */
  gaps: z.array(
    z.strictObject({
      sensor: z.string(),
      count: z.int(),
      typical: z.number(),
      longest: z.int(),
      countIfAlone: z.number(),
    }),
  ),
  overTime: z.array(z.strictObject({ subject: z.string(), sensor: z.string(), shares: z.array(share) })),
  /**
   * Of those that are missing in some samples: variance within a subject that the class explains, against so many random
   * placements; null where a sensor is missing in all of a subject's samples or in none.
   */
  dependence: z.array(
    z.strictObject({
      sensor: z.string(),
      explained: share.nullable(),
      p: share.nullable(),
      /** As if every sample were independent, whosever it is: too sure by far where they follow one another in time. */
      pIfIndependent: share.nullable(),
    }),
  ),
  placements: z.int(),
  /** Accuracy of nothing but the set of modalities, and of the commonest class, on groups that were left out, by sample. */
  told: z.strictObject({
    byPresence: share,
    byMajority: share,
    groupsBetter: z.int(),
    groupsWorse: z.int(),
    groups: z.int(),
  }),
});
export type MissingnessDescription = Readonly<z.infer<typeof MissingnessDescription>>;

export const codeOfMissingness = (): string => codeHash(["experiments/missingness-description"]);

const [placements, seed, parts] = [499, 1, 24] as const;

/** @param inTime do the samples of a subject follow one another? Else each subject is a sample. */
export function describeMissingness(data: TokenData, inTime: boolean): MissingnessDescription {
  const names = data.modalities.map(({ name }) => name);
  const asked = { ...data, modalities: names.length, classes: data.classes.length };
  const code = codeOfMissingness();
  const key = createHash("sha256")
    .update(JSON.stringify([data.name, data.hash, inTime, code]))
    .digest("hex");
  const rows = names.map((sensor, m) => ({ sensor, m }));
  const bySubject = inTime ? missingBy(asked, (i) => data.groups[i]!) : [];
  const byClass = missingBy(asked, (i) => data.classes[data.labels[i]!]!);
  const isMixed = ({ m }: { m: number }): boolean =>
    new Set(data.presence.filter((_, at) => at % names.length === m)).size > 1;
  const mixed = rows.filter(isMixed);
  return {
    ...{ dataSet: data.name, key: key.slice(0, 16), data: data.hash, code },
    ...{ modalities: names, classes: [...data.classes], samples: data.count },
    bySubject: bySubject.flatMap(({ key: subject, samples, shares }) =>
      rows.map(({ sensor, m }) => ({ subject, samples, sensor, share: shares[m]! })),
    ),
    byClass: data.classes.flatMap((name) => {
      const own = byClass.find((row) => row.key === name);
      return own
        ? rows.map(({ sensor, m }) => ({ class: name, samples: own.samples, sensor, share: own.shares[m]! }))
        : [];
    }),
    sets: [...subsetHistogram(data.presence, names.length)]
      .map(([set, samples]) => ({ present: set.split("+").map((m) => names[Number(m)]!), samples }))
      .sort((a, b) => b.samples - a.samples),
    together: missingTogether(asked).map(({ first, second, ...pair }) => ({
      ...{ first: names[first]!, second: names[second]!, ...pair },
    })),
    gaps: inTime ? mixed.map(({ sensor, m }) => ({ sensor, ...gapsOf(asked, m) })) : [],
    overTime: bySubject.flatMap(({ key: subject }) =>
      mixed.map(({ sensor, m }) => ({ subject, sensor, shares: missingOverTime(asked, m, subject, parts) })),
    ),
    dependence: mixed.map(({ sensor, m }) => {
      const known = (x: number): number | null => (Number.isNaN(x) ? null : x);
      const test = (asOne: boolean) => missingDependence(asked, m, { placements, seed, asOne });
      const independent = test(true);
      const { explained, p } = inTime ? test(false) : independent;
      return { sensor, explained: known(explained), p: known(p), pIfIndependent: known(independent.p) };
    }),
    placements,
    told: summaryOf(toldByPresence(asked)),
  };
}

function summaryOf(groups: ReturnType<typeof toldByPresence>): MissingnessDescription["told"] {
  const all = groups.reduce((sum, { samples }) => sum + samples, 0);
  const mean = (of: "told" | "majority"): number =>
    groups.reduce((sum, g) => sum + (g[of] * g.samples) / all, 0);
  return {
    ...{ byPresence: mean("told"), byMajority: mean("majority"), groups: groups.length },
    groupsBetter: groups.filter(({ told, majority }) => told > majority).length,
    groupsWorse: groups.filter(({ told, majority }) => told < majority).length,
  };
}
