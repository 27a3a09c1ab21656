/** Groups of equally many numbers, small ones first, without putting all of them in order. */
import { sortOrder } from "./sort-order";

/** Below this many numbers a sort is faster than the table of buckets. */
const few = 4096;
/** Of a double's upper word: 10 of its 20 mantissa bits, so that a bucket is a thousandth wide. */
const dropped = 10;
/** Below 2⁻³¹, and above 1 − 2⁻³¹, all numbers are in one bucket. */
const floor = (1023 - 31) << (20 - dropped);
const half = ((1023 - 1) << (20 - dropped)) - floor;
const buckets = 2 * half + 2;

/**
 * The numbers in their order, equal ones as they come, cut into groups whose sizes differ by one at most, the larger ones
 * first.
 *
 * Counts numbers in buckets that are narrow towards 0 and towards 1, where a model's promises are; only a bucket
 * that a cut goes through is sorted.
 *
 * @param values [window], any numbers; fast for those in 0 … 1
 * @returns [window], the number of the group
 * @throws where one is NaN
 */
export function equalGroups(values: Float64Array, groups: number): Int32Array {
  const starts = startsOf(values.length, groups);
  return values.length < few ? bySort(values, starts) : byBuckets(values, starts);
}

/** [group]: how many are before it. */
function startsOf(length: number, groups: number): Float64Array {
  const [least, larger] = [Math.floor(length / groups), length % groups];
  return Float64Array.from({ length: groups }, (_, g) => g * least + Math.min(g, larger));
}

function bySort(values: Float64Array, starts: Float64Array): Int32Array {
  const group = new Int32Array(values.length);
  const order = sortOrder(values);
  for (let rank = 0, g = 0; rank < order.length; rank++) {
    while (g + 1 < starts.length && starts[g + 1]! <= rank) g++;
    group[order[rank]!] = g;
  }
  return group;
}

function byBuckets(values: Float64Array, starts: Float64Array): Int32Array {
  const bucket = bucketsOf(values);
  const counts = new Uint32Array(buckets);
  for (let i = 0; i < bucket.length; i++) counts[bucket[i]!]!++;
  const groupOf = new Int32Array(buckets); // -1 where a cut goes through
  const cut: { readonly bucket: number; readonly before: number }[] = [];
  for (let b = 0, before = 0, g = 0; b < buckets; b++) {
    while (g + 1 < starts.length && starts[g + 1]! <= before) g++;
    const after = before + counts[b]!;
    const isCut = g + 1 < starts.length && starts[g + 1]! < after;
    if (isCut) cut.push({ bucket: b, before });
    groupOf[b] = isCut ? -1 : g;
    before = after;
  }
  const group = new Int32Array(values.length);
  const members = new Map(cut.map((one) => [one.bucket, [] as number[]]));
  for (let i = 0; i < bucket.length; i++) {
    const g = groupOf[bucket[i]!]!;
    if (g >= 0) group[i] = g;
    else members.get(bucket[i]!)!.push(i);
  }
  for (const { bucket: b, before } of cut) {
    const own = members.get(b)!;
    const order = sortOrder(Float64Array.from(own, (i) => values[i]!));
    for (let rank = 0, g = 0; rank < order.length; rank++) {
      while (g + 1 < starts.length && starts[g + 1]! <= before + rank) g++;
      group[own[order[rank]!]!] = g;
    }
  }
  return group;
}

/** [window]: grows with the value; below a half by its bits, above by those of its distance to 1. */
function bucketsOf(values: Float64Array): Uint16Array {
  const bucket = new Uint16Array(values.length);
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length); // low word first, as in `sortOrder`
  const distance = new Float64Array(1);
  const wordOfDistance = new Uint32Array(distance.buffer);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < 0.5) {
      const place = value > 0 ? (words[2 * i + 1]! >>> dropped) - floor : 0;
      bucket[i] = place > 0 ? place : 0;
    } else if (value >= 0.5) {
      distance[0] = value < 1 ? 1 - value : 0; // exact, as both are within a factor of two
      const place = (wordOfDistance[1]! >>> dropped) - floor;
      bucket[i] = buckets - 1 - (place > 0 ? place : 0);
    } else
      throw new Error(
        `equalGroups: expected numbers, got NaN at ${i}; look for it where the values were made`,
      );
  }
  return bucket;
}
