/** How far a share of few may be trusted. */

/** Of the normal distribution, 97.5 %. */
const z95 = 1.959963984540054;

/**
 * The shares that would not be refused at 5 % by what was counted (Wilson 1927): inside [0, 1] and not empty even for
 * 0 of n, unlike ± 1.96 standard errors. Assumes independent windows; those of one person are not, so that it is too
 * narrow for people.
 */
export function wilsonInterval(hits: number, count: number, z = z95): { lower: number; upper: number } {
  if (count === 0) return { lower: 0, upper: 1 };
  const share = hits / count;
  const centre = (share + (z * z) / (2 * count)) / (1 + (z * z) / count);
  const half =
    (z / (1 + (z * z) / count)) * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  return { lower: Math.max(0, centre - half), upper: Math.min(1, centre + half) };
}
