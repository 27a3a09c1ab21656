/** The voices of one subject of EAV, each at the trial that its name bears. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { audioRateHz, eavEmotions, mfccChannels, mfccRateHz, parseTrialName } from "./eav-layout";
import type { EavParts } from "./eav-prepared";
import { mfcc } from "./mfcc";
import { resample } from "./resample";
import { readWav } from "./wav";

const remedy = "get the data set again from its page";

/** `voiced`: trials that have a voice; `audio` [frame of these trials, coefficient]. */
export function readEavVoices(
  folder: string,
  rows: readonly number[],
  trialSeconds: number,
  who: string,
): Pick<EavParts, "voiced" | "audio"> {
  const files = (existsSync(folder) ? readdirSync(folder) : []).sort();
  const voices = new Map<number, string>();
  for (const file of files) {
    const name = parseTrialName(file);
    if (!name?.speaking) continue;
    const trial = name.instance - 1;
    const row = rows[trial];
    if (row !== 2 * name.emotion + 1)
      throw new Error(
        `${who}: ${file}: expected trial ${name.instance} of the EEG to be speaking, ${eavEmotions[name.emotion]}, got ${row === undefined ? "no such trial" : `${row % 2 ? "speaking" : "listening"}, ${eavEmotions[Math.floor(row / 2)]}`}; ${remedy}`,
      );
    if (voices.has(trial))
      throw new Error(
        `${who}: expected one voice for a trial, got ${voices.get(trial)} and ${file}; ${remedy}`,
      );
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
  return { voiced: Float64Array.from(trials), audio: values };
}
