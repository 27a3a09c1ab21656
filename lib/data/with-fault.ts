/** Windows as a failing sensor would have recorded them: the same people, the same moments. */
import { randomFor } from "../random";
import type { Fault, FaultKind } from "./fault";
import type { ChannelScale, Scaler } from "./scaler";
import type { SequenceTrack, Windows } from "./windows";

/**
 * Samples that windows share are broken alike in all of them. Validity and presence stay as they were, except under
 * "loss": a silent fault is one that nobody is told of. The hash stays, too: it names the recordings, not the fault.
 *
 * @param asked which windows; the others are not to be used afterwards
 * @param scaler of training, whose deviations are the unit of noise and drift
 * @param seed of the noise, the blocks' places and the drift's direction; each sensor and segment has its own stream
 * @throws where the sensor is a vector, which has no time to fail in
 */
export function withFault(
  windows: Windows,
  asked: Int32Array,
  fault: Fault,
  { scaler, seed }: { readonly scaler: Scaler; readonly seed: number },
): Windows {
  const { sensor } = fault;
  const track = windows.tracks[sensor];
  if (track?.kind !== "sequence")
    throw new Error(
      `withFault: expected a sequence among [${windows.names.join(", ")}], got ${sensor}; name one`,
    );
  const [values, validity, filled] = [track.values.slice(), track.validity.slice(), track.filled.slice()];
  const broken: SequenceTrack = { ...track, values, validity, filled, offset: track.offset.slice() };
  const stretches = stretchesOf(windows, track, asked);
  const place: Place = { track: broken, stretches, asked, scale: scaler[sensor]!, seed, fault };
  faults[fault.kind](place);
  return { ...windows, tracks: { ...windows.tracks, [sensor]: broken } };
}

/** The samples of the asked windows of one segment. */
interface Stretch {
  readonly segment: number;
  readonly subject: string;
  readonly from: number;
  /** One past the last. */
  readonly to: number;
  readonly windows: readonly number[];
}

interface Place {
  /** Its arrays are copies, to be changed in place. */
  readonly track: SequenceTrack;
  readonly stretches: readonly Stretch[];
  readonly asked: Int32Array;
  readonly scale: ChannelScale;
  readonly seed: number;
  readonly fault: Fault;
}

function stretchesOf(windows: Windows, track: SequenceTrack, asked: Int32Array): Stretch[] {
  const groups = new Map<number, number[]>();
  for (const w of asked) {
    if (track.offset[w]! < 0) continue; // the recording lacks the sensor
    const segment = windows.segment[w]!;
    const group = groups.get(segment);
    if (group) group.push(w);
    else groups.set(segment, [w]);
  }
  return [...groups].map(([segment, own]) => {
    const offsets = own.map((w) => track.offset[w]!);
    const from = offsets.reduce((a, b) => Math.min(a, b));
    const to = offsets.reduce((a, b) => Math.max(a, b)) + track.time;
    return { segment, subject: windows.subject[own[0]!]!, from, to, windows: own };
  });
}

const faults: Readonly<Record<FaultKind, (place: Place) => void>> = {
  loss(place) {
    const { track } = place;
    const width = track.channels.length;
    forEachSample(place, (i) => {
      track.values.fill(NaN, i * width, (i + 1) * width);
      track.validity[i] = track.filled[i] = 0;
    });
  },
  stuck(place) {
    const { track } = place;
    const width = track.channels.length;
    for (const stretch of place.stretches) {
      const isFrozen = blocksOf(place, stretch);
      let held: number | undefined;
      for (let i = stretch.from; i < stretch.to; i++) {
        if (!(track.validity[i] || track.filled[i])) continue; // what does not arrive cannot mislead
        if (held === undefined || !isFrozen(i)) held = i;
        else track.values.copyWithin(i * width, held * width, (held + 1) * width);
      }
    }
  },
  noise: (place) =>
    forEachValue(place, ({ segment }) => {
      const random = randomFor(place.seed, "noise", place.fault.sensor, segment);
      return (x, channel) => x + place.fault.amount * place.scale.deviation[channel]! * random.normal();
    }),
  gain: (place) => forEachValue(place, () => (x) => x * place.fault.amount),
  drift(place) {
    const { fault, seed, scale, stretches } = place;
    forEachValue(place, ({ subject }) => {
      const own = stretches.filter((stretch) => stretch.subject === subject);
      const first = own.reduce((a, { from }) => Math.min(a, from), Infinity);
      const last = own.reduce((a, { to }) => Math.max(a, to), -Infinity) - 1;
      const random = randomFor(seed, "drift", fault.sensor, subject);
      const direction = scale.deviation.map(() => (random.integer(2) === 1 ? 1 : -1));
      return (x, channel, i) =>
        x + (fault.amount * scale.deviation[channel]! * direction[channel]! * (i - first)) / (last - first);
    });
  },
  /** A segment's first windows are delayed by less, so that none shows another activity. */
  delay({ track, stretches, fault }) {
    const steps = Math.round(fault.amount * track.rateHz);
    for (const { from, windows } of stretches)
      for (const w of windows) track.offset[w] = Math.max(from, track.offset[w]! - steps);
  },
  zero: (place) => forEachValue(place, () => () => 0),
};

/** Every value of the asked windows; one that was not measured stays NaN under all of these but "zero". */
function forEachValue(
  { track, stretches }: Place,
  changeOf: (stretch: Stretch) => (x: number, channel: number, sample: number) => number,
): void {
  const width = track.channels.length;
  for (const stretch of stretches) {
    const change = changeOf(stretch);
    for (let i = stretch.from; i < stretch.to; i++)
      for (let c = 0; c < width; c++)
        track.values[i * width + c] = change(track.values[i * width + c]!, c, i);
  }
}

/** Every sample in a block. */
function forEachSample(place: Place, change: (sample: number) => void): void {
  for (const stretch of place.stretches) {
    const isHit = blocksOf(place, stretch);
    for (let i = stretch.from; i < stretch.to; i++) if (isHit(i)) change(i);
  }
}

/**
 * Blocks that come back after as many samples as a window has, so that every window is hit by exactly the share, in
 * one block or, where the window begins inside it, in two ends of it.
 */
function blocksOf({ track, fault, seed }: Place, { from, segment }: Stretch): (sample: number) => boolean {
  const length = Math.round(fault.amount * track.time);
  const phase = randomFor(seed, "block", fault.sensor, segment).integer(track.time);
  return (sample) => (sample - from + phase) % track.time < length;
}
