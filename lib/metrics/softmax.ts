/** From logits to probabilities, in double precision. */

/** exp(zᵢ) / Σⱼ exp(zⱼ) of one row. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  const row = Float64Array.from(logits);
  const top = row.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = row.map((z) => Math.exp(z - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
