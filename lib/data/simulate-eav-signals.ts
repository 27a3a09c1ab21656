/** How the cues of a simulated trial sound, and how they look on the scalp. */
import { type Random, randomFor } from "../random";
import { audioRateHz, eegRateHz, electrodes } from "./eav-layout";
import type { EavCue, EavTrial } from "./simulate-eav-cues";
import type { Sound } from "./wav";

export interface EavSizes {
  readonly windowSeconds: number;
  /** Of a trial. */
  readonly windows: number;
}

/** How one person's rhythms and voice differ from others'. */
export interface EavPerson {
  readonly alphaHz: number;
  readonly thetaHz: number;
  /** [channel] */
  readonly gain: readonly number[];
  readonly pitchHz: number;
  /** Factor on the formants: a long throat, a short one. */
  readonly throat: number;
  /** White, of deviation 1; read from random places, since drawing it anew would take longer than all else. */
  readonly noise: Float64Array;
}

export function eavPerson(seed: number, subject: number): EavPerson {
  const random = randomFor(seed, "eav", "person", subject);
  return {
    alphaHz: 10 + 0.4 * random.normal(),
    thetaHz: 6 + 0.3 * random.normal(),
    gain: electrodes.map(() => Math.exp(0.15 * random.normal())),
    pitchHz: 100 + 110 * random.uniform(),
    throat: Math.exp(0.05 * random.normal()),
    noise: Float64Array.from({ length: noiseLength }, () => random.normal()),
  };
}

const noiseLength = 2 ** 17;

/** µV; noise of these steps with memory 0.95 has deviation 2 / √(1 − 0.95²) = 6.4. */
const eegLevel = { step: 2, alpha: 12, alphaAroused: 3, theta: 14, thetaOther: 2 } as const;
/** Midline electrodes end in Z, left ones in an odd number. */
const sideOf = (name: string): "left" | "right" | "middle" =>
  name.endsWith("Z") ? "middle" : Number(name.replace(/\D/g, "")) % 2 === 1 ? "left" : "right";
const posterior = electrodes.map((name) => /^(P|O)/.test(name));
const frontal = electrodes.map((name) => (/^F/.test(name) ? sideOf(name) : "middle"));

/**
 * Noise that falls with frequency; over it 10 Hz at the back of the head, weaker where aroused, and 6 Hz at the
 * forehead, far stronger on one side. Whole µV / 10, as an amplifier counts.
 *
 * @returns values in MATLAB's order of [sample, channel, trial]
 */
export function simulateEeg(
  trials: readonly EavTrial[],
  person: EavPerson,
  { windowSeconds, windows }: EavSizes,
): { readonly shape: readonly [number, number, number]; readonly values: Int16Array } {
  const steps = Math.round(windowSeconds * eegRateHz);
  const samples = steps * windows;
  const values = new Int16Array(samples * electrodes.length * trials.length);
  const drift = new Float64Array(electrodes.length); // the noise goes on from trial to trial
  trials.forEach(({ cues, key }, trial) => {
    const random = randomFor(key[0], "eav", "eeg", key[1], key[2]);
    const waves = cues.map((cue) => wavesOf(cue, person, steps, random));
    electrodes.forEach((_, channel) => {
      const at = (trial * electrodes.length + channel) * samples;
      let noise = drift[channel]!;
      const place = random.integer(noiseLength);
      for (let i = 0; i < samples; i++) {
        noise = 0.95 * noise + eegLevel.step * person.noise[(place + i) % noiseLength]!;
        const wave = waves[Math.floor(i / steps)]!;
        const k = i % steps;
        let x = noise;
        if (posterior[channel]) x += wave.alpha[k]!;
        else if (frontal[channel] === "left") x += wave.left[k]!;
        else if (frontal[channel] === "right") x += wave.right[k]!;
        values[at + i] = Math.round(10 * person.gain[channel]! * x);
      }
      drift[channel] = noise;
    });
  });
  return { shape: [samples, electrodes.length, trials.length], values };
}

interface Waves {
  readonly alpha: Float64Array;
  readonly left: Float64Array;
  readonly right: Float64Array;
}

function wavesOf(cue: EavCue, person: EavPerson, steps: number, random: Random): Waves {
  const wave = (hz: number, level: number): Float64Array => {
    const phase = 2 * Math.PI * random.uniform();
    const size = level * Math.exp(0.2 * random.normal());
    return Float64Array.from(
      { length: steps },
      (_, k) => size * Math.sin((2 * Math.PI * hz * k) / eegRateHz + phase),
    );
  };
  const { alpha, alphaAroused, theta, thetaOther } = eegLevel;
  return {
    alpha: wave(person.alphaHz, cue.aroused ? alphaAroused : alpha),
    left: wave(person.thetaHz, cue.left ? theta : thetaOther),
    right: wave(person.thetaHz, cue.left ? thetaOther : theta),
  };
}

/** Centres (Hz) of two formants, nearly those of "ee" and "oh". */
const vowels = { bright: [350, 2300], dark: [500, 900] } as const;

/** A pulse train through two formants, steeper in level where the voice is lax, in syllables; breath over it. */
export function simulateVoice(
  { cues, key }: EavTrial,
  person: EavPerson,
  { windowSeconds }: EavSizes,
): Sound {
  const random = randomFor(key[0], "eav", "voice", key[1], key[2]);
  const steps = Math.round(windowSeconds * audioRateHz);
  const samples = new Float32Array(steps * cues.length);
  const loudness = 0.12 * Math.exp(0.3 * random.normal()); // of the trial: distance to the microphone
  cues.forEach((cue, window) => {
    const period = Math.round(audioRateHz / (person.pitchHz * Math.exp(0.08 * random.normal())));
    const pulse = pulseOf(cue, period, person);
    const syllables = 3 + 2 * random.uniform(); // each second
    const phase = random.uniform();
    const place = random.integer(noiseLength);
    for (let i = 0; i < steps; i++) {
      const open = 0.3 + 0.7 * Math.sin(Math.PI * ((i / audioRateHz) * syllables + phase)) ** 2;
      const breath = 0.06 * person.noise[(place + i) % noiseLength]!;
      samples[window * steps + i] = loudness * (open * pulse[i % period]! + breath);
    }
  });
  return { rateHz: audioRateHz, samples };
}

/** One period of deviation 1. */
function pulseOf({ tense, bright }: EavCue, period: number, { throat }: EavPerson): Float64Array {
  const formants = vowels[bright ? "bright" : "dark"].map((hz) => hz * throat);
  const harmonics = Math.floor(period / 2) - 1;
  const levels = Array.from({ length: harmonics }, (_, i) => {
    const hz = ((i + 1) * audioRateHz) / period;
    const resonance = formants.reduce((sum, centre) => sum + 1 / (1 + ((hz - centre) / 150) ** 2), 0.03);
    return resonance * (i + 1) ** (tense ? -0.7 : -1.4);
  });
  const size = Math.sqrt(levels.reduce((sum, level) => sum + level ** 2, 0) / 2);
  return Float64Array.from({ length: period }, (_, n) =>
    levels.reduce(
      (sum, level, i) => sum + (level / size) * Math.cos((2 * Math.PI * (i + 1) * n) / period),
      0,
    ),
  );
}
