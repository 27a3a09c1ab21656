/** Clocks that say when a sample was delivered, not when it was taken. */

/**
 * tᵢ = min(sᵢ, tᵢ₊₁ - period): a sample was taken no later than it was stamped, and samples lie at least a period apart.
 *
 * After a delay, a device hands over what it has kept, all with one stamp; here each gets back its place in the delay.
 * A real gap stays, because nothing came after it in a burst.
 *
 * @param stamps [sample] seconds; none before the one in front of it
 * @param periodSeconds no longer than the shortest time between two samples, or the clock would run away backwards
 * @returns [sample] seconds, increasing
 */
export function spreadBursts(stamps: Float64Array, periodSeconds: number): Float64Array {
  const seconds = stamps.slice();
  for (let i = seconds.length - 2; i >= 0; i--) seconds[i] = Math.min(stamps[i]!, seconds[i + 1]! - periodSeconds);
  return seconds;
}
