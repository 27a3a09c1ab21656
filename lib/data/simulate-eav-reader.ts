/** Reads the cues of a simulated window by rules that know where to look: proof that they are in the files. */
import { eegStepsHz, electrodes } from "./eav-layout";
import { gather } from "./gather";
import type { Windows } from "./windows";

/**
 * [window]: place in `eavEmotions`. Four numbers are read of each window, and each says one of two things, by the half of
 * its range among the subject's windows in which it lies:
 *
 * - 8 to 12 Hz at the back of the head: aroused where weak;
 * - 5 to 7 Hz on the left of the forehead against the right;
 * - MFCC 2, the fall of level with frequency: tense where low;
 * - MFCC 4, where the vowel's formants lie: bright where high.
 *
 * No emotion is looked at, and nothing is trained.
 */
export function readSimulatedEav(windows: Windows): Int32Array {
  const marks = Array.from({ length: windows.count }, (_, w) => marksOf(windows, w));
  const result = new Int32Array(windows.count);
  for (const subject of new Set(windows.subject)) {
    const own = marks.flatMap((_, w) => (windows.subject[w] === subject ? [w] : []));
    const middle = (key: keyof Marks): number => {
      const sorted = own.map((w) => marks[w]![key]).sort((a, b) => a - b);
      const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
      return (at(0.1) + at(0.9)) / 2;
    };
    const middles = {
      rest: middle("rest"),
      side: middle("side"),
      fall: middle("fall"),
      vowel: middle("vowel"),
    };
    for (const w of own) {
      const high = (key: keyof Marks): boolean => marks[w]![key] > middles[key];
      const agree = high("side") === high("vowel");
      const tense = !high("fall");
      result[w] = !high("rest") ? (agree ? 3 : 2) : tense ? 1 : agree ? 4 : 0;
    }
  }
  return result;
}

interface Marks {
  readonly rest: number;
  readonly side: number;
  readonly fall: number;
  readonly vowel: number;
}

const places = (pattern: RegExp): number[] =>
  electrodes.flatMap((name, i) => (pattern.test(name) ? [i] : []));
const sites = { back: places(/^(P|O)/), left: places(/^F\D*[13579]$/), right: places(/^F\D*[2468]$/) };

function marksOf(windows: Windows, window: number): Marks {
  const eeg = gather(windows, "eeg", [window]).values;
  const power = (channels: readonly number[], fromHz: number, toHz: number): number =>
    Math.log(channels.reduce((sum, channel) => sum + bandPower(eeg, channel, fromHz, toHz), 0));
  const voice = gather(windows, "audio", [window]).values;
  const frames = voice.length / 13;
  const mean = (coefficient: number): number => {
    let sum = 0;
    for (let t = 0; t < frames; t++) sum += voice[t * 13 + coefficient]!;
    return sum / frames;
  };
  return {
    rest: power(sites.back, 8, 12),
    side: power(sites.left, 5, 7) - power(sites.right, 5, 7),
    fall: mean(2),
    vowel: mean(4),
  };
}

/** Σ over whole Hz of |Σₜ xₜ exp(−2πi f t)|² */
function bandPower(eeg: Float32Array, channel: number, fromHz: number, toHz: number): number {
  let power = 0;
  for (let hz = fromHz; hz <= toHz; hz++) {
    let re = 0;
    let im = 0;
    for (let t = 0; t * electrodes.length < eeg.length; t++) {
      const angle = (2 * Math.PI * hz * t) / eegStepsHz;
      const x = eeg[t * electrodes.length + channel]!;
      re += x * Math.cos(angle);
      im += x * Math.sin(angle);
    }
    power += re * re + im * im;
  }
  return power;
}
