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
 * X with L Lᵀ X = B.
 *
 * @param l [row, row], from `cholesky`
 * @param b [row, column]
 */
export function choleskySolve(l: Float64Array, b: Float64Array): Float64Array {
  const size = Math.sqrt(l.length);
  const columns = b.length / size;
  const x = b.slice();
  const eliminate = (i: number, k: number, factor: number): void => {
    for (let c = 0; c < columns; c++) x[i * columns + c]! -= factor * x[k * columns + c]!;
  };
  const divide = (i: number): void => {
    for (let c = 0; c < columns; c++) x[i * columns + c]! /= l[i * size + i]!;
  };
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) eliminate(i, k, l[i * size + k]!);
    divide(i);
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) eliminate(i, k, l[k * size + i]!);
    divide(i);
  }
  return x;
}
