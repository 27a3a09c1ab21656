/** EAV: EEG and voice of people who speak with an emotion, five of them; video is left aside. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { butterworthBandPass, filterCausally } from "./butterworth";
import { decimate } from "./decimate";
import {
  audioRateHz,
  eavEmotions,
  eegChannels,
  eegRateHz,
  labelRows,
  mfccChannels,
  mfccRateHz,
  parseTrialName,
} from "./eav-layout";
import { type MatArray, readMat5 } from "./mat5";
import { mfcc } from "./mfcc";
import type { Recording, Sequence } from "./recording";
import { resample } from "./resample";
import { readWav } from "./wav";

export interface EavOptions {
  /** "1" to "42"; all that are there unless told. */
  readonly subjects?: readonly string[];
  /** Of the recordings: "eav-simulated" where the files were made. */
  readonly dataset?: string;
}

const [matRemedy, dataRemedy] = ["get the file again from its page", "get the data set again from its page"];
/** As in the data set's own code: after the change of rate, over all trials one after the other. */
const filter = { order: 5, edgesHz: [0.5, 45] as const, rateHz: 100 };

/**
 * One recording for each subject. Its segments are the trials in which the subject speaks, in their order; trial i of
 * the EEG's last axis begins at i · (its length). Modality `eeg` at 100 Hz: decimated, then band-passed causally, so that
 * a trial's first moments carry the end of the trial before it, in which the subject listened and which is nobody's
 * segment. Modality `audio`: 13 MFCC at 100 Hz.
 *
 * A voice belongs to the trial whose number its file name bears, and only if the emotion agrees with the trial's label:
 * the place in a list of files says nothing, since sorting or a missing file moves it. A trial without a voice keeps its EEG.
 *
 * @param folder with `subject1`, `subject2`, ... (or `subject01`), each with `EEG` and `Audio`
 * @throws naming the file and what it should hold
 */
export async function readEav(folder: string, options: EavOptions = {}): Promise<Recording[]> {
  return subjectFolders(folder, options.subjects).map(({ subject, path }) =>
    readSubject(subject, path, options.dataset ?? "eav"),
  );
}

function subjectFolders(folder: string, wanted?: readonly string[]): { subject: string; path: string }[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const found = names
    .flatMap((name) => {
      const [, number] = /^subject0*(\d+)$/i.exec(name) ?? [];
      return number ? [{ subject: number, path: join(folder, name) }] : [];
    })
    .sort((a, b) => Number(a.subject) - Number(b.subject));
  const missing = (wanted ?? []).filter((one) => !found.some(({ subject }) => subject === one));
  if (found.length === 0 || missing.length > 0)
    throw new Error(
      `readEav: ${folder}: expected ${missing.length > 0 ? missing.map((s) => `subject${s}`).join(", ") : "folders subject1, subject2, ..."}, got [${found.map(({ subject }) => `subject${subject}`).join(", ")}]; ${dataRemedy}`,
    );
  return found.filter(({ subject }) => !wanted || wanted.includes(subject));
}

function readSubject(subject: string, path: string, dataset: string): Recording {
  const who = `readEav: subject ${subject}`;
  const signal = readArray(path, "_eeg.mat", ["seg", "seg1"], who);
  const [samples = 0, channels = 0, trials = 0] = signal.shape;
  if (signal.shape.length !== 3 || channels !== eegChannels.length || samples % (eegRateHz / filter.rateHz) !== 0)
    throw new Error(
      `${who}: expected EEG [sample, ${eegChannels.length} channels, trial] at ${eegRateHz} Hz, got [${signal.shape.join(", ")}]; ${matRemedy}`,
    );
  const label = readArray(path, "_eeg_label.mat", ["label"], who);
  const rows = labelsOf(label, trials, who);
  const speaking = rows.flatMap((row, trial) => (row % 2 === 1 ? [trial] : []));
  const seconds = samples / eegRateHz;
  return {
    dataset,
    subject,
    session: `subject ${subject}`,
    space: { kind: "class", classes: [...eavEmotions] },
    modalities: {
      eeg: eegOf(signal, speaking),
      audio: audioOf(join(path, "Audio"), rows, seconds, who),
    },
    segments: speaking.map((trial) => ({
      startSeconds: trial * seconds,
      endSeconds: (trial + 1) * seconds,
      target: [Math.floor(rows[trial]! / 2)],
    })),
  };
}

