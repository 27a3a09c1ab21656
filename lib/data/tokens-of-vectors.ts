/** Rows of features as tokens: each modality's features are cut into blocks of neighbours, equally many in each. */
import { createHash } from "node:crypto";
import { checkRecordings } from "./check-recordings";
import type { Recording, Vector } from "./recording";
import type { TokenData, TokenModality } from "./token-data";

export interface TokenSource {
  /** The recordings' modalities whose features it has, one after the other; there where any of them is. */
  readonly from: readonly string[];
  /** log₂(1 + x) of counts, which no mean and deviation describe otherwise. */
  readonly logarithm?: boolean;
}

export interface VectorTokenOptions {
  /** By name, in the order of the presence axis. */
  readonly modalities: Readonly<Record<string, TokenSource>>;
  /** Of each modality at most. */
  readonly tokens: number;
  readonly classes: readonly string[];
  /** Of a segment's target; undefined leaves the segment out. */
  readonly classOf: (target: readonly number[]) => number | undefined;
  /** Of a recording's segments that have a class only every so many-th; all if not given. */
  readonly every?: number;
}

/**
 * A sample for each segment that has a class and any of the modalities. A block is a token; the last of a modality is filled up
 * with NaN, as is what was not measured. Groups are the subjects.
 *
 * @throws where a modality's part is no vector of the recordings
 */
export function tokensOfVectors(recordings: readonly Recording[], options: VectorTokenOptions): TokenData {
  const { dataset, kinds } = checkRecordings("tokensOfVectors", recordings);
  const sources = Object.entries(options.modalities).map(([name, source]) => {
    const counts = source.from.map((part) => {
      const known = kinds[part];
      if (known?.kind === "vector") return known.features.length;
      const got = known ? "a sequence" : `only ${Object.keys(kinds).join(", ")}`;
      throw new Error(`tokensOfVectors: ${name}: expected a vector ${part}, got ${got}; name another`);
    });
    const features = counts.reduce((a, b) => a + b, 0);
    const width = Math.ceil(features / options.tokens);
    return { ...source, name, counts, width, tokens: Math.ceil(features / width) };
  });
  const samples = recordings.flatMap((recording) => samplesOf(recording, sources, options));
  const modalities = sources.map(({ name, tokens, width }, m): TokenModality => {
    const values = new Float32Array(samples.length * tokens * width).fill(NaN);
    samples.forEach(({ rows }, i) => values.set(rows[m]!, i * tokens * width));
    return { name, tokens, width, kind: "blocks", values };
  });
  const rest = {
    ...{ name: dataset, count: samples.length, classes: options.classes },
    presence: Uint8Array.from(samples.flatMap(({ rows }) => rows.map(wasMeasured))),
    ids: samples.map(({ id }) => id),
    groups: samples.map(({ group }) => group),
    labels: Int32Array.from(samples, ({ label }) => label),
  };
  const hash = createHash("sha256").update(JSON.stringify([sources, rest.ids, rest.groups, rest.classes]));
  for (const { buffer, byteOffset, byteLength } of [rest.labels, ...modalities.map(({ values }) => values)])
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return { ...rest, hash: hash.digest("hex"), modalities };
}

interface Sample {
  readonly id: string;
  readonly group: string;
  readonly label: number;
  /** [modality][feature] */
  readonly rows: readonly Float32Array[];
}

const wasMeasured = (row: Float32Array): number => Number(row.some((x) => !Number.isNaN(x)));

function samplesOf(
  { subject, session, segments, modalities }: Recording,
  sources: readonly (TokenSource & { readonly counts: readonly number[] })[],
  { classOf, every = 1 }: VectorTokenOptions,
): Sample[] {
  const known = segments.flatMap((segment) => {
    const label = classOf(segment.target);
    return label === undefined ? [] : [{ ...segment, label }];
  });
  const rowOf = rowFinders(modalities);
  return known.flatMap(({ startSeconds, endSeconds, label }, s): Sample[] => {
    if (s % every > 0) return [];
    const rows = sources.map(({ from, counts, logarithm }) => {
      const parts = from.map((part, k) => rowOf[part]?.(startSeconds, endSeconds) ?? new Float32Array(counts[k]!).fill(NaN));
      const row = Float32Array.from(parts.flatMap((part) => Array.from(part)));
      return logarithm ? row.map((x) => Math.log2(1 + x)) : row;
    });
    const id = `${subject}/${session}/${startSeconds}`;
    return rows.some(wasMeasured) ? [{ id, group: subject, label, rows }] : [];
  });
}

/** Modality → the row of the segment, for segments in the order of time; undefined where it has none. */
function rowFinders(
  modalities: Recording["modalities"],
): Readonly<Record<string, (start: number, end: number) => Float32Array | undefined>> {
  const finder = ({ seconds, values, features }: Vector) => {
    let row = 0;
    return (start: number, end: number): Float32Array | undefined => {
      while (row < seconds.length && seconds[row]! < start) row++;
      if (row === seconds.length || seconds[row]! >= end) return undefined;
      return values.subarray(row * features.length, (row + 1) * features.length);
    };
  };
  return Object.fromEntries(
    Object.entries(modalities).flatMap(([name, modality]) =>
      modality.kind === "vector" ? [[name, finder(modality)]] : [],
    ),
  );
}
