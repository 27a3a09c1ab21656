/** Kept results in the order of their study: files come in the order of their keys, which means nothing. */

/**
 * @param asked what the study asks for, in its order @param askedOf what a result answers
 * @returns results in the order of `asked`; what nobody asks for any more comes last
 */
export function inOrder<R>(
  results: readonly R[],
  asked: readonly unknown[],
  askedOf: (result: R) => unknown,
): R[] {
  const places = new Map(asked.map((one, i) => [JSON.stringify(one), i]));
  const placeOf = (result: R): number => places.get(JSON.stringify(askedOf(result))) ?? asked.length;
  return [...results].sort((a, b) => placeOf(a) - placeOf(b));
}
