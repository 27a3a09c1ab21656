/** From results of MCA's studies to the rows of tables and figures. */
import { studentInterval } from "../metrics/interval";
import { subsetName } from "../metrics/subsets";
import { averageKnown } from "../metrics/average";
import { mcaMethodName, missingName } from "./mca-names";
import type { McaResult } from "./mca-result";

export interface LossRow {
  readonly method: string;
  readonly trainedAt: string;
  readonly testedAt: number;
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/** Accuracy of each method over people, sites, ...: all splits and seeds of one way of training together; a group's seeds are averaged. */
export function lossRows(results: readonly McaResult[]): LossRow[] {
  return groupsOf(results).flatMap(({ method, trainedAt, own }) =>
    own[0]!.tests.map(({ p }) => {
      const each = accuraciesOf(own, p);
      const values = [...each.values()];
      const { mean, lower, upper } =
        values.length > 1
          ? studentInterval(values)
          : { mean: values[0]!, lower: values[0]!, upper: values[0]! };
      return { method, trainedAt, testedAt: p, mean, lower: Math.max(0, lower), upper: Math.min(1, upper) };
    }),
  );
}

/** [group] → accuracy at this chance of losing a modality, mean over seeds. */
export function accuraciesOf(results: readonly McaResult[], p: number): Map<string, number> {
  const groups = ({ tests }: McaResult) => Object.entries(tests.find((test) => test.p === p)?.groups ?? {});
  return meansByGroup(results.flatMap(groups));
}

/** [group, value] of several seeds, modalities, ... → [group] → mean */
export function meansByGroup(pairs: readonly (readonly [string, number])[]): Map<string, number> {
  const all = new Map<string, number[]>();
  for (const [group, x] of pairs) all.set(group, [...(all.get(group) ?? []), x]);
  return new Map([...all].map(([group, xs]) => [group, xs.reduce((a, b) => a + b, 0) / xs.length]));
}

interface Trained {
  readonly method: string;
  readonly trainedAt: string;
  readonly own: readonly McaResult[];
}

/** Results by method (shorter trainings, of equal compute, apart) and by what training lost, as they first appear. */
export function groupsOf(results: readonly McaResult[]): Trained[] {
  const found = new Map<string, McaResult[]>();
  const most = Math.max(...results.map(({ options }) => options.steps));
  for (const result of results) {
    const { method, steps } = result.options;
    const shorter = method !== "majority" && steps < most ? `, ${steps} steps` : "";
    const key = JSON.stringify([mcaMethodName(result.options) + shorter, missingName(result.options)]);
    found.set(key, [...(found.get(key) ?? []), result]);
  }
  return [...found].map(([key, own]) => {
    const [method, trainedAt] = JSON.parse(key) as [string, string];
    return { method, trainedAt, own };
  });
}

export interface SpaceRow {
  readonly method: string;
  readonly p: number;
  readonly alignment: number;
  readonly uniformity: number;
  readonly effectiveRank: number;
}

/** The space of each contrastive method, trained and tested at the same p; means over splits and seeds. */
export function spaceRows(results: readonly McaResult[]): SpaceRow[] {
  return groupsOf(results).flatMap(({ method, trainedAt, own }) => {
    const spaces = own.map((result) => result.tests.find((test) => String(test.p) === trainedAt)?.space);
    if (!spaces.some(Boolean)) return [];
    return {
      ...{ method, p: Number(trainedAt) },
      alignment: averageKnown(spaces.map((space) => space?.alignment)),
      uniformity: averageKnown(spaces.map((space) => space?.uniformity.fused)),
      effectiveRank: averageKnown(spaces.map((space) => space?.effectiveRank)),
    };
  });
}

/** Accuracy with each set of modalities, mean over splits and seeds. */
export function combinationRows(
  results: readonly McaResult[],
  score: "accuracy" | "macroF1" | "auroc" | "calibrationError" | "pearson" = "accuracy",
): { readonly method: string; readonly trainedAt: string; readonly set: string; readonly score: number }[] {
  return groupsOf(results).flatMap(({ method, trainedAt, own }) =>
    own[0]!.subsets.map(({ present }, s) => {
      const values = own
        .map(({ subsets }) => subsets[s]!.scores)
        .map((scores) => (score === "pearson" ? (scores.factor?.pearson ?? null) : scores[score]))
        .filter((x): x is number => x !== null);
      return {
        method,
        trainedAt,
        set: subsetName(present),
        score: values.reduce((a, b) => a + b, 0) / values.length,
      };
    }),
  );
}

export interface BreakPoint {
  readonly method: string;
  /** The first p, in training and testing alike, whose paired interval against the best single lies below 0; none if not given. */
  readonly p: number | undefined;
  /** At each p: mean difference of accuracy, over groups. */
  readonly differences: readonly {
    readonly p: number;
    readonly mean: number;
    readonly lower: number;
    readonly upper: number;
  }[];
}

/** Where does a method fall behind the single modality that validation chose (which answers with frequencies where it is absent)? */
export function breakPoints(results: readonly McaResult[]): BreakPoint[] {
  const trained = groupsOf(results);
  const single = trained.filter(({ method }) => method === "best single");
  const methods = [...new Set(trained.map(({ method }) => method))].filter(
    (m) => !["best single", "majority"].includes(m),
  );
  return methods.map((method) => {
    const differences = trained
      .filter((one) => one.method === method && single.some(({ trainedAt }) => trainedAt === one.trainedAt))
      .flatMap(({ trainedAt, own }) => {
        const p = Number(trainedAt);
        const other = accuraciesOf(single.find((one) => one.trainedAt === trainedAt)!.own, p);
        const values = [...accuraciesOf(own, p)].flatMap(([group, x]) =>
          other.has(group) ? [x - other.get(group)!] : [],
        );
        if (values.length < 2) return [];
        const { mean, lower, upper } = studentInterval(values);
        return [{ p, mean, lower, upper }];
      })
      .sort((a, b) => a.p - b.p); // files of results come in any order
    return { method, p: differences.find(({ upper }) => upper < 0)?.p, differences };
  });
}

/** Retrieval of each method where nothing is lost in testing, mean over modalities, splits and seeds. */
export function retrievalRows(results: readonly McaResult[], p = 0) {
  return groupsOf(results).flatMap(({ method, trainedAt, own }) => {
    const all = own.flatMap((result) => result.tests.find((test) => test.p === p)?.retrieval ?? []);
    if (all.length === 0) return [];
    const mean = (withQuery: boolean, of: (row: (typeof all)[number]) => number): number => {
      const chosen = all.filter((row) => row.withQuery === withQuery);
      return chosen.reduce((sum, row) => sum + of(row), 0) / chosen.length;
    };
    return [
      {
        ...{ method, trainedAt, gallery: Math.max(...all.map((row) => row.gallery)) },
        withQuery: {
          recall1: mean(true, (r) => r.recall1),
          recall10: mean(true, (r) => r.recall10),
          medianRank: mean(true, (r) => r.medianRank),
        },
        without: {
          recall1: mean(false, (r) => r.recall1),
          recall10: mean(false, (r) => r.recall10),
          medianRank: mean(false, (r) => r.medianRank),
        },
      },
    ];
  });
}
