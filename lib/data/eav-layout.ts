/** What the files of EAV hold (Lee et al., Scientific Data 2024): emotions, tasks, electrodes, names. */
import type { Channel } from "./recording";

/** In the order of the label rows, two rows each: listening, speaking. */
export const eavEmotions = ["neutral", "sadness", "anger", "happiness", "calmness"] as const;

/** Rows of `label`: emotion · 2, and 1 more where the subject speaks. */
export const labelRows = 2 * eavEmotions.length;

/** BrainAmp's 30, in the order of the arrays. */
export const electrodes = [
  ...["FP1", "FP2", "F7", "F3", "FZ", "F4", "F8", "FC5", "FC1", "FC2", "FC6"],
  ...["T7", "C3", "CZ", "C4", "T8", "CP5", "CP1", "CP2", "CP6"],
  ...["P7", "P3", "PZ", "P4", "P8", "PO9", "O1", "OZ", "O2", "PO10"],
] as const;

export const eegRateHz = 500;
/** At which it is used. */
export const eegStepsHz = 100;

/** The files do not say their unit; simulated ones count tenths of µV. */
export const eegChannels: readonly Channel[] = electrodes.map((name) => ({ name, unit: "1" }));

/** Frames of 25 ms, one each 10 ms, of sound at 16 kHz. */
export const audioRateHz = 16_000;
export const mfccRateHz = 100;
export const mfccChannels: readonly Channel[] = Array.from({ length: 13 }, (_, i) => ({
  name: `mfcc ${i}`,
  unit: "1",
}));

export interface TrialName {
  /** 1 to 200, over both tasks: the place of the trial in the EEG's last axis, counted from 1. */
  readonly instance: number;
  readonly speaking: boolean;
  /** Place in `eavEmotions`. */
  readonly emotion: number;
}

/** Of `002_Trial_01_Speaking_Neutral_aud.wav`; undefined where a name is of another form. */
export function parseTrialName(file: string): TrialName | undefined {
  const [, instance, task, word] =
    /^(\d+)_Trial_\d+_(Speaking|Listening)_([A-Za-z]+)(?:_aud)?\.wav$/i.exec(file) ?? [];
  const emotion = eavEmotions.findIndex((name) => name === word?.toLowerCase());
  if (!instance || emotion < 0) return undefined;
  return { instance: Number(instance), speaking: task!.toLowerCase() === "speaking", emotion };
}

/** The other way round; `conversation` counts a task's trials. */
export function trialName({ instance, speaking, emotion }: TrialName, conversation: number): string {
  const two = (n: number, digits: number): string => `${n}`.padStart(digits, "0");
  const name = eavEmotions[emotion]!;
  const word = name[0]!.toUpperCase() + name.slice(1);
  return `${two(instance, 3)}_Trial_${two(conversation, 2)}_${speaking ? "Speaking" : "Listening"}_${word}_aud.wav`;
}
