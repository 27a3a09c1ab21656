/** A heart that follows effort late, and a chest strap that writes it down about nine times a second. */
import type { Random } from "../random";
import { imuRateHz } from "./pamap2-columns";
import { noiseFrom, wander } from "./simulate-pamap2-noise";
import type { Person } from "./simulate-pamap2-person";

/**
 * [row] beats a minute, whole, as the strap writes them; NaN in the ten or eleven rows between two.
 *
 * h' = (rest + reserve · effort - h) / τ with another τ for rising and for falling, and 2.5 bpm of its own restlessness.
 *
 * @param effort [row] share of the reserve
 */
export function simulateHeart(
  effort: Float32Array,
  person: Person,
  table: Float32Array,
  random: Random,
): Float32Array {
  const { rest, reserve, rise, fall } = person.heart;
  const unrest = wander(noiseFrom(table, random), 0.4, 1 / imuRateHz);
  const beats = new Float32Array(effort.length).fill(NaN);
  let follows = rest;
  let next = random.integer(11);
  for (let row = 0; row < effort.length; row++) {
    const wanted = rest + reserve * effort[row]!;
    follows += (wanted - follows) / ((wanted > follows ? rise : fall) * imuRateHz);
    unrest.step();
    if (row < next) continue;
    beats[row] = Math.round(follows + 2.5 * unrest.value);
    next = row + (random.uniform() < 0.1 ? 10 : 11); // 9.2 Hz, as in the original
  }
  return beats;
}
