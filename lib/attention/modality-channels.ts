/** Which modalities meet in which channel. */

/**
 * All sets of two modalities or more, the largest first and each size in lexical order: 2^M - M - 1 of them.
 *
 *     modalityChannels(3) = [[0, 1, 2], [0, 1], [0, 2], [1, 2]]
 *
 * @param sizes only these, in this order; all, the largest first, if not given
 */
export function modalityChannels(
  modalities: number,
  sizes: readonly number[] = downFrom(modalities),
): number[][] {
  const bad = sizes.find((size) => !(Number.isInteger(size) && size >= 2 && size <= modalities));
  if (bad !== undefined)
    throw new Error(
      `modalityChannels: expected sizes from 2 to ${modalities}, got ${bad}; a modality alone needs no channel`,
    );
  return sizes.flatMap((size) => choose(modalities, size));
}

const downFrom = (modalities: number): number[] =>
  Array.from({ length: Math.max(0, modalities - 1) }, (_, i) => modalities - i);

/** All sets of `size` numbers below `count`, in lexical order. */
export function choose(count: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: Math.max(0, count - size - from + 1) }, (_, i) => from + i).flatMap((first) =>
    choose(count, size - 1, first + 1).map((rest) => [first, ...rest]),
  );
}