/** The first array of these names in the one file of `EEG` that ends so. */
function readArray(path: string, ending: string, names: readonly string[], who: string): MatArray {
  const folder = join(path, "EEG");
  const files = (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.endsWith(ending));
  if (files.length !== 1)
    throw new Error(`${who}: expected one file *${ending} in EEG, got [${files.join(", ")}]; ${dataRemedy}`);
  const arrays = readMat5(readFileSync(join(folder, files[0]!)), `${who}: ${files[0]}`, matRemedy);
  const found = names.map((name) => arrays[name]).find((array) => array !== undefined);
  if (!found)
    throw new Error(
      `${who}: ${files[0]}: expected an array ${names.join(" or ")}, got [${Object.keys(arrays).join(", ")}]; ${matRemedy}`,
    );
  return found;
}

/** [trial]: the row of the one 1 in each column. */
function labelsOf({ shape, values }: MatArray, trials: number, who: string): number[] {
  if (shape.length !== 2 || shape[0] !== labelRows || shape[1] !== trials)
    throw new Error(
      `${who}: expected labels [${labelRows} rows, ${trials} trials], got [${shape.join(", ")}]; ${matRemedy}`,
    );
  return Array.from({ length: trials }, (_, trial) => {
    const column = Array.from(values.subarray(trial * labelRows, (trial + 1) * labelRows));
    const ones = column.flatMap((value, row) => (value === 1 ? [row] : []));
    if (ones.length !== 1 || column.some((value) => value !== 0 && value !== 1))
      throw new Error(
        `${who}: expected a single 1 among zeros in the label of trial ${trial + 1}, got [${column.join(", ")}]; ${matRemedy}`,
      );
    return ones[0]!;
  });
}

function eegOf({ shape, values }: MatArray, speaking: readonly number[]): Sequence {
  const [samples, channels, trials] = shape as [number, number, number];
  const steps = samples / (eegRateHz / filter.rateHz);
  const sections = butterworthBandPass(filter.order, filter.edgesHz, filter.rateHz);
  const result = new Float32Array(speaking.length * steps * channels);
  const row = new Float64Array(samples * trials);
  for (let channel = 0; channel < channels; channel++) {
    for (let trial = 0; trial < trials; trial++) {
      const from = (trial * channels + channel) * samples;
      row.set(values.subarray(from, from + samples), trial * samples);
    }
    const clean = filterCausally(sections, decimate(row, eegRateHz / filter.rateHz));
    speaking.forEach((trial, i) => {
      for (let k = 0; k < steps; k++)
        result[(i * steps + k) * channels + channel] = clean[trial * steps + k]!;
    });
  }
  return {
    kind: "sequence",
    channels: eegChannels,
    rateHz: filter.rateHz,
    seconds: clockOf(speaking, steps, filter.rateHz),
    values: result,
  };
}

function audioOf(folder: string, rows: readonly number[], trialSeconds: number, who: string): Sequence {
  const files = (existsSync(folder) ? readdirSync(folder) : []).sort();
  const voices = new Map<number, string>();
  for (const file of files) {
    const name = parseTrialName(file);
    if (!name?.speaking) continue;
    const trial = name.instance - 1;
    const row = rows[trial];
    if (row !== 2 * name.emotion + 1)
      throw new Error(
        `${who}: ${file}: expected trial ${name.instance} of the EEG to be speaking, ${eavEmotions[name.emotion]}, got ${row === undefined ? "no such trial" : `${row % 2 ? "speaking" : "listening"}, ${eavEmotions[Math.floor(row / 2)]}`}; ${dataRemedy}`,
      );
    if (voices.has(trial))
      throw new Error(`${who}: expected one voice for a trial, got ${voices.get(trial)} and ${file}; ${dataRemedy}`);
    voices.set(trial, file);
  }
  const trials = [...voices.keys()].sort((a, b) => a - b);
  const steps = Math.round(trialSeconds * mfccRateHz);
  const width = mfccChannels.length;
  const values = new Float32Array(trials.length * steps * width).fill(NaN); // a voice that ends early leaves a gap
  trials.forEach((trial, i) => {
    const file = voices.get(trial)!;
    const sound = readWav(readFileSync(join(folder, file)), `${who}: ${file}`);
    const { rateHz, samples } = sound;
    const count = Math.floor((samples.length * audioRateHz) / rateHz);
    const same = rateHz === audioRateHz ? samples : resample(samples, 1, rateHz, audioRateHz, count);
    values.set(mfcc(same, audioRateHz).subarray(0, steps * width), i * steps * width);
  });
  return {
    kind: "sequence",
    channels: mfccChannels,
    rateHz: mfccRateHz,
    seconds: clockOf(trials, steps, mfccRateHz),
    values,
  };
}

/** Sample k of trial i lies at (i · steps + k) / rate. */
const clockOf = (trials: readonly number[], steps: number, rateHz: number): Float64Array =>
  Float64Array.from(
    { length: trials.length * steps },
    (_, at) => (trials[Math.floor(at / steps)]! * steps + (at % steps)) / rateHz,
  );
