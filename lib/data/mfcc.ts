/** What a voice sounds like, 100 times a second: mel-frequency cepstral coefficients, as librosa defines them. */
import { fourier } from "./fft";

export interface MfccOptions {
  /** Samples of a frame; default 400, 25 ms at 16 kHz. */
  readonly frame?: number;
  /** Samples from frame to frame; default 160. */
  readonly hop?: number;
  /** Triangles on the mel scale; default 128. */
  readonly bands?: number;
  /** How many coefficients; default 13. */
  readonly coefficients?: number;
}

/**
 * Frame t is centred at t · hop, zeros before and after: power spectrum under a Hann window, `bands` triangles from 0 Hz
 * to rate / 2, 10 log₁₀ floored 80 dB below the loudest, orthonormal DCT-II.
 *
 * librosa's `feature.mfcc(y, sr, n_mfcc=13, n_fft=400, hop_length=160)`. meyda, the kept JavaScript library, takes
 * frames of powers of two alone and other triangles.
 *
 * @returns [frame, coefficient], frame = 1 + ⌊samples / hop⌋
 */
export function mfcc(samples: Float32Array, rateHz: number, options: MfccOptions = {}): Float32Array {
  const { frame = 400, hop = 160, bands = 128, coefficients = 13 } = options;
  const frames = 1 + Math.floor(samples.length / hop);
  const decibels = new Float64Array(frames * bands);
  const triangles = melTriangles(rateHz, frame, bands);
  const hann = Float64Array.from({ length: frame }, (_, n) => Math.sin((Math.PI * n) / frame) ** 2);
  const transform = fourier(frame);
  const power = new Float64Array(1 + Math.floor(frame / 2));
  const [re, im] = [new Float64Array(frame), new Float64Array(frame)];
  let loudest = -Infinity;
  // two real frames at once, as real and imaginary part of one
  for (let t = 0; t < frames; t += 2) {
    for (let n = 0; n < frame; n++) {
      const at = t * hop + n - frame / 2;
      re[n] = (samples[at] ?? 0) * hann[n]!;
      im[n] = t + 1 < frames ? (samples[at + hop] ?? 0) * hann[n]! : 0;
    }
    transform(re, im);
    for (let part = 0; part < 2 && t + part < frames; part++) {
      for (let k = 0; k < power.length; k++) power[k] = powerOf(re, im, k, part);
      for (let band = 0; band < bands; band++) {
        const { first, weights } = triangles[band]!;
        let sum = 0;
        for (let i = 0; i < weights.length; i++) sum += weights[i]! * power[first + i]!;
        const level = 10 * Math.log10(Math.max(sum, 1e-10));
        decibels[(t + part) * bands + band] = level;
        if (level > loudest) loudest = level;
      }
    }
  }
  const floor = loudest - 80;
  const cosines = dct(bands, coefficients);
  const result = new Float32Array(frames * coefficients);
  for (let t = 0; t < frames; t++)
    for (let c = 0; c < coefficients; c++) {
      let sum = 0;
      for (let band = 0; band < bands; band++)
        sum += cosines[c * bands + band]! * Math.max(decibels[t * bands + band]!, floor);
      result[t * coefficients + c] = sum;
    }
  return result;
}

/** |Fₖ|² of the frame in the real (0) or imaginary (1) part: (Zₖ ± conj Z₋ₖ) / 2. */
function powerOf(re: Float64Array, im: Float64Array, k: number, part: number): number {
  const mirrored = k === 0 ? 0 : re.length - k;
  const sign = part === 0 ? 1 : -1;
  const a = (re[k]! + sign * re[mirrored]!) / 2;
  const b = (im[k]! - sign * im[mirrored]!) / 2;
  return a * a + b * b;
}

/** Slaney's scale: linear to 1 kHz, then 27 steps for each factor of 6.4. */
const [linear, corner, steps] = [200 / 3, 1000, Math.log(6.4) / 27];
const toMel = (hz: number): number =>
  hz < corner ? hz / linear : corner / linear + Math.log(hz / corner) / steps;
const toHz = (mel: number): number =>
  mel < corner / linear ? mel * linear : corner * Math.exp(steps * (mel - corner / linear));

/** Triangles of area 1, over the bins that they touch. */
function melTriangles(
  rateHz: number,
  frame: number,
  bands: number,
): { readonly first: number; readonly weights: Float64Array }[] {
  const edges = Array.from({ length: bands + 2 }, (_, i) => toHz((toMel(rateHz / 2) * i) / (bands + 1)));
  const bins = 1 + Math.floor(frame / 2);
  return Array.from({ length: bands }, (_, band) => {
    const [low, peak, high] = [edges[band]!, edges[band + 1]!, edges[band + 2]!];
    const all = Array.from({ length: bins }, (_, k) => {
      const hz = (k * rateHz) / frame;
      return (
        (Math.max(0, Math.min((hz - low) / (peak - low), (high - hz) / (high - peak))) * 2) / (high - low)
      );
    });
    const heard = all.flatMap((weight, k) => (weight > 0 ? [k] : []));
    const first = heard[0] ?? 0; // a narrow triangle may lie between two bins: it hears nothing, in librosa too
    return { first, weights: Float64Array.from(all.slice(first, first + heard.length)) };
  });
}

/** [coefficient, band] of the orthonormal DCT-II. */
const dct = (bands: number, coefficients: number): Float64Array =>
  Float64Array.from({ length: coefficients * bands }, (_, i) => {
    const [c, band] = [Math.floor(i / bands), i % bands];
    return Math.cos((Math.PI * c * (band + 0.5)) / bands) * Math.sqrt((c === 0 ? 1 : 2) / bands);
  });
