/** EAV: EEG and voice of people who speak with an emotion, five of them; video is left aside. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { eavEmotions, eegChannels, eegStepsHz, mfccChannels, mfccRateHz } from "./eav-layout";
import { readEavParts } from "./eav-parts";
import { type EavParts, preparedEavParts } from "./eav-prepared";
import type { Channel, Recording, Sequence } from "./recording";

export interface EavOptions {
  /** "1" to "42"; all that are there unless told. */
  readonly subjects?: readonly string[];
  /** Of the recordings: "eav-simulated" where the files were made. */
  readonly dataset?: string;
  /** Where what was computed of a subject is kept; computed anew each time if not given. */
  readonly prepared?: string;
}

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
export async function readEav(
  folder: string,
  { subjects, dataset = "eav", prepared }: EavOptions = {},
): Promise<Recording[]> {
  return subjectFolders(folder, subjects).map(({ subject, path }) => {
    const read = (): EavParts => readEavParts(path, `readEav: subject ${subject}`);
    return recordingOf(subject, dataset, preparedEavParts(path, `subject${subject}`, prepared, read));
  });
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
      `readEav: ${folder}: expected ${missing.length > 0 ? missing.map((s) => `subject${s}`).join(", ") : "folders subject1, subject2, ..."}, got [${found.map(({ subject }) => `subject${subject}`).join(", ")}]; get the data set again from its page`,
    );
  return found.filter(({ subject }) => !wanted || wanted.includes(subject));
}

function recordingOf(subject: string, dataset: string, parts: EavParts): Recording {
  const { rows, eeg, audio, voiced } = parts;
  const seconds = parts.seconds[0]!;
  const speaking = Array.from(rows.keys()).filter((trial) => rows[trial]! % 2 === 1);
  const sequence = (
    trials: ArrayLike<number>,
    values: Float32Array,
    channels: readonly Channel[],
    rateHz: number,
  ): Sequence => {
    const steps = Math.round(seconds * rateHz);
    const clock = (at: number): number => (trials[Math.floor(at / steps)]! * steps + (at % steps)) / rateHz;
    const count = trials.length * steps;
    return {
      ...{ kind: "sequence", channels, rateHz, values },
      seconds: Float64Array.from({ length: count }, (_, at) => clock(at)),
    };
  };
  return {
    dataset,
    subject,
    session: `subject ${subject}`,
    space: { kind: "class", classes: [...eavEmotions] },
    modalities: {
      eeg: sequence(speaking, eeg, eegChannels, eegStepsHz),
      audio: sequence(voiced, audio, mfccChannels, mfccRateHz),
    },
    segments: speaking.map((trial) => ({
      startSeconds: trial * seconds,
      endSeconds: (trial + 1) * seconds,
      target: [Math.floor(rows[trial]! / 2)],
    })),
  };
}
