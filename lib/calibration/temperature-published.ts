/** Temperature scaling as published, had it ever been called: one call of an optimiser, far from where it was going. */
import { checkLabels, type ClassTable } from "./class-table";

/**
 * T from 1 by PyTorch's `LBFGS([T], lr=0.01, max_iter=50)`, stepped once without a line search, then clamped to
 * [0.001, 100]. The first step is lr · min(1, 1 / |g|) long, each other one hundredth of a quasi-Newton step, so that after
 * fifty about 0.99⁵⁰ = 60 % of the way is left.
 */
export function temperaturePublished(logits: ClassTable, labels: ArrayLike<number>): number {
  checkLabels("temperaturePublished", logits, labels);
  const rate = 0.01;
  let temperature = 1;
  let slope = slopeAt(logits, labels, temperature);
  let curvature = 1; // y / s of the last step; in one dimension that is all the memory there is
  for (let step = 0; step < 50 && Math.abs(slope) > 1e-7; step++) {
    const direction = -slope / curvature;
    const move = direction * (step === 0 ? Math.min(1, 1 / Math.abs(slope)) * rate : rate);
    temperature += move;
    if (Math.abs(move) <= 1e-9) break;
    const next = slopeAt(logits, labels, temperature);
    if ((next - slope) * move > 1e-10) curvature = (next - slope) / move;
    slope = next;
  }
  return Math.min(100, Math.max(1e-3, temperature));
}

/** Of the mean loss in T: mean(z_y − Σ_k p_k z_k) / T². */
function slopeAt({ windows, classes, values }: ClassTable, labels: ArrayLike<number>, t: number): number {
  let total = 0;
  for (let i = 0; i < windows; i++) {
    const row = values.subarray(i * classes, (i + 1) * classes);
    const top = row.reduce((a, b) => Math.max(a, b), -Infinity);
    let [sum, mean] = [0, 0];
    for (const z of row) {
      const power = Math.exp((z - top) / t);
      sum += power;
      mean += power * z;
    }
    total += row[labels[i]!]! - mean / sum;
  }
  return total / windows / (t * t);
}
