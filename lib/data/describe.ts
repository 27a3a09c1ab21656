/** What a data set holds, told in rows: how much of what, how often, and what is missing. */
import * as aq from "arquero";
import { firstAt } from "./grid";
import type { Recording, Sequence, Vector } from "./recording";

export interface RowsPerClass {
  readonly subject: string;
  readonly class: string;
  /** Contiguous runs. */
  readonly segments: number;
  /** Samples of the modality inside them. */
  readonly rows: number;
  readonly seconds: number;
}

/** Segments, samples and seconds for each subject and class that has a segment, by subject and class id. */
export function rowsPerClass(recordings: readonly Recording[], modality: string): RowsPerClass[] {
  const segments = recordings.flatMap(({ subject, space, segments, modalities }) => {
    if (space.kind !== "class")
      throw new Error(`rowsPerClass: expected targets of kind class, got ${space.kind}; use recordings with classes`);
    const clock = modalities[modality]?.seconds ?? new Float64Array();
    return segments.map(({ startSeconds, endSeconds, target }) => ({
      subject,
      id: target[0]!,
      class: space.classes[target[0]!]!,
      rows: firstAt(clock, endSeconds) - firstAt(clock, startSeconds),
      seconds: endSeconds - startSeconds,
    }));
  });
  if (segments.length === 0) return [];
  return aq
    .from(segments)
    .groupby("subject", "id", "class")
    .rollup({ segments: aq.op.count(), rows: aq.op.sum("rows"), seconds: aq.op.sum("seconds") })
    .orderby("subject", "id")
    .select(aq.not("id"))
    .objects() as RowsPerClass[];
}

export interface Missingness {
  readonly subject: string;
  readonly modality: string;
  readonly channel: string;
  readonly rows: number;
  readonly missing: number;
  /** missing / rows */
  readonly share: number;
}

/** How many values of each channel are NaN, for each recording. A modality that is not there at all has no row. */
export function missingness(recordings: readonly Recording[]): Missingness[] {
  return recordings.flatMap(({ subject, modalities }) =>
    Object.entries(modalities).flatMap(([modality, sequence]) => {
      const channels = channelsOf(sequence);
      const missing = new Array<number>(channels.length).fill(0);
      sequence.values.forEach((value, i) => (missing[i % channels.length]! += Number.isNaN(value) ? 1 : 0));
      const rows = sequence.seconds.length;
      return channels.map(({ name }, i) => ({
        subject,
        modality,
        channel: name,
        rows,
        missing: missing[i]!,
        share: missing[i]! / rows,
      }));
    }),
  );
}

export interface MissingInColumn {
  readonly column: string;
  readonly rows: number;
  readonly missing: number;
  /** missing / rows */
  readonly share: number;
}

/** How many entries of each column of one file are NaN; here a heart rate is missing in the rows between two of its own. */
export function missingByColumn(columns: Readonly<Record<string, ArrayLike<number>>>): MissingInColumn[] {
  return Object.entries(columns).map(([column, values]) => {
    let missing = 0;
    for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row])) missing++;
    return { column, rows: values.length, missing, share: missing / values.length };
  });
}

export interface SamplingRate {
  readonly subject: string;
  readonly modality: string;
  readonly nominalHz: number;
  /** 1 / median time between samples. */
  readonly measuredHz: number;
  readonly samples: number;
  /** Times between samples of more than one and a half nominal ones. */
  readonly gaps: number;
  readonly longestGapSeconds: number;
}

/** How often each sequence was really sampled, for each recording. */
export function samplingRates(recordings: readonly Recording[]): SamplingRate[] {
  return recordings.flatMap(({ subject, modalities }) =>
    Object.entries(modalities).flatMap(([modality, sequence]) => {
      if (sequence.kind !== "sequence") return [];
      const { seconds, rateHz } = sequence;
      const spacing = seconds.subarray(1).map((second, i) => second - seconds[i]!);
      const found = aq
        .table({ spacing })
        .rollup({ median: aq.op.median("spacing"), longest: aq.op.max("spacing") })
        .object() as { median?: number; longest?: number };
      return [
        {
          subject,
          modality,
          nominalHz: rateHz,
          measuredHz: 1 / (found.median ?? NaN),
          samples: seconds.length,
          gaps: spacing.reduce((count, s) => count + (s > 1.5 / rateHz ? 1 : 0), 0),
          longestGapSeconds: found.longest ?? NaN,
        },
      ];
    }),
  );
}

const channelsOf = (modality: Sequence | Vector): Sequence["channels"] =>
  modality.kind === "sequence" ? modality.channels : modality.features;
