/** How many directions does a space use? */

/**
 * exp(-Σ pₖ ln pₖ), pₖ = σₖ / Σ σ, σ the singular values of the centred rows (Roy & Vetterli 2007): 1 where all lie on a line,
 * `dim` where all directions are used alike; 0 where all rows are one point.
 *
 * @param x [sample, dim]
 */
export function effectiveRank(x: ArrayLike<number>, dim: number): number {
  const values = eigenvalues(covariance(x, dim), dim).map((v) => Math.sqrt(Math.max(0, v)));
  const total = values.reduce((a, b) => a + b, 0);
  if (!(total > 1e-12)) return 0;
  const entropy = values.reduce((sum, v) => (v > 0 ? sum - (v / total) * Math.log(v / total) : sum), 0);
  return Math.exp(entropy);
}

export interface CollapseAlarm {
  readonly collapsed: boolean;
  /** Why; empty where not. */
  readonly because: readonly string[];
}

/**
 * A space has collapsed where most rows are the same, or next to no direction is used: retrieval and loss then say nothing.
 *
 * @param rank see `effectiveRank`
 * @param spread uniformity of normalised rows
 */
export function collapseAlarm(rank: number, spread: number): CollapseAlarm {
  const because = [
    ...(rank < 2 ? [`effective rank ${rank.toFixed(2)}, below 2`] : []),
    ...(spread > -0.1 ? [`uniformity ${spread.toFixed(3)}, above -0.1`] : []),
  ];
  return { collapsed: because.length > 0, because };
}

/** [dim, dim], over samples. */
function covariance(x: ArrayLike<number>, dim: number): Float64Array {
  const samples = x.length / dim;
  const mean = new Float64Array(dim);
  for (let i = 0; i < x.length; i++) mean[i % dim]! += x[i]! / samples;
  const out = new Float64Array(dim * dim);
  const row = new Float64Array(dim);
  for (let i = 0; i < samples; i++) {
    for (let k = 0; k < dim; k++) row[k] = x[i * dim + k]! - mean[k]!;
    for (let k = 0; k < dim; k++)
      for (let l = 0; l < dim; l++) out[k * dim + l]! += (row[k]! * row[l]!) / samples;
  }
  return out;
}

/** Of a symmetric matrix, by Jacobi's rotations; until what is off the diagonal is 1e-12 of what is on it. */
export function eigenvalues(matrix: Float64Array, size: number): Float64Array {
  const a = matrix.slice();
  const at = (i: number, j: number): number => i * size + j;
  for (let sweep = 0; sweep < 60; sweep++) {
    let [off, on] = [0, 0];
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        if (i === j) on += a[at(i, j)]! ** 2;
        else off += a[at(i, j)]! ** 2;
      }
    if (off <= 1e-24 * on) break;
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        const apq = a[at(p, q)]!;
        if (apq === 0) continue;
        const theta = (a[at(q, q)]! - a[at(p, p)]!) / (2 * apq);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < size; k++) {
          const [x, y] = [a[at(k, p)]!, a[at(k, q)]!];
          a[at(k, p)] = c * x - s * y;
          a[at(k, q)] = s * x + c * y;
        }
        for (let k = 0; k < size; k++) {
          const [x, y] = [a[at(p, k)]!, a[at(q, k)]!];
          a[at(p, k)] = c * x - s * y;
          a[at(q, k)] = s * x + c * y;
        }
      }
  }
  return Float64Array.from({ length: size }, (_, i) => a[at(i, i)]!);
}
