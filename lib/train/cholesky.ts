/** Solves with a symmetric positive definite matrix. */

/**
 * L with L Lᵀ = a, from the lower half of `a`.
 *
 * @param a [row, row]
 * @throws if `a` is not positive definite
 */
export function cholesky(a: Float64Array): Float64Array {
  const size = Math.sqrt(a.length);
  const l = new Float64Array(a.length);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = a[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= l[i * size + k]! * l[j * size + k]!;
      if (i === j && !(sum > 0))
        throw new Error(
          `cholesky: expected a positive definite matrix, got pivot ${sum} in row ${i}; add a penalty`,
        );
      l[i * size + j] = i === j ? Math.sqrt(sum) : sum / l[j * size + j]!;
    }
  return l;
}

/**
 * The solutions x of L Lᵀ x = b.
 *
 * @param l [row, row], from `cholesky`
 * @param b [side, row]: right-hand sides, one after the other
 * @returns [side, row]
 */
export function choleskySolve(l: Float64Array, b: Float64Array): Float64Array {
  const size = Math.sqrt(l.length);
  const x = b.slice();
  for (let at = 0; at < x.length; at += size) {
    for (let i = 0; i < size; i++) {
      let sum = x[at + i]!;
      for (let k = 0; k < i; k++) sum -= l[i * size + k]! * x[at + k]!;
      x[at + i] = sum / l[i * size + i]!;
    }
    for (let i = size - 1; i >= 0; i--) {
      let sum = x[at + i]!;
      for (let k = i + 1; k < size; k++) sum -= l[k * size + i]! * x[at + k]!;
      x[at + i] = sum / l[i * size + i]!;
    }
  }
  return x;
}
