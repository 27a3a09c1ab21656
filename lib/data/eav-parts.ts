/** The files of one subject of EAV, checked and brought to 100 Hz. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { butterworthBandPass, filterCausally } from "./butterworth";
import { decimate } from "./decimate";
import { eegChannels, eegRateHz, eegStepsHz, labelRows } from "./eav-layout";
import type { EavParts } from "./eav-prepared";
import { readEavVoices } from "./eav-voices";
import { type MatArray, readMat5 } from "./mat5";

const remedy = "get the file again from its page";
/** As in the data set's own code: after the change of rate, over all trials one after the other. */
const filter = { order: 5, edgesHz: [0.5, 45] } as const;
/** Samples for a step of 100 Hz. */
const factor = eegRateHz / eegStepsHz;

/** @param who opens every error */
export function readEavParts(path: string, who: string): EavParts {
  const signal = readArray(path, "_eeg.mat", ["seg", "seg1"], who);
  const [samples = 0, channels = 0, trials = 0] = signal.shape;
  if (signal.shape.length !== 3 || channels !== eegChannels.length || samples % factor !== 0)
    throw new Error(
      `${who}: expected EEG [sample, ${eegChannels.length} channels, trial] at ${eegRateHz} Hz, got [${signal.shape.join(", ")}]; ${remedy}`,
    );
  const rows = labelsOf(readArray(path, "_eeg_label.mat", ["label"], who), trials, who);
  const speaking = rows.flatMap((row, trial) => (row % 2 === 1 ? [trial] : []));
  const seconds = samples / eegRateHz;
  return {
    rows: Float64Array.from(rows),
    seconds: Float64Array.of(seconds),
    eeg: eegOf(signal, speaking),
    ...readEavVoices(join(path, "Audio"), rows, seconds, who),
  };
}

/** The first array of these names in the one file of `EEG` that ends so. */
function readArray(path: string, ending: string, names: readonly string[], who: string): MatArray {
  const folder = join(path, "EEG");
  const files = (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.endsWith(ending));
  if (files.length !== 1)
    throw new Error(`${who}: expected one file *${ending} in EEG, got [${files.join(", ")}]; ${remedy}`);
  const arrays = readMat5(readFileSync(join(folder, files[0]!)), `${who}: ${files[0]}`, remedy);
  const found = names.map((name) => arrays[name]).find((array) => array !== undefined);
  if (!found)
    throw new Error(
      `${who}: ${files[0]}: expected an array ${names.join(" or ")}, got [${Object.keys(arrays).join(", ")}]; ${remedy}`,
    );
  return found;
}

/** [trial]: the row of the one 1 in each column. */
function labelsOf({ shape, values }: MatArray, trials: number, who: string): number[] {
  if (shape.length !== 2 || shape[0] !== labelRows || shape[1] !== trials)
    throw new Error(
      `${who}: expected labels [${labelRows} rows, ${trials} trials], got [${shape.join(", ")}]; ${remedy}`,
    );
  return Array.from({ length: trials }, (_, trial) => {
    const column = Array.from(values.subarray(trial * labelRows, (trial + 1) * labelRows));
    const ones = column.flatMap((value, row) => (value === 1 ? [row] : []));
    if (ones.length !== 1 || column.some((value) => value !== 0 && value !== 1))
      throw new Error(
        `${who}: expected a single 1 among zeros in the label of trial ${trial + 1}, got [${column.join(", ")}]; ${remedy}`,
      );
    return ones[0]!;
  });
}

/** [step of the speaking trials, channel] */
function eegOf({ shape, values }: MatArray, speaking: readonly number[]): Float32Array {
  const [samples, channels, trials] = shape as [number, number, number];
  const steps = samples / factor;
  const sections = butterworthBandPass(filter.order, filter.edgesHz, eegStepsHz);
  const result = new Float32Array(speaking.length * steps * channels);
  const row = new Float64Array(samples * trials);
  for (let channel = 0; channel < channels; channel++) {
    for (let trial = 0; trial < trials; trial++) {
      const from = (trial * channels + channel) * samples;
      row.set(values.subarray(from, from + samples), trial * samples);
    }
    const clean = filterCausally(sections, decimate(row, factor));
    speaking.forEach((trial, i) => {
      for (let k = 0; k < steps; k++)
        result[(i * steps + k) * channels + channel] = clean[trial * steps + k]!;
    });
  }
  return result;
}
