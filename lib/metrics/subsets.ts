/** Every set of sensors that may be left. */

/** All 2^M sets, by size and then in the order of `names`: the empty one first, all of them last. */
export function subsetsOf<Name>(names: readonly Name[]): Name[][] {
  const ofSize = (size: number, from: number): Name[][] => {
    if (size === 0) return [[]];
    const starts = names.slice(from, names.length - size + 1);
    return starts.flatMap((name, i) => ofSize(size - 1, from + i + 1).map((rest) => [name, ...rest]));
  };
  return Array.from({ length: names.length + 1 }, (_, size) => ofSize(size, 0)).flat();
}

/** What tables call a set: its sensors joined by "+", "none" for the empty one. */
export const subsetName = (present: readonly string[]): string => present.join("+") || "none";
