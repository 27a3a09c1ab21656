/** What the notebook on the collapse calls: everything that the workspace knows is filled in. */
import { join } from "node:path";
import { interruptSignal } from "./engine/interrupt";
import { type CollapseName, collapseExperiments } from "./experiments/collapse-design";
import { codeOfCollapse, runCollapse } from "./experiments/collapse-grid";
import { type CollapseResult, readCollapses } from "./experiments/collapse-result";
import { showMarkdown } from "./figures/show";
import { staleNote } from "./notebook";
import { lineProgress } from "./train/progress";
import { requireDataSet, type Workspace } from "./workspace";

/** Trains the published hybrid on simulated data, as large as the profile has it, and asks it under every switch. */
export async function collapseHere(place: Workspace): Promise<CollapseResult> {
  const [result] = await runCollapse("collapse-simulated", {
    profile: place.profile,
    variants: ["published"],
    folders: { prepared: place.prepared, find: (dataSet) => requireDataSet(place, dataSet) },
    results: place.results,
    reuse: place.isFresh ? [] : [place.keptResults],
    checkpoints: join(place.build, "checkpoints"),
    signal: interruptSignal(),
    progress: (_, __, title) =>
      lineProgress(
        (text) => void process.stdout.write(text),
        () => performance.now(),
        `${title}: `,
      ),
  });
  return result!;
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
      `keptCollapse: expected results/full/${name}, got none; where the data are (${collapseExperiments[name].data}), run: npm run results -- ${name}`,
    );
  const stale = results.filter((result) => result.code !== codeOfCollapse(result.variant)).length;
  const note = staleNote(`trainings of ${name}`, stale, results.length);
  if (note !== undefined) showMarkdown(note.replace("npm run results", `npm run results -- ${name}`));
  return results;
}
