/** Trainings on data with gaps of their own, as the rows of one table: every score beside its floor. */
import { studentInterval } from "../metrics/interval";
import { average } from "../metrics/average";
import type { McaResult } from "./mca-result";
import { accuraciesOf, groupsOf } from "./mca-rows";

export interface WildRow {
  readonly method: string;
  readonly trainedAt: string;
  /** Mean over groups (people, videos, patients), with its 95 % interval; each group counts once, whatever its size. */
  readonly accuracy: number;
  readonly lower: number;
  readonly upper: number;
  readonly byGroup: Readonly<Record<string, number>>;
  /** Difference to the commonest class and to the best single modality in the same groups, with its 95 % interval. */
  readonly overMajority: Difference;
  readonly overSingle: Difference | undefined;
  /** Mean over splits and seeds, of classes that are tested. */
  readonly macroF1: number;
  /** Mean over modalities as queries, splits and seeds; nothing of methods without embeddings. */
  readonly recall1:
    { readonly withQuery: number; readonly without: number; readonly chance: number } | undefined;
}

export interface Difference {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * @param results of one study, all splits and seeds of which are to be taken together
 * @param p chance of losing a modality in testing, on top of what was never there
 */
export function wildRows(results: readonly McaResult[], p = 0): WildRow[] {
  const trained = groupsOf(results);
  const floor = trained.find(({ method }) => method === "majority");
  return trained.map(({ method, trainedAt, own }): WildRow => {
    const each = accuraciesOf(own, p);
    const { mean, lower, upper } = studentInterval([...each.values()]);
    const single = trained.find((one) => one.method === "best single" && one.trainedAt === trainedAt);
    const tests = own.map(({ tests }) => tests.find((test) => test.p === p)!);
    return {
      ...{ method, trainedAt, accuracy: mean, lower: Math.max(0, lower), upper: Math.min(1, upper) },
      byGroup: Object.fromEntries(each),
      overMajority: difference(each, accuraciesOf(floor?.own ?? [], p)),
      overSingle: single && single.own !== own ? difference(each, accuraciesOf(single.own, p)) : undefined,
      macroF1: average(tests.map(({ scores }) => scores.macroF1 ?? NaN)),
      recall1: recallOf(tests.flatMap(({ retrieval }) => retrieval)),
    };
  });
}

/** @throws where groups differ: a difference is of the same people */
function difference(these: ReadonlyMap<string, number>, those: ReadonlyMap<string, number>): Difference {
  const lacking = [...these.keys()].find((group) => !those.has(group));
  if (lacking !== undefined || these.size !== those.size)
    throw new Error(
      `wildRows: expected the same groups for each method, got none of ${lacking ?? "some"} in one; finish the study's runs`,
    );
  const { mean, lower, upper } = studentInterval([...these].map(([group, x]) => x - those.get(group)!));
  return { mean, lower, upper };
}

function recallOf(rows: McaResult["tests"][number]["retrieval"]): WildRow["recall1"] {
  if (rows.length === 0) return undefined;
  const mean = (withQuery: boolean): number =>
    average(rows.filter((row) => row.withQuery === withQuery).map((row) => row.recall1));
  return {
    withQuery: mean(true),
    without: mean(false),
    chance: average(rows.map(({ gallery }) => 1 / gallery)),
  };
}

/** The splits of which all methods have been trained: what of a study that is not finished can be compared. */
export function finishedSplits(results: readonly McaResult[]): McaResult[] {
  const key = ({ options }: McaResult): string => `${options.split} ${options.seed}`;
  const asked = ({ options }: McaResult): string => `${options.method} ${JSON.stringify(options.missing)}`;
  const all = new Set(results.map(asked));
  const counts = new Map<string, Set<string>>();
  for (const result of results)
    counts.set(key(result), (counts.get(key(result)) ?? new Set()).add(asked(result)));
  return results.filter((result) => counts.get(key(result))!.size === all.size);
}
