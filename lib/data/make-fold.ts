/** The one place where a fold is made, so that every fold keeps what the type promises. */
import type { Fold, Part } from "./fold";
import { classesIn, namedClasses, requiredClasses } from "./strata";
import type { Windows } from "./windows";

export interface FoldOptions {
  /** Classes that training must hold; every class of the space if not given. */
  readonly classes?: readonly string[];
}

/**
 * Sorts the parts and lists the classes that stopping and calibration lack.
 *
 * @throws if parts overlap, training or test is empty, or training lacks a class
 */
export function makeFold(
  windows: Windows,
  { split, heldOut }: Pick<Fold, "split" | "heldOut">,
  given: Partial<Readonly<Record<Part, Iterable<number>>>>,
  options: FoldOptions = {},
): Fold {
  const sorted = (part: Part): Int32Array => Int32Array.from(given[part] ?? []).sort();
  const parts = {
    train: sorted("train"),
    stop: sorted("stop"),
    calibration: sorted("calibration"),
    test: sorted("test"),
  };
  const who = `${split}: ${heldOut}`;
  const owner = new Map<number, string>();
  for (const [name, part] of Object.entries(parts))
    for (const window of part) {
      const other = owner.get(window);
      if (other)
        throw new Error(`${who}: expected disjoint parts, got window ${window} in ${other} and ${name}; name each once`);
      owner.set(window, name);
    }
  for (const name of ["train", "test"] as const)
    if (parts[name].length === 0)
      throw new Error(`${who}: expected windows in ${name}, got none; load more data or hold less out`);

  const wanted = options.classes ?? requiredClasses(windows);
  const lacking = (part: Int32Array, classes: readonly string[]): string[] => {
    const found = classesIn(windows, part);
    return classes.filter((name) => !found.has(name));
  };
  const lost = lacking(parts.train, wanted);
  if (lost.length > 0)
    throw new Error(
      `${who}: expected every class in training, got none of [${lost.join(", ")}]; load more subjects, or name the classes that are there`,
    );
  const listed = options.classes ?? namedClasses(windows);
  const missing = (part: Int32Array): string[] => (part.length > 0 ? lacking(part, listed) : []);
  return {
    split,
    heldOut,
    ...parts,
    missingClasses: { stop: missing(parts.stop), calibration: missing(parts.calibration) },
  };
}
