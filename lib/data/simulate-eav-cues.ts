/** What simulated EEG and voice know of an emotion: one thing each alone, and one that only both together tell. */
import { type Random, randomFor } from "../random";
import { eavEmotions } from "./eav-layout";

/** What the sensors of one window show. */
export interface EavCue {
  /** EEG alone: is the rhythm of rest gone? */
  readonly aroused: boolean;
  /** EEG: which side of the forehead is louder? By itself a coin. */
  readonly left: boolean;
  /** Voice alone: is it tense? */
  readonly tense: boolean;
  /** Voice: a bright vowel or a dark one? By itself a coin. */
  readonly bright: boolean;
}

export interface EavTrial {
  readonly speaking: boolean;
  /** Place in `eavEmotions`. */
  readonly emotion: number;
  /** Keys the trial's noise. */
  readonly key: readonly [seed: number, subject: number, trial: number];
  /** [window] */
  readonly cues: readonly EavCue[];
}

/** [emotion]: aroused, tense, and whether left and bright agree. */
const truth = {
  neutral: [false, false, false],
  calmness: [false, false, true],
  sadness: [false, true, false],
  anger: [true, true, false],
  happiness: [true, true, true],
} as const;

/** Each of the three is shown wrongly in one window of twenty. */
export const cueError = 0.05;

/** All trials of a subject: conversations in random order, each listened to, then spoken. */
export function eavCues(
  subject: number,
  { trialsPerClass, seed }: { readonly trialsPerClass: number; readonly seed: number },
): EavTrial[] {
  const random = randomFor(seed, "eav", "cues", subject);
  const order = random.permutation(eavEmotions.length * trialsPerClass);
  return Array.from(order).flatMap((place, conversation) =>
    [false, true].map((speaking, task): EavTrial => {
      const emotion = place % eavEmotions.length;
      const key = [seed, subject, 2 * conversation + task] as const;
      return {
        speaking,
        emotion,
        key,
        cues: Array.from({ length: 4 }, () => drawCue(emotion, speaking, random)),
      };
    }),
  );
}

function drawCue(emotion: number, speaking: boolean, random: Random): EavCue {
  const [aroused, tense, agree] = truth[eavEmotions[emotion]!];
  const shown = (bit: boolean): boolean => (random.uniform() < cueError ? !bit : bit);
  const coin = (): boolean => random.uniform() < 0.5;
  if (!speaking) return { aroused: coin(), left: coin(), tense: coin(), bright: coin() };
  const left = coin();
  return { aroused: shown(aroused), left, tense: shown(tense), bright: left === shown(agree) };
}

/** What a model may see of a window: `parts` are both modalities without what binds them. */
export type EavView = "eeg" | "audio" | "parts" | "both";

/**
 * The share of windows that the best possible model gets right if it reads every cue without fail and the emotions are
 * equally frequent: Σ over what it can see of maxₑ P(e, seen). No training on these files can be better on average.
 */
export function eavCeiling(view: EavView): number {
  const sees = {
    eeg: [true, false, false],
    audio: [false, true, false],
    parts: [true, true, false],
    both: [true, true, true],
  }[view];
  let right = 0;
  const places = sees.filter(Boolean).length;
  for (let pattern = 0; pattern < 2 ** places; pattern++) {
    const likelihoods = eavEmotions.map((emotion) => {
      const bits = truth[emotion].filter((_, i) => sees[i]);
      return bits.reduce(
        (p, bit, i) => p * (bit === ((pattern >> i) % 2 === 1) ? 1 - cueError : cueError),
        1,
      );
    });
    right += Math.max(...likelihoods) / eavEmotions.length;
  }
  return right;
}
