/** Sensors that share one cause and keep another to themselves: what transfer can give the poor one is known beforehand. */
import { type Random, randomFor } from "../random";
import { cutWindows } from "./cut-windows";
import type { Recording, Sequence } from "./recording";
import type { Windows } from "./windows";

export interface SharedPrivateOptions {
  readonly subjects: number;
  readonly windowsPerSubject: number;
  readonly seed: number;
}

/** What made one window. */
export interface SharedPrivateTruth {
  /** Which of the shared movements, 0 to 2: every sensor sees it, each as loudly as it can. */
  readonly shared: number;
  /** Which of the private movements, 0 or 1: `rich` alone sees it. */
  readonly private: number;
}

export interface SharedPrivate {
  readonly windows: Windows;
  /** [window] */
  readonly truth: readonly SharedPrivateTruth[];
}

/** Sizes of the task. The window's class is `2 · shared + private`: six classes. */
export const sharedPrivate = {
  rateHz: 25,
  steps: 64,
  lengthSeconds: 2.56,
  sharedHz: [1.8, 2.7, 3.9],
  privateHz: [6.5, 9],
  /** Share of windows that a perfect judge of one sensor gets right: nothing in `poor` or `second` depends on the private movement. */
  ceiling: { rich: 1, second: 1 / 2, poor: 1 / 2 },
  /** Loudness of the shared movement beside noise of deviation 1. */
  loudness: { rich: 1.6, second: 1.2, poor: 0.9 },
} as const;

export type SharedPrivateSensor = keyof typeof sharedPrivate.loudness;
export const sharedPrivateSensors = Object.keys(sharedPrivate.loudness) as SharedPrivateSensor[];

const { rateHz, steps, sharedHz, privateHz, loudness } = sharedPrivate;
const axes = ["x", "y", "z"] as const;
/** Of `rich`'s private movement, and of the wobble of random pace that each sensor has for itself. */
const [privateLoudness, wobbleLoudness] = [1.2, 0.5];

/**
 * A body moves at one of 3 paces, with a phase and a strength of the moment: the shared part, the same in every sensor's
 * window but for its loudness and mounting. `rich` also trembles at one of 2 paces. Each sensor adds a wobble of random pace,
 * phase and direction that no other sees, and noise. Shared and private movement are drawn independently and uniformly, so
 * that P(class | poor) ≤ ½ whatever the poor sensor says.
 *
 * Each person has an own mounting, gain and pace of each sensor; a recording holds one window a segment.
 */
export function simulateSharedPrivate(options: SharedPrivateOptions): SharedPrivate {
  const { subjects, windowsPerSubject, seed } = options;
  const names = Array.from({ length: subjects }, (_, i) => `${i + 1}`);
  const truth = names.map((subject) =>
    Array.from({ length: windowsPerSubject }, (_, window): SharedPrivateTruth => {
      const random = randomFor(seed, "truth", subject, window);
      return { shared: random.integer(sharedHz.length), private: random.integer(privateHz.length) };
    }),
  );
  const recordings = names.map((subject, i) => recordingOf(subject, truth[i]!, seed));
  const { lengthSeconds } = sharedPrivate;
  return { windows: cutWindows(recordings, { lengthSeconds, strideSeconds: lengthSeconds }), truth: truth.flat() };
}

function recordingOf(subject: string, truth: readonly SharedPrivateTruth[], seed: number): Recording {
  const track = (sensor: SharedPrivateSensor): Sequence => {
    const fit = fitOf(randomFor(seed, "person", subject, sensor));
    const values = new Float32Array(truth.length * steps * axes.length);
    truth.forEach((one, window) => {
      const body = bodyOf(one, randomFor(seed, "body", subject, window));
      const part = values.subarray(window * steps * axes.length, (window + 1) * steps * axes.length);
      measure(part, sensor, body, fit, randomFor(seed, sensor, subject, window));
    });
    return {
      kind: "sequence",
      channels: axes.map((name) => ({ name: `acc ${name}`, unit: "m/s²" })),
      rateHz,
      seconds: Float64Array.from({ length: truth.length * steps }, (_, i) => i / rateHz),
      values,
    };
  };
  return {
    dataset: "shared-private",
    subject,
    session: `subject ${subject}`,
    space: {
      kind: "class",
      classes: sharedHz.flatMap((hz) => privateHz.map((other) => `${hz} Hz, ${other} Hz`)),
    },
    modalities: Object.fromEntries(sharedPrivateSensors.map((sensor) => [sensor, track(sensor)])),
    segments: truth.map((one, window) => ({
      startSeconds: (window * steps) / rateHz,
      endSeconds: ((window + 1) * steps) / rateHz,
      target: [one.shared * privateHz.length + one.private],
    })),
  };
}

/** How a sensor sits on one person. */
interface Fit {
  readonly gain: number;
  /** Factor on every frequency. */
  readonly pace: number;
  /** [axis] share that each axis sees of the shared movement, and of the private one. */
  readonly shared: readonly number[];
  readonly private: readonly number[];
}

const fitOf = (person: Random): Fit => ({
  gain: Math.exp(0.2 * person.normal()),
  pace: 1 + 0.03 * person.normal(),
  shared: axes.map((_, axis) => (axis === 0 ? 1 : 0.4) + 0.2 * person.normal()),
  private: axes.map((_, axis) => (axis === 2 ? 1 : 0.4) + 0.2 * person.normal()),
});

interface Wave {
  readonly hz: number;
  readonly phase: number;
  readonly strength: number;
}

/** The same for all sensors. */
interface Body {
  readonly shared: Wave;
  readonly private: Wave;
}

function bodyOf(truth: SharedPrivateTruth, random: Random): Body {
  const wave = (hz: number): Wave => ({
    hz: hz * (1 + 0.05 * random.normal()),
    phase: 2 * Math.PI * random.uniform(),
    strength: Math.exp(0.25 * random.normal()),
  });
  return { shared: wave(sharedHz[truth.shared]!), private: wave(privateHz[truth.private]!) };
}

/** @param values [step, axis], filled here */
function measure(values: Float32Array, sensor: SharedPrivateSensor, body: Body, fit: Fit, random: Random): void {
  const wobble: Wave = { hz: 0.5 + 4.5 * random.uniform(), phase: 2 * Math.PI * random.uniform(), strength: 1 };
  const direction = axes.map(() => random.normal() / Math.sqrt(axes.length));
  const at = ({ hz, phase, strength }: Wave, step: number): number =>
    strength * Math.sin((2 * Math.PI * hz * fit.pace * step) / rateHz + phase);
  for (let step = 0; step < steps; step++) {
    const shared = loudness[sensor] * at(body.shared, step);
    const own = sensor === "rich" ? privateLoudness * at(body.private, step) : 0;
    const nuisance = wobbleLoudness * at(wobble, step);
    axes.forEach((_, axis) => {
      const seen = shared * fit.shared[axis]! + own * fit.private[axis]! + nuisance * direction[axis]!;
      values[step * axes.length + axis] = fit.gain * seen + random.normal();
    });
  }
}
