/** Simulated EAV: files in the published layout, about which it is known what each modality can tell, alone and together. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eavEmotions, labelRows, trialName } from "./eav-layout";
import { mat5Bytes } from "./mat5-bytes";
import { eavCues } from "./simulate-eav-cues";
import { eavPerson, type EavSizes, simulateEeg, simulateVoice } from "./simulate-eav-signals";
import { wavBytes } from "./wav";

export interface EavSimulationOptions {
  readonly subjects: number;
  /** Of each emotion and task; 20 in the original. */
  readonly trialsPerClass: number;
  /** A multiple of 4; 20 in the original. A trial is four windows. */
  readonly trialSeconds: number;
  readonly seed: number;
}

/** Raise it when the same options give other bytes. */
const version = 3;

/**
 * Writes `subject1/EEG/subject1_eeg.mat` (`seg`: [sample, 30, trial], 500 Hz), `subject1_eeg_label.mat` (`label`: [10, trial])
 * and `subject1/Audio/002_Trial_01_Speaking_Neutral_aud.wav`, ... (16 kHz) into `folder`. Does nothing if the files of
 * the same options are there; files of other options are replaced. What is known of them: see `eavCues`.
 *
 * Each conversation is a trial of listening and one of speaking, as in the original; the listener's EEG tells nothing.
 */
export function simulateEav(folder: string, options: EavSimulationOptions): void {
  const { subjects, trialsPerClass, trialSeconds, seed } = options;
  const whole = [subjects, trialsPerClass, trialSeconds / 4, seed].every((n) => Number.isInteger(n));
  if (!whole || subjects < 1 || trialsPerClass < 1 || trialSeconds < 4)
    throw new Error(
      `simulateEav: expected whole subjects and trials, and seconds in fours, got ${JSON.stringify(options)}; try 20 trials of 4 s`,
    );
  const mark = join(folder, "simulation.json");
  const described = JSON.stringify({ version, ...options });
  const hash = createHash("sha256").update(described).digest("hex");
  if (existsSync(mark) && readFileSync(mark, "utf8").includes(hash)) return;
  rmSync(folder, { recursive: true, force: true });
  for (let subject = 1; subject <= subjects; subject++) writeSubject(folder, subject, options);
  writeFileSync(mark, JSON.stringify({ hash, options: JSON.parse(described) }, null, 2) + "\n"); // last: a torn run is done again
}

function writeSubject(folder: string, subject: number, options: EavSimulationOptions): void {
  const { trialSeconds, seed } = options;
  const sizes: EavSizes = { windowSeconds: trialSeconds / 4, windows: 4 };
  const cues = eavCues(subject, options);
  const person = eavPerson(seed, subject);
  const [eegFolder, audioFolder] = ["EEG", "Audio"].map((part) => join(folder, `subject${subject}`, part));
  mkdirSync(eegFolder!, { recursive: true });
  mkdirSync(audioFolder!, { recursive: true });
  const eeg = simulateEeg(cues, person, sizes);
  const label = new Int16Array(labelRows * cues.length);
  cues.forEach(
    ({ emotion, speaking }, trial) => (label[trial * labelRows + 2 * emotion + (speaking ? 1 : 0)] = 1),
  );
  const write = (name: string, bytes: Uint8Array): void => writeFileSync(join(eegFolder!, name), bytes);
  write(`subject${subject}_eeg.mat`, mat5Bytes("seg", eeg.shape, eeg.values));
  write(`subject${subject}_eeg_label.mat`, mat5Bytes("label", [labelRows, cues.length], label));
  const conversations = eavEmotions.map(() => 0);
  cues.forEach((trial, i) => {
    if (!trial.speaking) return;
    const conversation = ++conversations[trial.emotion]!;
    const name = trialName({ ...trial, instance: i + 1 }, conversation);
    writeFileSync(join(audioFolder!, name), wavBytes(simulateVoice(trial, person, sizes)));
  });
}
