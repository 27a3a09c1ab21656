/** Random numbers that depend on nothing but their seed and the words that say what they are for. */
import { createHash } from "node:crypto";
import { xoroshiro128plus, type RandomGenerator } from "pure-rand";

export interface Random {
  /** In [0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal (Box-Muller). */
  normal(): number;
  /** An integer in [0, below). */
  integer(below: number): number;
  /** A permutation of 0 ... length - 1 (Fisher-Yates). */
  permutation(length: number): Int32Array;
}

type Purpose = readonly (string | number)[];

const digest = (seed: number, purpose: Purpose): Buffer =>
  createHash("sha256")
    .update(JSON.stringify([seed, ...purpose]))
    .digest();

/** A 31-bit number that is another one for another seed or other words; `seedFor(1, "dropout", 7)`. */
export const seedFor = (seed: number, ...purpose: Purpose): number =>
  digest(seed, purpose).readUInt32LE(0) & 0x7fffffff;

/**
 * An independent stream for each seed and purpose, so that no draw depends on the order of others. All 128 bits of the
 * generator's state come from the hash: started from a short seed its first number is always -1, and so the first draw
 * never below a half.
 */
export function randomFor(seed: number, ...purpose: Purpose): Random {
  const hash = digest(seed, purpose);
  const generator: RandomGenerator = xoroshiro128plus.fromState(
    [0, 4, 8, 12].map((at) => hash.readInt32LE(at)),
  );
  const bits = (count: number): number => (generator.unsafeNext() >>> 0) >>> (32 - count);
  const uniform = (): number => (bits(26) * 2 ** 27 + bits(27)) / 2 ** 53;
  const integer = (below: number): number => Math.floor(uniform() * below);
  return {
    uniform,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    permutation(length) {
      const order = Int32Array.from({ length }, (_, i) => i);
      for (let i = length - 1; i > 0; i--) {
        const j = integer(i + 1);
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      return order;
    },
  };
}
