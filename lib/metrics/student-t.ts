/** Student's t, for intervals over few subjects. */

/**
 * P(|T| < t) as a finite sum (Abramowitz & Stegun 26.7.3 and 26.7.4), θ = atan(t / √ν).
 *
 * @param degrees ν, a whole number of at least 1
 */
function within(t: number, degrees: number): number {
  const theta = Math.atan(t / Math.sqrt(degrees));
  const [sin, cos2] = [Math.sin(theta), Math.cos(theta) ** 2];
  const odd = degrees % 2 === 1;
  let term = odd ? Math.cos(theta) : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= (cos2 * (k - 1)) / k;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (theta + sin * sum) : sin * sum;
}

/** t with P(T < t) = p, by halving; p in (0, 1). */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1 && Number.isInteger(degrees) && degrees >= 1))
    throw new Error(
      `studentQuantile: expected p in (0, 1) and whole degrees of at least 1, got ${p} and ${degrees}; give two or more values`,
    );
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  let [low, high] = [0, 1];
  while (within(high, degrees) < 2 * p - 1) high *= 2;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (within(middle, degrees) < 2 * p - 1) low = middle;
    else high = middle;
  }
  return high;
}
