/** Another sampling rate, without the aliases that picking every n-th sample would bring. */

/** Kaiser's design for 60 dB: β and the length that one unit of transition costs (Oppenheim & Schafer, 7.6). */
const beta = 5.65;
const tapsPerRadian = (60 - 8) / 2.285;
/** Passed up to 0.8 of the lower Nyquist frequency, stopped from the Nyquist frequency on. */
const passband = 0.8;

/**
 * y(t) = Σ h(t − tᵢ) xᵢ / Σ h(t − tᵢ) over the measured xᵢ, h a Kaiser-windowed sinc.
 *
 * With f = min(fromHz, toHz) / 2: changes a tone below 0.8 f by less than 0.1 dB and attenuates one above f by 60 dB,
 * away from gaps and ends. Missing samples are left out of both sums; y is NaN where they carry half of the weight or more.
 * The kernel looks both ways, about 10 samples of the slower rate to either side.
 *
 * @param values [sample, channel], sample i at i / fromHz; NaN where missing
 * @param count samples wanted, sample i at i / toHz
 * @returns [count, channel]
 */
export function resample(
  values: Float32Array,
  channels: number,
  fromHz: number,
  toHz: number,
  count: number,
): Float32Array {
  const samples = values.length / channels;
  const result = new Float32Array(count * channels).fill(NaN);
  const kernelAt = kernels(fromHz, toHz);
  const column = new Float64Array(samples);
  const missing = new Int32Array(samples + 1); // before each sample, so that whole stretches take the short way
  for (let channel = 0; channel < channels; channel++) {
    for (let i = 0; i < samples; i++) {
      column[i] = values[i * channels + channel]!;
      missing[i + 1] = missing[i]! + (Number.isNaN(column[i]!) ? 1 : 0);
    }
    for (let i = 0; i < count; i++) {
      const { first, weights } = kernelAt((i / toHz) * fromHz);
      const [from, to] = [Math.max(0, first), Math.min(samples, first + weights.length)];
      const gaps = from < to ? missing[to]! - missing[from]! : 0;
      result[i * channels + channel] = weightedMean(column, weights, first, from, to, gaps > 0);
    }
  }
  return result;
}

/** Over samples [from, to); weight k belongs to sample first + k. */
function weightedMean(
  column: Float64Array,
  weights: Float64Array,
  first: number,
  from: number,
  to: number,
  gaps: boolean,
): number {
  let inside = 0;
  let measured = 0;
  let sum = 0;
  for (let at = from; at < to; at++) {
    const weight = weights[at - first]!;
    inside += weight;
    if (gaps && Number.isNaN(column[at]!)) continue;
    measured += weight;
    sum += weight * column[at]!;
  }
  return measured > inside / 2 ? sum / measured : NaN;
}

/** Kernels repeat with the fraction of the centre; at 100 → 50 Hz there is one. */
function kernels(fromHz: number, toHz: number): (centre: number) => { first: number; weights: Float64Array } {
  const nyquist = Math.min(fromHz, toHz) / 2 / fromHz; // cycles per old sample
  const cutoff = (nyquist * (1 + passband)) / 2;
  const half = tapsPerRadian / (2 * Math.PI * nyquist * (1 - passband)) / 2; // old samples to either side
  const known = new Map<number, Float64Array>();
  return (centre) => {
    const whole = Math.floor(centre + 1e-9);
    const fraction = Math.round((centre - whole) * 1e9) / 1e9;
    const reach = Math.ceil(half);
    let weights = known.get(fraction);
    if (!weights) {
      weights = Float64Array.from({ length: 2 * reach + 1 }, (_, k) => {
        const u = k - reach - fraction;
        if (Math.abs(u) > half) return 0;
        return sinc(2 * cutoff * u) * bessel0(beta * Math.sqrt(1 - (u / half) ** 2));
      });
      if (known.size < 4096) known.set(fraction, weights);
    }
    return { first: whole - reach, weights };
  };
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** I₀(x) = Σ ((x/2)ᵏ / k!)², the window's shape. */
function bessel0(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
