/** From recordings to windows: the one place where modalities are put beside each other. */
import { checkRecordings } from "./check-recordings";
import type { Fill } from "./fill";
import { hashOf } from "./hash";
import type { Recording } from "./recording";
import { sequenceBuilder, vectorBuilder } from "./build-track";
import { stretchesOf } from "./stretches";
import type { Track, Windows } from "./windows";

export interface CutOptions {
  readonly lengthSeconds: number;
  readonly strideSeconds: number;
  /**
   * Where given, a window's target is the commonest in its middle `labelSeconds`, and windows may reach over borders
   * between segments, and beyond the first and the last, where nothing is valid; never into another recording.
   */
  readonly labelSeconds?: number | undefined;
  /** Which modalities, in the order of the presence axis; all, as they first appear, if not given. */
  readonly names?: readonly string[];
  /** Target rate by modality; its own where not given. A window holds round(lengthSeconds · rateHz) steps. */
  readonly rateHz?: Readonly<Record<string, number>>;
  /** By modality; `none` where not given. Filled after resampling, inside a segment. */
  readonly fill?: Readonly<Record<string, Fill>>;
}

/**
 * Windows [start, start + length) of each segment, the first at its beginning; none crosses a segment's border, unless
 * `labelSeconds` says which part of it the target is of.
 *
 * A vector modality gives each window the latest row of its segment that is no later than the window's end.
 *
 * @throws if recordings disagree about channels, rates or targets, or a clock runs backwards
 */
export function cutWindows(recordings: readonly Recording[], options: CutOptions): Windows {
  const { lengthSeconds, strideSeconds } = options;
  if (!(lengthSeconds > 0 && strideSeconds > 0))
    throw new Error(
      `cutWindows: expected length and stride above 0 s, got ${lengthSeconds} and ${strideSeconds}; give both in seconds`,
    );
  const { dataset, space, kinds } = checkRecordings("cutWindows", recordings);
  const names = options.names ?? Object.keys(kinds);
  const builders = names.map((name) => {
    const kind = kinds[name];
    if (!kind)
      throw new Error(
        `cutWindows: expected modalities among [${Object.keys(kinds).join(", ")}], got ${name}; correct names`,
      );
    return kind.kind === "sequence"
      ? sequenceBuilder(kind, lengthSeconds, options.rateHz?.[name], options.fill?.[name])
      : vectorBuilder(kind.features, lengthSeconds);
  });

  const subject: string[] = [];
  const segment: number[] = [];
  const startSeconds: number[] = [];
  const targets: number[] = [];
  const segments = recordings.flatMap((r) =>
    r.segments.map((s) => ({ subject: r.subject, session: r.session, target: s.target })),
  );
  let before = 0; // segments of the recordings in front
  for (const recording of recordings) {
    for (const { span, windows } of stretchesOf(recording.segments, options)) {
      const starts = windows.map(({ start }) => start);
      names.forEach((name, m) => builders[m]!.add(recording.modalities[name], span, starts));
      for (const { start, segment: place } of windows) {
        subject.push(recording.subject);
        segment.push(before + place);
        startSeconds.push(start);
        targets.push(...recording.segments[place]!.target);
      }
    }
    before += recording.segments.length;
  }

  const count = subject.length;
  const built = builders.map((builder) => builder.finish());
  const presence = new Uint8Array(count * names.length);
  built.forEach((track, m) => {
    for (let w = 0; w < count; w++) presence[w * names.length + m] = isPresent(track, w) ? 1 : 0;
  });
  return {
    dataset,
    hash: hashOf(recordings, names, options),
    lengthSeconds,
    strideSeconds,
    space,
    count,
    names,
    tracks: Object.fromEntries(names.map((name, m) => [name, built[m]!])),
    subject,
    segment: Int32Array.from(segment),
    segments,
    startSeconds: Float64Array.from(startSeconds),
    targets: Float32Array.from(targets),
    presence,
  };
}

function isPresent(track: Track, window: number): boolean {
  const at = track.offset[window]!;
  const width = track.kind === "sequence" ? 1 : track.features.length;
  const length = track.kind === "sequence" ? track.time : width;
  return at >= 0 && track.validity.subarray(at * width, at * width + length).includes(1);
}
