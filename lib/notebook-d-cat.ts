/** What the notebook on transfer calls: everything that the workspace knows is filled in. */
import { openDCat } from "./experiments/d-cat-data";
import { Task } from "./experiments/d-cat-design";
import { dCatNames } from "./experiments/d-cat-questions";
import { tasksOf } from "./experiments/d-cat-tasks";
import { DCatResult } from "./experiments/d-cat-result";
import { type ExampleSignature, exampleSignatures } from "./experiments/d-cat-signatures";
import { dCatStudy } from "./experiments/d-cat-study";
import type { Gain } from "./experiments/d-cat-summary";
import { gainRows } from "./experiments/d-cat-tables";
import { readCircumstances } from "./experiments/circumstances";
import { inOrder } from "./experiments/in-order";
import { readStudyResult, readStudyResults } from "./experiments/study";
import { runStudy } from "./experiments/study-grid";
import { markdownTable, showMarkdown } from "./figures/show";
import { sayStaleOf, studyOptionsOf } from "./notebook";
import type { Workspace } from "./workspace";

/** Every training on the simulator of shared and private causes, as large as the profile has it. */
export async function dCatHere(place: Workspace): Promise<DCatResult[]> {
  const files = await runStudy(dCatStudy("d-cat-simulated"), studyOptionsOf(place));
  return files.map((file) => readStudyResult(DCatResult, file));
}

/** The signatures of `rich`, and of `poor` before any training, trained alone, and trained beside `rich`. */
export async function signaturesHere(place: Workspace): Promise<ExampleSignature[]> {
  const { folders, profile } = studyOptionsOf(place);
  return exampleSignatures(await openDCat("shared-private", profile, folders), profile);
}

/**
 * All committed trainings on real data, whichever studies have been run and however far. Says how many of each there are, and
 * with which command the others are made. In the order of the studies.
 */
export function keptDCat(place: Pick<Workspace, "keptResults">): readonly DCatResult[] {
  const kept = dCatNames
    .map(dCatStudy)
    .filter(({ data }) => data.length > 0)
    .map((study) => {
      const tasks = tasksOf(study.name as (typeof dCatNames)[number], "full").map((task) => Task.parse(task));
      const results = readStudyResults(DCatResult, place.keptResults, "full", study.name);
      return { study, results: inOrder(results, tasks, ({ task }) => task), of: tasks.length };
    });
  const rows = kept.map(({ study, results, of }) => ({
    ...{ study: study.name, data: study.data.join(", "), runs: `${results.length} of ${of}` },
    "made by": results.length < of ? `npm run experiment -- ${study.name}` : "complete",
  }));
  showMarkdown(markdownTable(rows));
  if (kept.every(({ results }) => results.length === 0))
    showMarkdown("**Not run**: the sections on real sensors are empty until there are some.");
  for (const { study, results } of kept) sayStaleOf(study, results, place);
  return kept.flatMap(({ results }) => results);
}

/** How long a committed training took; undefined where its circumstances are not kept. */
export const keptSeconds =
  ({ keptResults }: Pick<Workspace, "keptResults">) =>
  (result: DCatResult): number | undefined =>
    readCircumstances(keptResults, result)?.seconds;

/** Gains as a table; where there are none, that these trainings have not been made. */
export const showGains = (gains: readonly Gain[], digits = 3): void =>
  showMarkdown(
    gains.length > 0
      ? markdownTable(gainRows(gains), digits)
      : "**Not run**: there are no trainings of these arms yet.",
  );
