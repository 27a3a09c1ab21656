/** A window in a few numbers a channel: what methods read that read no sequence. */

/** In the order in which a channel's numbers stand. */
export const statisticNames = [
  "mean",
  "deviation",
  "minimum",
  "lower quartile",
  "median",
  "upper quartile",
  "maximum",
  /** √ mean (xₜ₊₁ − xₜ)²: how much it moves from step to step. */
  "step",
  /** Share of steps in which it passes its own mean: how often it swings. */
  "crossings",
] as const;

/** Of these, those that one step alone does not have: they ask for two that are neighbours. */
const ofPairs = ["step", "crossings"].map((name) => statisticNames.indexOf(name as "step"));

/**
 * Statistics of one window over its valid steps alone, channel after channel; 0 where there is none to be had.
 *
 * The deviation divides by n; quartiles lie between order statistics, linearly (type 7 of Hyndman & Fan 1996).
 *
 * @param values [time, channel]; read where valid only, so that a hidden NaN stays hidden
 * @param validity [time]
 * @param into [channel, statistic]
 * @param observed [channel, statistic]; 1 where the number was measured
 */
export function windowStatistics(
  values: Float32Array,
  validity: Float32Array,
  into: Float32Array,
  observed: Float32Array,
): void {
  const time = validity.length;
  const width = statisticNames.length;
  const channels = values.length / time;
  let count = 0;
  let pairs = 0;
  for (let t = 0; t < time; t++)
    if (validity[t]! > 0) {
      count++;
      if (t > 0 && validity[t - 1]! > 0) pairs++;
    }
  into.fill(0);
  observed.fill(count > 0 ? 1 : 0);
  if (count === 0) return;
  const sorted = new Float32Array(count);
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0;
    for (let t = 0, n = 0; t < time; t++)
      if (validity[t]! > 0) {
        const x = values[t * channels + channel]!;
        sorted[n++] = x;
        sum += x;
      }
    const mean = sum / count;
    let [squares, steps, crossings] = [0, 0, 0];
    for (let t = 0; t < time; t++) {
      if (!(validity[t]! > 0)) continue;
      const x = values[t * channels + channel]!;
      squares += (x - mean) ** 2;
      if (t === 0 || !(validity[t - 1]! > 0)) continue;
      const before = values[(t - 1) * channels + channel]!;
      steps += (x - before) ** 2;
      if (x > mean !== before > mean) crossings++;
    }
    sorted.sort();
    const quantiles = [0, 0.25, 0.5, 0.75, 1].map((p) => quantileOf(sorted, p));
    into.set([mean, Math.sqrt(squares / count), ...quantiles], channel * width);
    for (const [i, total] of [Math.sqrt(steps / (pairs || 1)), crossings / (pairs || 1)].entries()) {
      into[channel * width + ofPairs[i]!] = total;
      observed[channel * width + ofPairs[i]!] = pairs > 0 ? 1 : 0;
    }
  }
}

function quantileOf(sorted: Float32Array, p: number): number {
  const place = p * (sorted.length - 1);
  const low = Math.floor(place);
  const above = sorted[Math.min(low + 1, sorted.length - 1)]!;
  return sorted[low]! + (place - low) * (above - sorted[low]!);
}
