/** A training problem of seconds: three classes that one modality tells apart and the other does not. */
import { createHash } from "node:crypto";
import * as tf from "@tensorflow/tfjs";
import { cutWindows } from "fusion/dist/data/cut-windows";
import type { Fold } from "fusion/dist/data/fold";
import { makeFold } from "fusion/dist/data/make-fold";
import type { Recording, Sequence } from "fusion/dist/data/recording";
import type { Windows } from "fusion/dist/data/windows";
import { convEncoder } from "fusion/dist/encoders/conv";
import { earlyFusion } from "fusion/dist/fusion/early";
import { randomFor } from "fusion/dist/random";
import type { TrainingOptions } from "fusion/dist/train/options";

const classes = ["slow", "middle", "fast"];
const secondsEach = 24;

/** Class c of "arm" swings 1 + 2c times a second; "room" is noise. Both at 16 Hz, four people. */
export function problemWindows(subjects = ["s1", "s2", "s3", "s4"], strideSeconds = 1): Windows {
  return cutWindows(subjects.map(recordingOf), { lengthSeconds: 1, strideSeconds });
}

function recordingOf(subject: string): Recording {
  const random = randomFor(7, subject);
  const rateHz = 16;
  const samples = classes.length * secondsEach * rateHz;
  const sequence = (values: readonly number[], channels: number): Sequence => ({
    kind: "sequence",
    channels: Array.from({ length: channels }, (_, i) => ({ name: `c${i}`, unit: "1" })),
    rateHz,
    seconds: Float64Array.from({ length: samples }, (_, i) => i / rateHz),
    values: Float32Array.from(values),
  });
  const arm = Array.from({ length: samples }, (_, i) => {
    const turns = 1 + 2 * Math.floor(i / (secondsEach * rateHz));
    const phase = (2 * Math.PI * turns * i) / rateHz;
    return [Math.sin(phase) + 0.3 * random.normal(), Math.cos(phase) + 0.3 * random.normal()];
  });
  const room = Array.from({ length: samples }, () => random.normal());
  return {
    dataset: "problem",
    subject,
    session: `${subject}.dat`,
    space: { kind: "class", classes },
    modalities: { arm: sequence(arm.flat(), 2), room: sequence(room, 1) },
    segments: classes.map((_, id) => ({
      startSeconds: id * secondsEach,
      endSeconds: (id + 1) * secondsEach,
      target: [id],
    })),
  };
}

/** s1 and s2 are learned from, s3 stops, s4 is asked. */
export function problemFold(windows: Windows): Fold {
  const of = (...subjects: string[]) =>
    windows.subject.flatMap((subject, window) => (subjects.includes(subject) ? [window] : []));
  const parts = { train: of("s1", "s2"), stop: of("s3"), test: of("s4") };
  return makeFold(windows, { split: "fixed subjects", heldOut: "s4" }, parts);
}

/** 6 steps an epoch, and everything random switched on. */
export const problemOptions: TrainingOptions = {
  epochs: 4,
  batchSize: 24,
  learningRate: 1e-2,
  minimumLearningRate: 1e-4,
  warmupSteps: 3,
  weightDecay: 1e-2,
  clipNorm: 1,
  labelSmoothing: 0.05,
  classWeights: "balanced",
  patience: null,
  modalityDropout: 0.1,
  jitter: 0.1,
  noise: 0.05,
};

export function problemModel(seed = 1): tf.LayersModel {
  const modalities = [
    { name: "arm", time: 16, channels: 2 },
    { name: "room", time: 16, channels: 1 },
  ];
  const sizes = { classes: classes.length, dim: 4, hidden: 8, dropout: 0.2 };
  return earlyFusion({ modalities, encoder: convEncoder, seed, ...sizes });
}

/** SHA-256 of all weights' bytes. */
export function weightsHash(model: tf.LayersModel): string {
  const hash = createHash("sha256");
  for (const weight of model.getWeights())
    hash.update(new Uint8Array(weight.dataSync<"float32">().slice().buffer));
  return hash.digest("hex");
}
