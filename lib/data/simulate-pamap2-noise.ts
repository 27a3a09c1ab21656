/** Cheap random processes for millions of samples. */
import type { Random } from "../random";

/** Standard normal numbers, read from a table; drawing each anew would take longer than all the rest. */
export interface Noise {
  next(): number;
}

/** The table that the sensors of a session share: 2¹⁶ standard normal numbers. */
export function noiseTable(random: Random): Float32Array {
  return Float32Array.from({ length: 1 << 16 }, () => random.normal());
}

/** Reads the table from places that `random` chooses, another one every 4,096 numbers. */
export function noiseFrom(table: Float32Array, random: Random): Noise {
  let at = 0;
  let left = 0;
  return {
    next() {
      if (left-- === 0) {
        at = random.integer(table.length);
        left = 4095;
      }
      return table[at++ & (table.length - 1)]!;
    },
  };
}

/** A stationary process that starts in its stationary distribution; `value` has variance 1, `slope` is its derivative. */
export interface Wander {
  value: number;
  slope: number;
  step(): void;
}

/**
 * x″ + 2ωx′ + ω²x = 2ω^1.5 · white noise, stepped by `seconds`: critically damped, so that a gyroscope has a finite
 * slope to measure. Variance of x is 1, that of x′ is ω².
 */
export function wander(noise: Noise, omega: number, seconds: number): Wander {
  const kick = 2 * omega ** 1.5 * Math.sqrt(seconds);
  return {
    value: noise.next(),
    slope: omega * noise.next(),
    step() {
      this.slope += kick * noise.next() - (2 * omega * this.slope + omega * omega * this.value) * seconds;
      this.value += this.slope * seconds;
    },
  };
}
