/** `published`: the windows of the assignment as they were made. What is wrong with them is counted, not mended. */
import { checkRecordings } from "./check-recordings";
import { firstAt } from "./grid";
import { hashOf } from "./hash";
import type { Recording, Sequence } from "./recording";
import type { Track, Windows, WindowSegment } from "./windows";

export interface PublishedWindows extends Windows {
  /** [window]; 1 where its samples come from more than one segment, though they are taken for neighbours. */
  readonly crossesSegment: Uint8Array;
  /** [window]; 1 where they come from more than one subject. */
  readonly crossesSubject: Uint8Array;
}

export interface PublishedOptions {
  /** Rows in a window; 100 if not given. */
  readonly length?: number;
  /** Rows between the starts of two windows; 50 if not given. */
  readonly stride?: number;
  /** Modalities; all if not given. */
  readonly names?: readonly string[];
}

/**
 * The labelled rows of all subjects stacked into one array, whatever lies between them in time, and cut at rows 0, 50, ...
 * while 100 are left; a window's label is the commonest of its rows, the smaller of two that are equally common (scipy's
 * `mode`). Segment, subject and start of a window are those of its first row. NaN stays, nothing is resampled.
 *
 * Rows are those of the recording's most frequent clock; a modality on a slower one is NaN in the rows between.
 */
export function publishedWindows(
  recordings: readonly Recording[],
  { length = 100, stride = 50, names: chosen }: PublishedOptions = {},
): PublishedWindows {
  const { dataset, space, kinds } = checkRecordings("publishedWindows", recordings);
  const names = chosen ?? Object.keys(kinds);
  const examples = names.map((name) => {
    const kind = kinds[name];
    if (kind?.kind === "sequence" && space.kind === "class") return kind;
    throw new Error(
      `publishedWindows: expected classes and sequences among [${Object.keys(kinds).join(", ")}], got ${space.kind} and ${name}; correct names`,
    );
  });
  const rateHz = Math.max(...examples.map((e) => e.rateHz));
  const subjects = [...new Set(recordings.map((r) => r.subject))];
  const { rows, segments } = stackRows(recordings, names);
  const total = rows.seconds.length;
  const count = Math.max(0, Math.floor((total - length) / stride) + 1);
  const starts = Int32Array.from({ length: count }, (_, i) => i * stride);
  const spans = (of: Int32Array): Uint8Array =>
    Uint8Array.from(starts, (start) => (of[start] === of[start + length - 1] ? 0 : 1)); // stacked, so never back again
  const tracks = examples.map((example, m): Track => {
    const values = stackValues(recordings, rows, names[m]!, example.channels.length);
    const width = example.channels.length;
    const validity = new Uint8Array(total).fill(1);
    values.forEach((x, i) => Number.isNaN(x) && (validity[Math.floor(i / width)] = 0));
    return {
      kind: "sequence",
      channels: example.channels,
      rateHz,
      time: length,
      values,
      validity,
      filled: new Uint8Array(total),
      offset: starts,
    };
  });
  return {
    dataset,
    hash: hashOf(recordings, names, { lengthSeconds: length / rateHz, strideSeconds: stride / rateHz }),
    lengthSeconds: length / rateHz,
    strideSeconds: stride / rateHz,
    space,
    count,
    names,
    tracks: Object.fromEntries(names.map((name, m) => [name, tracks[m]!])),
    subject: Array.from(starts, (start) => recordings[rows.recording[start]!]!.subject),
    segment: Int32Array.from(starts, (start) => rows.segment[start]!),
    segments,
    startSeconds: Float64Array.from(starts, (start) => rows.seconds[start]!),
    targets: Float32Array.from(starts, (start) => modeOf(rows.label.subarray(start, start + length))),
    presence: Uint8Array.from({ length: count * names.length }, (_, i) => {
      const [start, track] = [starts[Math.floor(i / names.length)]!, tracks[i % names.length]!];
      return track.validity.subarray(start, start + length).includes(1) ? 1 : 0;
    }),
    crossesSegment: spans(rows.segment),
    crossesSubject: spans(rows.recording.map((r) => subjects.indexOf(recordings[r]!.subject))),
  };
}

/** The stacked rows; every array is [row]. */
interface Rows {
  readonly recording: Int32Array;
  readonly segment: Int32Array;
  readonly seconds: Float64Array;
  readonly label: Int32Array;
}

function stackRows(
  recordings: readonly Recording[],
  names: readonly string[],
): { rows: Rows; segments: WindowSegment[] } {
  const [recording, segment, seconds, label]: [number[], number[], number[], number[]] = [[], [], [], []];
  const segments: WindowSegment[] = [];
  recordings.forEach(({ modalities, subject, session, segments: parts }, number) => {
    const clock = names
      .map((name) => modalities[name]?.seconds ?? new Float64Array())
      .reduce((a, b) => (b.length > a.length ? b : a));
    for (const { startSeconds, endSeconds, target } of parts) {
      for (const time of clock.subarray(firstAt(clock, startSeconds), firstAt(clock, endSeconds))) {
        recording.push(number);
        segment.push(segments.length);
        seconds.push(time);
        label.push(target[0]!);
      }
      segments.push({ subject, session, target });
    }
  });
  const rows = {
    recording: Int32Array.from(recording),
    segment: Int32Array.from(segment),
    seconds: Float64Array.from(seconds),
    label: Int32Array.from(label),
  };
  return { rows, segments };
}

/** [row, channel]; NaN where the modality's own clock has no such moment. */
function stackValues(recordings: readonly Recording[], rows: Rows, name: string, width: number): Float32Array {
  const values = new Float32Array(rows.seconds.length * width).fill(NaN);
  rows.seconds.forEach((time, row) => {
    const modality = recordings[rows.recording[row]!]!.modalities[name] as Sequence | undefined;
    if (!modality) return;
    const at = firstAt(modality.seconds, time);
    if (modality.seconds[at] === time)
      values.set(modality.values.subarray(at * width, (at + 1) * width), row * width);
  });
  return values;
}

function modeOf(labels: Int32Array): number {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a - b)[0]![0];
}
