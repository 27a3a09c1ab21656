/** Numbers in the words of an alternative text. */

/** 0.1234 → "12.3 %"; what is not 0 or 1 never reads as such. */
export function percent(share: number, digits = 1): string {
  const shown = (100 * share).toFixed(digits);
  if (share > 0 && Number(shown) === 0) return `under ${(10 ** -digits).toFixed(digits)} %`;
  if (share < 1 && Number(shown) === 100) return `over ${(100 - 10 ** -digits).toFixed(digits)} %`;
  return `${shown} %`;
}

/** The first few of many, and how many more there are; an alternative text is to be heard in one breath. */
export function few(said: readonly string[], limit = 12): string {
  const rest = said.length - limit;
  return said.slice(0, limit).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

/** Different values in the order in which they first appear. */
export const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

export const count = (n: number): string => n.toLocaleString("en-US");
