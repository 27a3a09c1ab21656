/** The grid that is timed: two encoders, two fusions, four folds, on made-up data that both libraries read. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Fold } from "fusion/dist/data/fold";
import { makeFold } from "fusion/dist/data/make-fold";
import type { SequenceTrack, Windows } from "fusion/dist/data/windows";
import { randomFor } from "fusion/dist/random";

/** Three sensors of nine channels, 2.56 s at 25 Hz; four people. */
export const grid = {
  sensors: ["hand", "chest", "ankle"],
  time: 64,
  channels: 9,
  classes: 12,
  people: 4,
  windowsEach: 352,
  encoders: ["conv", "gru"],
  fusions: ["early", "hybrid"],
  dim: 32,
  hidden: 64,
  heads: 4,
  dropout: 0.2,
  epochs: 5,
  batchSize: 32,
  learningRate: 3e-3,
  minimumLearningRate: 1e-5,
  warmupSteps: 20,
  weightDecay: 1e-2,
  clipNorm: 1,
} as const;

export const windowCount = grid.people * grid.windowsEach;

const files = (folder: string) => ({
  values: join(folder, "values.f32"),
  labels: join(folder, "labels.i32"),
});

/**
 * values.f32 [sensor, window, time, channel] and labels.i32 [window]; windows of one person after the other. Class k
 * swings 1 + k / 2 times a second in one sensor, each channel with a phase of its own, in noise; the other sensors are
 * noise, so that which sensor to hear is part of the task.
 */
export function writeGridData(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const { time, channels, sensors, classes } = grid;
  const random = randomFor(1, "grid");
  const labels = Int32Array.from({ length: windowCount }, (_, w) => w % classes);
  const values = new Float32Array(sensors.length * windowCount * time * channels);
  let at = 0;
  for (let sensor = 0; sensor < sensors.length; sensor++)
    for (let window = 0; window < windowCount; window++) {
      const label = labels[window]!;
      const heard = label % sensors.length === sensor ? 1 : 0;
      const start = random.uniform();
      for (let t = 0; t < time; t++)
        for (let channel = 0; channel < channels; channel++) {
          const turns = (1 + label / 2) * (t / 25) + start + channel / channels;
          values[at++] = heard * Math.sin(2 * Math.PI * turns) + 0.5 * random.normal();
        }
    }
  writeFileSync(files(folder).values, values);
  writeFileSync(files(folder).labels, labels);
}

/** The same numbers as windows of the library. */
export function readGridWindows(folder: string): Windows {
  const { time, channels, sensors, classes } = grid;
  const bytes = readFileSync(files(folder).values);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const stored = readFileSync(files(folder).labels);
  const labels = new Int32Array(stored.buffer, stored.byteOffset, stored.length / 4);
  const size = windowCount * time * channels;
  const track = (sensor: number): SequenceTrack => ({
    ...{ kind: "sequence", rateHz: 25, time },
    channels: Array.from({ length: channels }, (_, c) => ({ name: `c${c}`, unit: "1" })),
    values: values.slice(sensor * size, (sensor + 1) * size),
    validity: new Uint8Array(windowCount * time).fill(1),
    filled: new Uint8Array(windowCount * time),
    offset: Int32Array.from({ length: windowCount }, (_, w) => w * time),
  });
  const subject = Array.from({ length: windowCount }, (_, w) => `p${Math.floor(w / grid.windowsEach)}`);
  return {
    ...{ dataset: "grid", hash: "grid", lengthSeconds: time / 25, strideSeconds: time / 25 },
    space: { kind: "class", classes: Array.from({ length: classes }, (_, k) => `class ${k}`) },
    count: windowCount,
    names: [...sensors],
    tracks: Object.fromEntries(sensors.map((name, s) => [name, track(s)])),
    subject,
    segment: Int32Array.from({ length: windowCount }, (_, w) => w),
    segments: Array.from({ length: windowCount }, (_, w) => ({
      ...{ subject: subject[w]!, session: "grid", target: [labels[w]!] },
    })),
    startSeconds: Float64Array.from({ length: windowCount }, (_, w) => w * 10),
    targets: Float32Array.from(labels),
    presence: new Uint8Array(windowCount * sensors.length).fill(1),
  };
}

/** Person `held` is asked, the others are learned from. */
export function gridFold(windows: Windows, held: number): Fold {
  const of = (own: boolean): number[] =>
    windows.subject.flatMap((subject, w) => ((subject === `p${held}`) === own ? [w] : []));
  return makeFold(
    windows,
    { split: "one person out", heldOut: `p${held}` },
    { train: of(false), test: of(true) },
  );
}

/** What a process says of each run. */
export interface GridRun {
  readonly encoder: string;
  readonly fusion: string;
  readonly fold: number;
  /** Trained numbers. */
  readonly parameters: number;
  /** Of the last epoch. */
  readonly loss: number;
  /** Of the person held out. */
  readonly accuracy: number;
  readonly seconds: number;
  /** Of the processor, all threads together: as many as `seconds` where the machine was quiet. */
  readonly processorSeconds: number;
}
