/** Every n-th sample, after a low-pass that leaves nothing to fold back. */

/**
 * SciPy's `resample_poly(x, 1, factor)`: a symmetric FIR of 20 · factor + 1 taps (Kaiser, β = 5, −6 dB at the new
 * Nyquist frequency), of whose answers only every n-th is computed. Zeros before and after; no delay.
 *
 * @param x sampled at n times the wanted rate, without gaps; for series with gaps see `resample`
 */
export function decimate(x: Float64Array, factor: number): Float64Array {
  if (!(Number.isInteger(factor) && factor >= 1))
    throw new Error(`decimate: expected a whole factor of 1 or more, got ${factor}; see resample for others`);
  if (factor === 1) return x.slice();
  const taps = lowPass(factor);
  const half = (taps.length - 1) / 2;
  const result = new Float64Array(Math.ceil(x.length / factor));
  for (let i = 0; i < result.length; i++) {
    const first = i * factor - half;
    const to = Math.min(taps.length, x.length - first);
    let sum = 0;
    for (let k = Math.max(0, -first); k < to; k++) sum += taps[k]! * x[first + k]!;
    result[i] = sum;
  }
  return result;
}

/** Windowed sinc, its sum 1. */
function lowPass(factor: number): Float64Array {
  const half = 10 * factor;
  const beta = 5;
  const taps = Float64Array.from({ length: 2 * half + 1 }, (_, i) => {
    const u = i - half;
    const sinc = u === 0 ? 1 : Math.sin((Math.PI * u) / factor) / ((Math.PI * u) / factor);
    return sinc * bessel0(beta * Math.sqrt(1 - (u / half) ** 2));
  });
  const sum = taps.reduce((a, b) => a + b, 0);
  return taps.map((tap) => tap / sum);
}

/** I₀(x) = Σ ((x/2)ᵏ / k!)², the window's shape. */
function bessel0(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
