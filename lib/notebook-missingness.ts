/** What the notebook on gaps of their own calls. */
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
