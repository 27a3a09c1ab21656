/** The class of each window, and whether training has all of them. */
import type { Fold } from "../data/fold";
import type { Windows } from "../data/windows";

/** [window]: class ids. */
export const labelsOf = (windows: Pick<Windows, "targets">, indices: Int32Array): Int32Array =>
  indices.map((i) => windows.targets[i]!);

/**
 * How many classes there are to tell apart.
 *
 * @throws where windows have no class each, or training lacks one
 */
export function trainedClasses({ space, targets }: Pick<Windows, "space" | "targets">, fold: Fold): number {
  if (space.kind !== "class")
    throw new Error(
      `fit: expected windows with a class each, got "${space.kind}" targets; choose a data set with classes`,
    );
  const seen = new Set(labelsOf({ targets }, fold.train));
  const missing = space.classes.filter((_, id) => !seen.has(id));
  if (missing.length > 0)
    throw new Error(
      `fit: expected every class among the training windows of ${fold.heldOut}, got none of ${missing.join(", ")}; choose other activities or another split`,
    );
  return space.classes.length;
}
