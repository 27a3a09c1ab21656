/** What the notebook on gaps of their own calls. */
import type { Difference, WildRow } from "./experiments/mca-wild-rows";
import type { MethodScoreRow } from "./figures/method-scores";
import { showMarkdown } from "./figures/show";
import { codeOfMissingness, type MissingnessDescription } from "./experiments/missingness-description";
import { readMissingness } from "./experiments/missingness-files";
import { staleNote } from "./notebook";
import type { Workspace } from "./workspace";

/** The committed description of a real data set's gaps; said to be stale where older code made it. */
export function keptMissingness(
  dataSet: "extrasensory" | "tcga-acc" | "tcga-brca",
  place: Pick<Workspace, "keptResults">,
): MissingnessDescription {
  const description = readMissingness(place.keptResults, dataSet);
  const note = staleNote(`description of ${dataSet}`, description.code === codeOfMissingness() ? 0 : 1, 1);
  if (note !== undefined) showMarkdown(note);
  return description;
}

const signed = (x: number): string => `${x < 0 ? "−" : "+"}${Math.abs(x).toFixed(2)}`;
const over = (difference: Difference | undefined): string =>
  difference ? `${signed(difference.mean)} (${signed(difference.lower)} to ${signed(difference.upper)})` : "";

/** Rows as a table says them: means with their 95 % intervals. */
export const wildTable = (rows: readonly WildRow[]): Record<string, string>[] =>
  rows.map((row) => ({
    method: row.method,
    "lost in training": row.method === "majority" ? "" : row.trainedAt,
    accuracy: `${row.accuracy.toFixed(2)} (${row.lower.toFixed(2)} to ${row.upper.toFixed(2)})`,
    "over the commonest class": row.method === "majority" ? "" : over(row.overMajority),
    "over the best single": over(row.overSingle),
    "macro-F1": row.macroF1.toFixed(2),
    "R@1, query's modality hidden": row.recall1 ? row.recall1.without.toFixed(2) : "",
    "R@1 by chance": row.recall1 ? row.recall1.chance.toFixed(2) : "",
  }));

const kinds: Readonly<Record<string, string>> = {
  majority: "floor",
  "best single": "floor",
  late: "with labels",
};

/** The same as a figure wants them, majority aside. */
export const wildScores = (rows: readonly WildRow[]): MethodScoreRow[] =>
  rows
    .filter(({ method }) => method !== "majority")
    .map(({ method, accuracy, lower, upper, byGroup, recall1 }) => ({
      method,
      kind: kinds[method] ?? (recall1 ? "contrastive" : "with labels"),
      ...{ mean: accuracy, lower, upper, bySubject: byGroup },
    }));
