/** The order of many numbers, without comparing any two: a million in a few dozen milliseconds. */

const digits = 4; // of 16 bits each
const base = 1 << 16;

/**
 * Indices by increasing value, equal values in their order (a stable radix sort on the bits of the doubles). -0 comes
 * before 0.
 *
 * @throws where one is NaN, which has no place
 */
export function sortOrder(values: Float64Array): Uint32Array {
  const { length } = values;
  const words = new Uint16Array(length * digits);
  const bits = new Uint32Array(new Float64Array(values).buffer); // low word first: Node runs on little-endian machines
  for (let i = 0; i < length; i++) {
    if (Number.isNaN(values[i]!))
      throw new Error(`sortOrder: expected numbers, got NaN at ${i}; look for it where the values were made`);
    let [low, high] = [bits[2 * i]!, bits[2 * i + 1]!];
    if (high >>> 31)
      [low, high] = [~low >>> 0, ~high >>> 0]; // of two negative numbers the larger pattern is the smaller
    else high = (high | 0x80000000) >>> 0;
    words[i] = low & 0xffff;
    words[length + i] = low >>> 16;
    words[2 * length + i] = high & 0xffff;
    words[3 * length + i] = high >>> 16;
  }
  let order = Uint32Array.from({ length }, (_, i) => i);
  let next = new Uint32Array(length);
  const starts = new Uint32Array(base + 1);
  for (let digit = 0; digit < digits; digit++) {
    const word = words.subarray(digit * length, (digit + 1) * length);
    starts.fill(0);
    for (let i = 0; i < length; i++) starts[word[i]! + 1]!++;
    for (let d = 0; d < base; d++) starts[d + 1]! += starts[d]!;
    for (let i = 0; i < length; i++) {
      const index = order[i]!;
      next[starts[word[index]!]!++] = index;
    }
    [order, next] = [next, order];
  }
  return order;
}
