/** The mean of numbers. */

/** NaN of none. */
export const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of those that are known. */
export const averageKnown = (values: readonly (number | null | undefined)[]): number =>
  average(values.filter((x): x is number => typeof x === "number"));
