/** L-BFGS: the bottom of a smooth valley of many dimensions, never above where it began. */

export interface Valley {
  /** Writes the gradient at x into `gradient`, and returns the value. */
  (x: Float64Array, gradient: Float64Array): number;
}

export interface MinimiseOptions {
  readonly memory?: number;
  readonly steps?: number;
  /** Ends where the largest slope is this small. */
  readonly tolerance?: number;
}

/**
 * Limited-memory BFGS with backtracking until the value falls by a ten-thousandth of what the slope promises (Nocedal &
 * Wright 2006, algorithms 7.4 and 3.1): each step lowers the value, so that the result is never worse than the start.
 *
 * @returns the best point; `start` is left as it is
 */
export function minimise(
  valley: Valley,
  start: Float64Array,
  { memory = 10, steps = 500, tolerance = 1e-9 }: MinimiseOptions = {},
): Float64Array {
  let x: Float64Array = start.slice();
  let gradient: Float64Array = new Float64Array(x.length);
  let value = valley(x, gradient);
  const moves: { s: Float64Array; y: Float64Array; sy: number }[] = [];
  for (let step = 0; step < steps; step++) {
    if (gradient.every((g) => Math.abs(g) <= tolerance)) break;
    let direction = downhill(gradient, moves);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      moves.length = 0;
      direction = gradient.map((g) => -g);
      slope = -dot(gradient, gradient);
    }
    if (-slope <= 1e-15 * Math.max(1, Math.abs(value))) break; // less to gain than a double can tell
    let length = moves.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    let found: { x: Float64Array; gradient: Float64Array; value: number } | undefined;
    for (let halving = 0; halving < 60 && !found; halving++, length /= 2) {
      const at = x.map((v, i) => v + length * direction[i]!);
      const there = new Float64Array(x.length);
      const lower = valley(at, there);
      if (lower <= value + 1e-4 * length * slope) found = { x: at, gradient: there, value: lower };
    }
    if (!found) break; // no lower point that a double can tell apart
    const s = found.x.map((v, i) => v - x[i]!);
    const y = found.gradient.map((v, i) => v - gradient[i]!);
    const sy = dot(s, y);
    if (sy > 1e-14 * dot(y, y)) moves.push({ s, y, sy });
    if (moves.length > memory) moves.shift();
    ({ x, gradient, value } = found);
  }
  return x;
}

/** −H g by the two loops. */
function downhill(
  gradient: Float64Array,
  moves: readonly { s: Float64Array; y: Float64Array; sy: number }[],
): Float64Array {
  const q = gradient.slice();
  const alphas = new Array<number>(moves.length);
  for (let i = moves.length - 1; i >= 0; i--) {
    const { s, y, sy } = moves[i]!;
    alphas[i] = dot(s, q) / sy;
    for (let j = 0; j < q.length; j++) q[j]! -= alphas[i]! * y[j]!;
  }
  const last = moves.at(-1);
  const scale = last ? last.sy / dot(last.y, last.y) : 1;
  for (let j = 0; j < q.length; j++) q[j]! *= scale;
  moves.forEach(({ s, y, sy }, i) => {
    const beta = dot(y, q) / sy;
    for (let j = 0; j < q.length; j++) q[j]! += (alphas[i]! - beta) * s[j]!;
  });
  return q.map((v) => -v);
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};
