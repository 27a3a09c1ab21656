/** The trainings behind the question of the collapse, one after the other: `npm run results -- collapse-simulated`. */
import { type CollapseName, collapseNames } from "fusion/dist/experiments/collapse-design";
import { runCollapse } from "fusion/dist/experiments/collapse-grid";
import { removeReplacedCollapses } from "fusion/dist/experiments/collapse-result";
import { terminalProgress } from "fusion/dist/train/progress";
import { checkProfile } from "fusion/dist/workspace";
import { folders, placesOf } from "./grids";

export const isCollapse = (name: string): name is CollapseName =>
  collapseNames.some((known) => known === name);

export interface CollapseRequest {
  readonly name: CollapseName;
  /** "full" if not given: what is kept. */
  readonly profile: string | undefined;
  /** As it was given, from the root if relative. */
  readonly to: string;
  readonly signal: AbortSignal;
}

export async function makeCollapse({ name, profile: asked, to, signal }: CollapseRequest): Promise<void> {
  const profile = checkProfile(asked ?? "full");
  const { results, checkpoints, commit } = placesOf(to);
  const started = performance.now();
  const made = await runCollapse(name, {
    ...{ profile, folders, results, checkpoints, commit, signal },
    progress: (done, of, title) => {
      console.log(`${done + 1}/${of} ${title}`);
      return terminalProgress(process.stderr, () => performance.now());
    },
  });
  const keys = made.map(({ key }) => key);
  const replaced = removeReplacedCollapses(results, profile, name, keys);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(
    `${name}: ${made.length} trainings in ${to}/${profile}/${name}, ${replaced.length} older ones removed, ${seconds} s`,
  );
}
