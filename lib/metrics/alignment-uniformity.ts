/** Two numbers about a space: do partners lie together, and is the room used? (Wang & Isola 2020) */
import { unitRows } from "./retrieval";

/** mean over rows of ‖xᵢ - yᵢ‖^α; NaN without rows. @param x, y [sample, dim] @param present [sample] */
export function alignment(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  dim: number,
  { alpha = 2, present }: { readonly alpha?: number; readonly present?: ArrayLike<number> } = {},
): number {
  let [sum, rows] = [0, 0];
  for (let i = 0; i * dim < x.length; i++) {
    if (present && !present[i]) continue;
    sum += squaredDistance(x, y, i, i, dim) ** (alpha / 2);
    rows += 1;
  }
  return sum / rows;
}

/**
 * log of the mean over pairs i < j of exp(-t ‖xᵢ - xⱼ‖²): 0 where all are one point, the less the better spread. The diagonal
 * is no pair. NaN with fewer than two rows.
 */
export function uniformity(
  x: ArrayLike<number>,
  dim: number,
  { t = 2, present }: { readonly t?: number; readonly present?: ArrayLike<number> } = {},
): number {
  const rows = Array.from({ length: x.length / dim }, (_, i) => i).filter((i) => !present || present[i]);
  let sum = 0;
  for (const [at, i] of rows.entries())
    for (const j of rows.slice(at + 1)) sum += Math.exp(-t * squaredDistance(x, x, i, j, dim));
  return Math.log(sum / ((rows.length * (rows.length - 1)) / 2));
}

function squaredDistance(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  i: number,
  j: number,
  dim: number,
): number {
  let sum = 0;
  for (let k = 0; k < dim; k++) sum += (x[i * dim + k]! - y[j * dim + k]!) ** 2;
  return sum;
}

/** Both as they are usually reported: of rows of length 1. */
export const normalised = unitRows;
