/** UTD-MHAD: one action a trial, seen by an inertial sensor and a depth camera without a common clock. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type MatArray, readMat5 } from "./mat5";
import type { Recording, Sequence } from "./recording";
import {
  inertialChannels,
  inertialRateHz,
  skeletonChannels,
  skeletonRateHz,
  utdActions,
} from "./utd-mhad-layout";

export interface UtdMhadOptions {
  /** "1" to "8"; all that are there unless told. */
  readonly subjects?: readonly string[];
}

const remedy = "the file is torn or another: get it again from its page, see data/README.md";

/**
 * One recording for each trial, by subject, action, trial: modalities `inertial` and `skeleton`, each from 0 s on its
 * own clock at its nominal rate. The trial is one segment, as long as the longer of the two.
 *
 * @param folder with `Inertial` and `Skeleton`
 * @throws naming the folder, or the file and its array, and what to do
 */
export async function readUtdMhad(folder: string, options: UtdMhadOptions = {}): Promise<Recording[]> {
  const trials = chosen(findTrials(folder), options.subjects, folder);
  return trials.map(readTrial);
}

interface Trial {
  readonly action: number;
  readonly subject: string;
  readonly session: string;
  readonly inertial: string | undefined;
  readonly skeleton: string | undefined;
}

function findTrials(folder: string): Trial[] {
  const parts = { inertial: "Inertial", skeleton: "Skeleton" };
  const found = new Map<string, Trial & { trial: number }>();
  for (const [modality, place] of Object.entries(parts)) {
    const from = join(folder, place);
    for (const name of existsSync(from) ? readdirSync(from) : []) {
      const [, session, action, subject, trial] =
        new RegExp(`^(a(\\d+)_s(\\d+)_t(\\d+))_${modality}\\.mat$`).exec(name) ?? [];
      if (!session) continue;
      if (!(Number(action) >= 1 && Number(action) <= utdActions.length))
        throw new Error(
          `readUtdMhad: ${name}: expected an action from 1 to ${utdActions.length}, got ${action}; remove the file or correct its name`,
        );
      const known = found.get(session) ?? {
        ...{ action: Number(action), subject: subject!, trial: Number(trial), session },
        ...{ inertial: undefined, skeleton: undefined },
      };
      found.set(session, { ...known, [modality]: join(from, name) });
    }
  }
  if (found.size === 0)
    throw new Error(
      `readUtdMhad: expected aA_sS_tT_inertial.mat and _skeleton.mat in Inertial and Skeleton of ${folder}, got none; see data/README.md`,
    );
  return [...found.values()].sort(
    (a, b) => a.subject.localeCompare(b.subject) || a.action - b.action || a.trial - b.trial,
  );
}

function chosen(trials: readonly Trial[], subjects: readonly string[] | undefined, folder: string): Trial[] {
  const there = [...new Set(trials.map(({ subject }) => subject))];
  const missing = (subjects ?? []).filter((subject) => !there.includes(subject));
  if (missing.length > 0)
    throw new Error(
      `readUtdMhad: ${folder}: expected subject ${missing.join(", ")}, got ${there.join(", ")}; ask for those or add the files`,
    );
  return trials.filter(({ subject }) => subjects?.includes(subject) ?? true);
}

function readTrial({ action, subject, session, inertial, skeleton }: Trial): Recording {
  const modalities: Record<string, Sequence> = {};
  const add = (name: string, sequence: Sequence): void => {
    if (sequence.values.some((value) => !Number.isNaN(value))) modalities[name] = sequence;
  };
  if (inertial) add("inertial", inertialSequence(inertial));
  if (skeleton) add("skeleton", skeletonSequence(skeleton));
  const ends = Object.values(modalities).map(({ seconds, rateHz }) => seconds.length / rateHz);
  return {
    dataset: "utd-mhad",
    subject,
    session,
    space: { kind: "class", classes: utdActions },
    modalities,
    segments: [{ startSeconds: 0, endSeconds: Math.max(1 / inertialRateHz, ...ends), target: [action - 1] }],
  };
}

/** `d_iner` [sample, channel] */
function inertialSequence(path: string): Sequence {
  const { shape, values } = arrayOf(path, "d_iner", [null, inertialChannels.length]);
  const [samples, width] = shape as [number, number];
  return sequence(samples, width, inertialRateHz, inertialChannels, (s, c) => values[c * samples + s]!);
}

/** `d_skel` [joint, axis, frame] */
function skeletonSequence(path: string): Sequence {
  const { shape, values } = arrayOf(path, "d_skel", [20, 3, null]);
  const frames = shape[2] ?? 1; // MATLAB drops a last axis of one
  const at = (frame: number, channel: number): number =>
    values[frame * 60 + (channel % 3) * 20 + Math.floor(channel / 3)]!;
  return sequence(frames, skeletonChannels.length, skeletonRateHz, skeletonChannels, at);
}

function arrayOf(path: string, name: string, axes: readonly (number | null)[]): MatArray {
  const who = `readUtdMhad: ${path.split(/[\\/]/).at(-1)}`;
  const arrays = readMat5(readFileSync(path), who, remedy);
  const array = arrays[name];
  const wanted = `${name} [${axes.map((size) => size ?? "time").join(", ")}]`;
  const fits = array && axes.every((size, i) => size === null || array.shape[i] === size) && array.shape.length <= axes.length;
  if (fits && array.values.length > 0) return array;
  const got = Object.entries(arrays).map(([key, { shape }]) => `${key} [${shape.join(", ")}]`);
  throw new Error(`${who}: expected ${wanted}, got ${got.join(" and ") || "no array of numbers"}; ${remedy}`);
}

function sequence(
  samples: number,
  width: number,
  rateHz: number,
  channels: Sequence["channels"],
  at: (sample: number, channel: number) => number,
): Sequence {
  return {
    kind: "sequence",
    channels,
    rateHz,
    seconds: Float64Array.from({ length: samples }, (_, i) => i / rateHz),
    values: Float32Array.from({ length: samples * width }, (_, i) => at(Math.floor(i / width), i % width)),
  };
}
