/** Which class a window is of, and which classes some windows lack. */
import type { Windows } from "./windows";

/** [window]: class id; 0 for all where there is no one class to stratify by (real values, several labels). */
export function strataOf({ space, targets, count }: Pick<Windows, "space" | "targets" | "count">): Int32Array {
  if (space.kind !== "class") return new Int32Array(count);
  return Int32Array.from(targets, (id, window) => {
    if (Number.isInteger(id) && id >= 0 && id < space.classes.length) return id;
    throw new Error(
      `strataOf: window ${window}: expected a class id below ${space.classes.length}, got ${id}; leave unlabelled runs out of the segments`,
    );
  });
}

/** Classes, or labels that are 1, that occur among these windows; by name. */
export function classesIn({ space, targets }: Pick<Windows, "space" | "targets">, part: Iterable<number>): Set<string> {
  const found = new Set<string>();
  if (space.kind === "value") return found;
  for (const window of part)
    if (space.kind === "class") found.add(space.classes[targets[window]!]!);
    else space.labels.forEach((label, k, all) => targets[window * all.length + k] === 1 && found.add(label));
  return found;
}

/**
 * What training may not lack if nobody says otherwise: every class of the space.
 * Of several labels, rare ones may well be absent, so none is asked for.
 */
export function requiredClasses({ space }: Pick<Windows, "space">): readonly string[] {
  return space.kind === "class" ? space.classes : [];
}

/** All that can be listed as missing. */
export function namedClasses({ space }: Pick<Windows, "space">): readonly string[] {
  return space.kind === "class" ? space.classes : space.kind === "labels" ? space.labels : [];
}
