/** What the notebooks on MCA, Zorro and everything-at-once call. */
import { inOrder } from "./experiments/in-order";
import { mcaStudies, type McaStudyDesign, type McaStudyName } from "./experiments/mca-design";
import { McaResult } from "./experiments/mca-result";
import { mcaStudy } from "./experiments/mca-study";
import { readStudyResult, readStudyResults } from "./experiments/study";
import { runStudy } from "./experiments/study-grid";
import { showMarkdown } from "./figures/show";
import { sayStaleOf, studyOptionsOf } from "./notebook";
import type { Workspace } from "./workspace";

/** Trains what has not been trained, on simulated data, as much as the profile has. */
export async function mcaHere(
  name: Extract<McaStudyName, "mca-simulated">,
  place: Workspace,
): Promise<McaResult[]> {
  const files = await runStudy(mcaStudy(name), studyOptionsOf(place));
  return files.map((file) => readStudyResult(McaResult, file));
}

/**
 * Committed trainings on real data, in the study's order and others last; none where they have not been made. The cell says
 * how many there are, how many are of older code, and what to run for the rest.
 */
export function showKeptMca(name: McaStudyName, place: Pick<Workspace, "keptResults">): McaResult[] {
  const design: McaStudyDesign = mcaStudies[name];
  const found = readStudyResults(McaResult, place.keptResults, "full", name);
  const results = inOrder(found, design.runs("full"), ({ options }) => options);
  showMarkdown(howMany(name, results));
  sayStaleOf(mcaStudy(name), results, place);
  return results;
}

function howMany(name: McaStudyName, results: readonly McaResult[]): string {
  const remedy = `where the data are, \`npm run experiment -- ${name}\` makes what is missing`;
  if (results.length === 0) return `**Not run**: no training of \`${name}\` has been kept; ${remedy}.`;
  const splits = new Set(results.map(({ split }) => split.name)).size;
  const seeds = new Set(results.map(({ options }) => options.seed)).size;
  const ps = new Set(results.map(({ options }) => JSON.stringify(options.missing))).size;
  return `${results.length} trainings of \`${name}\` are kept: ${splits} of its splits, ${seeds} seed${seeds > 1 ? "s" : ""}, ${ps} way${ps > 1 ? "s" : ""} of losing modalities; ${remedy}.`;
}
