/** Recordings small enough to check by hand. */
import type { Recording, Sequence } from "fusion/dist/data/recording";

/** One channel whose value at sample i is `values[i]`, at i / rate unless times are given. */
export function sequence(values: readonly number[], rateHz: number, seconds?: readonly number[]): Sequence {
  return {
    kind: "sequence",
    channels: [{ name: "x", unit: "1" }],
    rateHz,
    seconds: Float64Array.from(seconds ?? values.map((_, i) => i / rateHz)),
    values: Float32Array.from(values),
  };
}

/** Segments [start, end, class] of one subject with one 1 Hz modality "a" that counts seconds. */
export function recording(
  subject: string,
  segments: readonly (readonly [number, number, number])[],
  given: Partial<Recording> = {},
): Recording {
  const end = Math.max(...segments.map((s) => s[1]));
  const classes = Array.from({ length: 1 + Math.max(...segments.map((s) => s[2])) }, (_, i) => `class ${i}`);
  return {
    dataset: "tiny",
    subject,
    session: `${subject}.dat`,
    space: { kind: "class", classes },
    modalities: { a: sequence(Array.from({ length: Math.ceil(end) }, (_, i) => i), 1) },
    segments: segments.map(([startSeconds, endSeconds, target]) => ({ startSeconds, endSeconds, target: [target] })),
    ...given,
  };
}
