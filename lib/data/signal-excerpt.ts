/** A few seconds of a signal during each activity, as rows to draw. */
import type { Recording } from "./recording";
import { firstAt } from "./grid";

export interface ExcerptOptions {
  /** Names of classes. */
  readonly activities: readonly string[];
  /** Sequence modalities. */
  readonly sensors: readonly string[];
  /** Channels that begin so; the beginning is cut off the name: "acc16_" shows x, y, z. */
  readonly channels: string;
  readonly lengthSeconds: number;
}

export interface ExcerptRow {
  readonly activity: string;
  readonly sensor: string;
  readonly channel: string;
  /** From the beginning of the excerpt. */
  readonly seconds: number;
  /** NaN where nothing was measured. */
  readonly value: number;
}

/** The middle of the first segment of each activity. */
export function signalExcerpt(recording: Recording, options: ExcerptOptions): ExcerptRow[] {
  const { space, segments, subject } = recording;
  if (space.kind !== "class") throw new Error(`signalExcerpt: ${subject}: expected classes, got ${space.kind}; choose another data set`);
  return options.activities.flatMap((activity) => {
    const segment = segments.find(({ target }) => space.classes[target[0]!] === activity);
    if (!segment) throw new Error(`signalExcerpt: ${subject}: expected a segment of ${activity}, got none; choose another subject or activity`);
    const middle = (segment.startSeconds + segment.endSeconds) / 2;
    const [start, end] = [middle - options.lengthSeconds / 2, middle + options.lengthSeconds / 2];
    return options.sensors.flatMap((sensor) => {
      const sequence = recording.modalities[sensor];
      if (sequence?.kind !== "sequence") throw new Error(`signalExcerpt: ${subject}: expected the sequence ${sensor}, got [${Object.keys(recording.modalities).join(", ")}]; choose one of them`);
      const width = sequence.channels.length;
      const chosen = sequence.channels.flatMap(({ name }, i) => (name.startsWith(options.channels) ? [{ channel: name.slice(options.channels.length), i }] : []));
      const rows: ExcerptRow[] = [];
      for (let at = firstAt(sequence.seconds, start); at < firstAt(sequence.seconds, end); at++)
        for (const { channel, i } of chosen)
          rows.push({ activity, sensor, channel, seconds: sequence.seconds[at]! - start, value: sequence.values[at * width + i]! });
      return rows;
    });
  });
}
