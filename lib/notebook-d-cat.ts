/** What the notebook on transfer calls: everything that the workspace knows is filled in. */
import { openDCat } from "./experiments/d-cat-data";
import { type DCatName } from "./experiments/d-cat-questions";
import { DCatResult } from "./experiments/d-cat-result";
import { type ExampleSignature, exampleSignatures } from "./experiments/d-cat-signatures";
import { dCatStudy } from "./experiments/d-cat-study";
import { readStudyResult, readStudyResults } from "./experiments/study";
import { runStudy } from "./experiments/study-grid";
import { resultFile } from "./experiments/store";
import { showMarkdown } from "./figures/show";
import { staleNote, studyOptionsOf } from "./notebook";
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

/** The committed trainings on real data; where there are none the cell says so, and with which command they are made. */
export function keptDCat(
  name: DCatName,
  place: Pick<Workspace, "keptResults">,
): readonly DCatResult[] | undefined {
  const study = dCatStudy(name);
  const command = `npm run experiment -- ${name}`;
  const results = readStudyResults(DCatResult, place.keptResults, "full", name);
  if (results.length === 0) {
    showMarkdown(
      `**Not run**: there are no results of ${name} yet. Where the data are (${study.data.join(", ")}), \`${command}\` makes them.`,
    );
    return undefined;
  }
  const stale = results.filter(({ key }) =>
    study.isStale(resultFile(place.keptResults, "full", name, key)),
  ).length;
  const note = staleNote(`trainings of ${name}`, stale, results.length);
  if (note !== undefined) showMarkdown(note.replace("npm run results", command));
  return results;
}
