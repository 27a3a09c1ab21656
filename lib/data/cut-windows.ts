/** From recordings to windows: the one place where modalities are put beside each other. */
import { checkRecordings } from "./check-recordings";
import type { Fill } from "./fill";
import { hashOf } from "./hash";
import type { Recording, Segment } from "./recording";
import { sequenceBuilder, vectorBuilder } from "./build-track";
import type { Track, Windows } from "./windows";

export interface CutOptions {
  readonly lengthSeconds: number;
  readonly strideSeconds: number;
  /** Which modalities, in the order of the presence axis; all, as they first appear, if not given. */
  readonly names?: readonly string[];
  /** Target rate by modality; its own where not given. A window holds round(lengthSeconds · rateHz) steps. */
  readonly rateHz?: Readonly<Record<string, number>>;
  /** By modality; `none` where not given. Filled after resampling, inside a segment. */
  readonly fill?: Readonly<Record<string, Fill>>;
}

/**
 * Windows [start, start + length) of each segment, the first at its beginning; none crosses a segment's border.
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
  let number = 0;
  for (const recording of recordings)
    for (const part of recording.segments) {
      const starts = windowStarts(part, lengthSeconds, strideSeconds);
      names.forEach((name, m) => builders[m]!.add(recording.modalities[name], part, starts));
      for (const start of starts) {
        subject.push(recording.subject);
        segment.push(number);
        startSeconds.push(start);
        targets.push(...part.target);
      }
      number++;
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

function windowStarts(segment: Segment, lengthSeconds: number, strideSeconds: number): number[] {
  const room = segment.endSeconds - segment.startSeconds - lengthSeconds;
  const count = Math.max(0, Math.floor(room / strideSeconds + 1e-6) + 1); // 1e-6: clocks are decimals
  return Array.from({ length: count }, (_, i) => segment.startSeconds + i * strideSeconds);
}

function isPresent(track: Track, window: number): boolean {
  const at = track.offset[window]!;
  const width = track.kind === "sequence" ? 1 : track.features.length;
  const length = track.kind === "sequence" ? track.time : width;
  return at >= 0 && track.validity.subarray(at * width, at * width + length).includes(1);
}
