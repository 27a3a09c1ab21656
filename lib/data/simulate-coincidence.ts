/** A task that two sensors solve together and neither alone, with a known place to look: what did the chest do while the hand knocked? */
import { type Random, randomFor } from "../random";
import { cutWindows } from "./cut-windows";
import type { Recording, Sequence } from "./recording";
import type { Windows } from "./windows";

export interface CoincidenceOptions {
  readonly subjects: number;
  readonly windowsPerSubject: number;
  readonly seed: number;
}

/** Where the answer of one window lies. */
export interface CoincidenceTruth {
  /** The slot in which the hand knocked, 0 to 5. */
  readonly slot: number;
  /** [slot] class id of the chest's event; the window's class is `arrangement[slot]`. */
  readonly arrangement: readonly number[];
  /** The slot's bounds from the window's beginning. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export interface Coincidence {
  readonly windows: Windows;
  /** [window] */
  readonly truth: readonly CoincidenceTruth[];
}

/** Sizes of the task. */
export const coincidence = {
  rateHz: 50,
  slots: 6,
  slotSteps: 32,
  lengthSeconds: 3.84,
  /** Frequencies (Hz) of the chest's events, a class each; each occurs twice in every window. */
  patternsHz: [4, 9, 16],
} as const;

const { rateHz, slots, slotSteps, patternsHz } = coincidence;
const steps = slots * slotSteps;
const axes = ["x", "y", "z"] as const;
/** Events lie anywhere inside their slots. */
const event = { chestSteps: 26, knockSteps: 20, knockHz: 10, swings: 3, swingHz: 2 } as const;

/**
 * The chest trembles in each of 6 slots, twice at each of 3 frequencies, in random order. The hand knocks in one slot
 * and swings slowly in three others. The class is the frequency of the chest while the hand knocks.
 *
 * With the order σ (slot → class) and the slot s of the knock drawn independently and uniformly:
 * P(σ(s) = c | σ) = 2 / 6 whatever the order, since each class fills two slots; and P(σ(s) = c | s) = 1 / 3 by
 * symmetry of the order. So chest alone and hand alone are at chance, and a mean over time loses what counts.
 *
 * Each subject has an own strength, noise, pace and mounting; a recording holds one window a segment.
 */
export function simulateCoincidence({ subjects, windowsPerSubject, seed }: CoincidenceOptions): Coincidence {
  const names = Array.from({ length: subjects }, (_, i) => `${i + 1}`);
  const truth = names.flatMap((subject) =>
    Array.from({ length: windowsPerSubject }, (_, window) => drawTruth(randomFor(seed, "truth", subject, window))),
  );
  const recordings = names.map((subject, i) =>
    recordingOf(subject, truth.slice(i * windowsPerSubject, (i + 1) * windowsPerSubject), seed),
  );
  const { lengthSeconds } = coincidence;
  return { windows: cutWindows(recordings, { lengthSeconds, strideSeconds: lengthSeconds }), truth };
}

function drawTruth(random: Random): CoincidenceTruth {
  const arrangement = Array.from(random.permutation(slots), (i) => i % patternsHz.length);
  const slot = random.integer(slots);
  const slotSeconds = slotSteps / rateHz;
  return { slot, arrangement, startSeconds: slot * slotSeconds, endSeconds: (slot + 1) * slotSeconds };
}

function recordingOf(subject: string, truth: readonly CoincidenceTruth[], seed: number): Recording {
  const person = randomFor(seed, "person", subject);
  const fit = (): Fit => ({
    strength: Math.exp(0.2 * person.normal()),
    noise: 0.1 + 0.1 * person.uniform(),
    pace: 1 + 0.02 * person.normal(),
    mounting: axes.map((_, axis) => (axis === 0 ? 1 : 0.5) + 0.15 * person.normal()),
  });
  const [hand, chest] = [fit(), fit()];
  const of = (make: (truth: CoincidenceTruth, random: Random) => Float32Array, sensor: string): Sequence =>
    sequenceOf(truth.map((t, window) => make(t, randomFor(seed, sensor, subject, window))));
  return {
    dataset: "coincidence",
    subject,
    session: `subject ${subject}`,
    space: { kind: "class", classes: patternsHz.map((hz) => `${hz} Hz`) },
    modalities: {
      hand: of((t, random) => handDuring(t, hand, random), "hand"),
      chest: of((t, random) => chestDuring(t, chest, random), "chest"),
    },
    segments: truth.map(({ slot, arrangement }, window) => ({
      startSeconds: (window * steps) / rateHz,
      endSeconds: ((window + 1) * steps) / rateHz,
      target: [arrangement[slot]!],
    })),
  };
}

/** How a sensor sits on one person, and how the person moves there. */
interface Fit {
  readonly strength: number;
  /** Deviation, m/s². */
  readonly noise: number;
  /** Factor on every frequency. */
  readonly pace: number;
  /** [axis] share of a movement that each axis sees. */
  readonly mounting: readonly number[];
}

function chestDuring({ arrangement }: CoincidenceTruth, fit: Fit, random: Random): Float32Array {
  const values = noise(fit, random);
  arrangement.forEach((pattern, slot) => addEvent(values, slot, event.chestSteps, patternsHz[pattern]!, fit, random));
  return values;
}

function handDuring({ slot }: CoincidenceTruth, fit: Fit, random: Random): Float32Array {
  const values = noise(fit, random);
  addEvent(values, slot, event.knockSteps, event.knockHz, fit, random);
  const others = random.permutation(slots).filter((other) => other !== slot);
  for (const other of others.slice(0, event.swings)) addEvent(values, other, slotSteps, event.swingHz, fit, random);
  return values;
}

/** [step, axis] */
const noise = (fit: Fit, random: Random): Float32Array =>
  Float32Array.from({ length: steps * axes.length }, () => fit.noise * random.normal());

/** Adds an oscillation of random phase under a Hann window, at a random place inside the slot. */
function addEvent(values: Float32Array, slot: number, length: number, hz: number, fit: Fit, random: Random): void {
  const first = slot * slotSteps + random.integer(slotSteps - length + 1);
  const phase = 2 * Math.PI * random.uniform();
  for (let i = 0; i < length; i++) {
    const hann = Math.sin((Math.PI * (i + 0.5)) / length) ** 2;
    const x = fit.strength * hann * Math.sin((2 * Math.PI * hz * fit.pace * i) / rateHz + phase);
    axes.forEach((_, axis) => (values[(first + i) * axes.length + axis]! += x * fit.mounting[axis]!));
  }
}

function sequenceOf(windows: readonly Float32Array[]): Sequence {
  const values = new Float32Array(windows.length * steps * axes.length);
  windows.forEach((window, w) => values.set(window, w * window.length));
  return {
    kind: "sequence",
    channels: axes.map((name) => ({ name: `acc ${name}`, unit: "m/s²" })),
    rateHz,
    seconds: Float64Array.from({ length: windows.length * steps }, (_, i) => i / rateHz),
    values,
  };
}
