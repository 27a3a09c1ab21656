/** The rule "rows with a NaN are deleted": what it leaves of a window, and how many windows it leaves. */
import type { SequenceTrack, Track, Windows } from "./windows";

/**
 * Each window keeps the rows in which every modality has a number, moved together; what is free at its end is invalid.
 * A window without such a row has no sensor at all.
 *
 * Windows share no samples any more, so that an audit finds none shared.
 *
 * @param windows whose modalities lie on the same rows
 */
export function completeRows(windows: Windows): Windows {
  const { names, count } = windows;
  const tracks = tracksOf(windows);
  const kept = Array.from({ length: count }, (_, window) => rowsLeft(tracks, window));
  const time = Math.max(1, ...kept.map((rows) => rows.length));
  const packed = tracks.map((track): SequenceTrack => {
    const width = track.channels.length;
    const values = new Float32Array(count * time * width).fill(NaN);
    const validity = new Uint8Array(count * time);
    kept.forEach((rows, window) =>
      rows.forEach((row, step) => {
        const at = track.offset[window]! + row;
        values.set(
          track.values.subarray(at * width, (at + 1) * width),
          (window * time + step) * width,
        );
        validity[window * time + step] = 1;
      }),
    );
    const filled = new Uint8Array(count * time);
    const offset = Int32Array.from({ length: count }, (_, window) => window * time);
    return { ...track, time, values, validity, filled, offset };
  });
  return {
    ...windows,
    tracks: Object.fromEntries(names.map((name, m) => [name, packed[m]!])),
    presence: Uint8Array.from({ length: count * names.length }, (_, i) =>
      kept[Math.floor(i / names.length)]!.length > 0 ? 1 : 0,
    ),
  };
}

export interface RowsLeft {
  readonly subject: string;
  readonly class: string;
  readonly windows: number;
  /** Windows in which no modality lacks a number: what is left where a NaN costs the window. */
  readonly complete: number;
  /** Windows of as many rows, cut from the rows that are left where a NaN costs its row. */
  readonly deleted: number;
}

/**
 * One row for each subject and class, in the order in which they appear.
 *
 * @param windows whose modalities lie on the same rows; "sparse-rows" of the alignments
 */
export function rowsLeftOf(windows: Windows): RowsLeft[] {
  const { space, segment, subject, targets, lengthSeconds, strideSeconds } = windows;
  if (space.kind !== "class")
    throw new Error(`rowsLeftOf: expected classes, got "${space.kind}"; choose a data set with classes`);
  const tracks = tracksOf(windows);
  const { time } = tracks[0]!;
  const stride = Math.max(1, Math.round((strideSeconds / lengthSeconds) * time));
  const groups = new Map<string, { windows: number; complete: number; deleted: number; names: [string, string] }>();
  const segments = new Map<number, number[]>();
  segment.forEach((number, window) => segments.set(number, [...(segments.get(number) ?? []), window]));
  for (const members of segments.values()) {
    const first = members[0]!;
    const names: [string, string] = [subject[first]!, space.classes[targets[first]!]!];
    const group = groups.get(names.join("\n")) ?? { windows: 0, complete: 0, deleted: 0, names };
    const rows = new Set<number>(); // windows of a segment share rows, each counts once
    for (const window of members) {
      const left = rowsLeft(tracks, window);
      const start = tracks[0]!.offset[window]! - tracks[0]!.offset[first]!;
      for (const row of left) rows.add(start + row);
      group.complete += left.length === time ? 1 : 0;
    }
    group.windows += members.length;
    group.deleted += Math.max(0, Math.floor((rows.size - time) / stride) + 1);
    groups.set(names.join("\n"), group);
  }
  return [...groups.values()].map(({ names: [who, name], ...counts }) => ({
    ...{ subject: who, class: name },
    ...counts,
  }));
}

/** Rows of a window in which every track is valid, from its first. */
function rowsLeft(tracks: readonly SequenceTrack[], window: number): number[] {
  if (tracks.some(({ offset }) => offset[window]! < 0)) return [];
  const rows: number[] = [];
  for (let row = 0; row < tracks[0]!.time; row++)
    if (tracks.every(({ offset, validity }) => validity[offset[window]! + row] === 1)) rows.push(row);
  return rows;
}

function tracksOf({ names, tracks }: Windows): SequenceTrack[] {
  const all = names.map((name) => tracks[name]!);
  const [first] = all;
  const sequences = all.filter((track): track is SequenceTrack => track.kind === "sequence");
  if (sequences.length === all.length && sequences.every(({ time }) => time === (first as SequenceTrack).time))
    return sequences;
  const steps = (track: Track): string => (track.kind === "sequence" ? `${track.time} steps` : "a vector");
  const found = names.map((name, m) => `${name}: ${steps(all[m]!)}`);
  throw new Error(
    `rowsLeftOf: expected modalities on the same rows, got [${found.join(", ")}]; use the alignment "sparse-rows"`,
  );
}
