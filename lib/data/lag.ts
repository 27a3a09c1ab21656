/** By how much is one sensor's clock late against another's? Their loudness tells, where both feel the same movements. */
import { gridSegment } from "./grid";
import type { Recording, Segment } from "./recording";

export interface Lag {
  /** Above 0: the second is late. */
  readonly seconds: number;
  /** At that lag; -1 to 1. */
  readonly correlation: number;
}

/**
 * The lag at which Pearson's correlation of a(t) and b(t + lag) over the pairs that both have is largest; of equals the
 * one nearest 0. undefined where no lag has half of the samples in pairs.
 *
 * @param a [sample] on one grid with b; NaN where missing
 */
export function lagBetween(
  a: Float32Array,
  b: Float32Array,
  rateHz: number,
  mostSeconds: number,
): Lag | undefined {
  const most = Math.round(mostSeconds * rateHz);
  let best: Lag | undefined;
  for (let step = 0; step <= 2 * most; step++) {
    const lag = step % 2 ? -(step + 1) / 2 : step / 2; // 0, -1, 1, -2, ...
    const correlation = correlationAt(a, b, lag);
    if (correlation !== undefined && !(best && correlation <= best.correlation))
      best = { seconds: lag / rateHz, correlation };
  }
  return best;
}

function correlationAt(a: Float32Array, b: Float32Array, lag: number): number | undefined {
  let [n, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let i = Math.max(0, -lag); i < Math.min(a.length, b.length - lag); i++) {
    const [p, q] = [a[i]!, b[i + lag]!];
    if (Number.isNaN(p) || Number.isNaN(q)) continue;
    [n, x, y, xx, yy, xy] = [n + 1, x + p, y + q, xx + p * p, yy + q * q, xy + p * q];
  }
  const spread = (xx - (x * x) / n) * (yy - (y * y) / n);
  return 2 * n >= a.length && spread > 0 ? (xy - (x * y) / n) / Math.sqrt(spread) : undefined;
}

/**
 * [sample]: √ Σ xᵢ² over these channels of a segment, which no turn of the sensor changes; NaN where one is missing.
 *
 * @param channels the three of an accelerometer
 */
export function loudness(
  recording: Recording,
  modality: string,
  segment: Segment,
  rateHz: number,
  channels: readonly number[] = [0, 1, 2],
): Float32Array {
  const sequence = recording.modalities[modality];
  if (sequence?.kind !== "sequence")
    throw new Error(
      `loudness: expected a sequence among [${Object.keys(recording.modalities).join(", ")}], got ${modality}; name a sensor that samples over time`,
    );
  const slots = Math.floor((segment.endSeconds - segment.startSeconds) * rateHz);
  const grid = gridSegment(sequence, segment, rateHz, slots);
  const width = sequence.channels.length;
  return Float32Array.from({ length: slots }, (_, i) =>
    Math.hypot(...channels.map((channel) => grid[i * width + channel]!)),
  );
}

export interface LagRow extends Lag {
  readonly subject: string;
  readonly class: string;
  readonly first: string;
  readonly second: string;
}

/** The lag of each pair of sensors in each segment that is ten times as long as the largest lag asked for. */
export function lagRows(
  recordings: readonly Recording[],
  sensors: readonly string[],
  { rateHz, mostSeconds }: { readonly rateHz: number; readonly mostSeconds: number },
): LagRow[] {
  const pairs = sensors.flatMap((first, i) => sensors.slice(i + 1).map((second) => ({ first, second })));
  return recordings.flatMap((recording) =>
    recording.segments
      .filter(({ startSeconds, endSeconds }) => endSeconds - startSeconds >= 10 * mostSeconds)
      .flatMap((segment) => {
        const heard = sensors.filter((name) => recording.modalities[name]);
        const series = new Map(heard.map((name) => [name, loudness(recording, name, segment, rateHz)]));
        const { space, subject } = recording;
        const label = space.kind === "class" ? space.classes[segment.target[0]!]! : space.kind;
        return pairs.flatMap(({ first, second }) => {
          const [a, b] = [series.get(first), series.get(second)];
          const lag = a && b && lagBetween(a, b, rateHz, mostSeconds);
          return lag ? [{ subject, class: label, first, second, ...lag }] : [];
        });
      }),
  );
}

/** The recording with one sensor's clock set back: it shows what was `seconds` earlier. */
export function delayed(recording: Recording, modality: string, seconds: number): Recording {
  const late = recording.modalities[modality];
  if (!late)
    throw new Error(
      `delayed: expected one of [${Object.keys(recording.modalities).join(", ")}], got ${modality}; name a sensor that was worn`,
    );
  const shifted = { ...late, seconds: late.seconds.map((time) => time + seconds) };
  return { ...recording, modalities: { ...recording.modalities, [modality]: shifted } };
}
