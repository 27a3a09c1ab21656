/** What the notebook on the collapse calls: everything that the workspace knows is filled in. */
import { type CollapseName, collapseExperiments } from "./experiments/collapse-design";
import { CollapseResult, readCollapses } from "./experiments/collapse-result";
import { collapseStudy } from "./experiments/collapse-study";
import { readStudyResult } from "./experiments/study";
import { runStudy } from "./experiments/study-grid";
import { sayStaleOf, studyOptionsOf } from "./notebook";
import type { Workspace } from "./workspace";

/** Trains the published hybrid on simulated data, as large as the profile has it, and asks it under every switch. */
export async function collapseHere(place: Workspace): Promise<CollapseResult> {
  const [file] = await runStudy(collapseStudy("collapse-simulated"), {
    ...studyOptionsOf(place),
    wanted: ({ title }) => title === "published, seed 1",
  });
  return readStudyResult(CollapseResult, file!);
}

/**
 * The committed trainings, full size; where older code made some of them, the cell says so above what it draws.
 *
 * @throws where they have not been made, with the command that makes them
 */
export function keptCollapse(name: CollapseName, place: Pick<Workspace, "keptResults">): CollapseResult[] {
  const results = readCollapses(place.keptResults, "full", name);
  if (results.length === 0)
    throw new Error(
      `keptCollapse: expected results/full/${name}, got none; where the data are (${collapseExperiments[name].data}), run: npm run experiment -- ${name}`,
    );
  sayStaleOf(collapseStudy(name), results, place);
  return results;
}
