/** Band-pass filters without ripple, as biquads in a row: causal, so that no sample knows a later one. */

/** b₀ + b₁z⁻¹ + b₂z⁻² over 1 + a₁z⁻¹ + a₂z⁻². */
export interface Biquad {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/**
 * Butterworth's band-pass by the bilinear transform (Oppenheim & Schafer, 7.1): `order` poles of the low-pass
 * prototype become twice as many, each pair a section with a zero at 0 Hz and one at the Nyquist frequency. −3 dB at
 * both edges, gain 1 at their geometric mean (before the transform bends the axis).
 *
 * SciPy's `butter(order, [low, high], "bandpass", fs, output="sos")` up to the order of its sections. The libraries for
 * JavaScript (fili, dsp.js) repeat one biquad instead, whose edges lie elsewhere.
 *
 * @param edgesHz below rateHz / 2
 */
export function butterworthBandPass(
  order: number,
  edgesHz: readonly [number, number],
  rateHz: number,
): Biquad[] {
  const [low, high] = edgesHz;
  if (!(order >= 1 && 0 < low && low < high && high < rateHz / 2))
    throw new Error(
      `butterworthBandPass: expected 0 < low < high < ${rateHz / 2} Hz, got ${low} and ${high} at order ${order}; move the edges below half the rate`,
    );
  const warp = (hz: number): number => 2 * rateHz * Math.tan((Math.PI * hz) / rateHz);
  const [from, to] = [warp(low), warp(high)];
  const [band, centre2] = [to - from, from * to];
  const k = 2 * rateHz;
  const sections: Biquad[] = [];
  // s = p of the prototype becomes s² − p·band·s + centre² = 0; conjugate poles give conjugate pairs
  for (let i = 0; i < order; i++) {
    const angle = (Math.PI * (2 * i + 1 + order)) / (2 * order); // left half-plane
    const pole: Complex = [Math.cos(angle), Math.sin(angle)];
    if (pole[1] < -1e-12) continue; // the other of a pair comes with its conjugate
    const half: Complex = [(pole[0] * band) / 2, (pole[1] * band) / 2];
    const root = squareRoot([half[0] ** 2 - half[1] ** 2 - centre2, 2 * half[0] * half[1]]);
    const poles = [1, -1].map((sign) => toZ([half[0] + sign * root[0], half[1] + sign * root[1]], k));
    const real = Math.abs(pole[1]) <= 1e-12;
    // a real prototype pole gives two poles that are conjugate to each other, or both real: one section
    const denominators: [number, number][] = real
      ? [product(poles[0]!, poles[1]!)]
      : poles.map(([re, im]): [number, number] => [-2 * re, re * re + im * im]);
    for (const a of denominators) sections.push({ b: [1, 0, -1], a });
  }
  const gain = 1 / Math.abs(responseAt(sections, 2 * Math.atan(Math.sqrt(centre2) / k)));
  const each = gain ** (1 / sections.length); // no section alone is loud or quiet
  return sections.map(({ a }) => ({ b: [each, 0, -each], a }));
}

/** y of x through all sections, each from rest. Transposed direct form II, in double precision. */
export function filterCausally(sections: readonly Biquad[], x: Float64Array): Float64Array {
  const y = x.slice();
  for (const { b, a } of sections) {
    const [b0, b1, b2] = b;
    const [a1, a2] = a;
    let s1 = 0;
    let s2 = 0;
    for (let i = 0; i < y.length; i++) {
      const input = y[i]!;
      const output = b0 * input + s1;
      s1 = b1 * input - a1 * output + s2;
      s2 = b2 * input - a2 * output;
      y[i] = output;
    }
  }
  return y;
}

type Complex = readonly [re: number, im: number];

/** (k + s) / (k − s) */
function toZ([re, im]: Complex, k: number): Complex {
  const [a, b, c, d] = [k + re, im, k - re, -im];
  const size = c * c + d * d;
  return [(a * c + b * d) / size, (b * c - a * d) / size];
}

/** −(p + q) and p q of two poles whose sum and product are real. */
const product = (p: Complex, q: Complex): [number, number] => [-(p[0] + q[0]), p[0] * q[0] - p[1] * q[1]];

function squareRoot([re, im]: Complex): Complex {
  const size = Math.hypot(re, im);
  const root = Math.sqrt((size + re) / 2);
  return [root, Math.sqrt((size - re) / 2) * (im < 0 ? -1 : 1)];
}

/** |H| at `angle` rad a sample. */
export function responseAt(sections: readonly Biquad[], angle: number): number {
  const at = (c0: number, c1: number, c2: number): number =>
    Math.hypot(
      c0 + c1 * Math.cos(angle) + c2 * Math.cos(2 * angle),
      c1 * Math.sin(angle) + c2 * Math.sin(2 * angle),
    );
  return sections.reduce((gain, { b, a }) => (gain * at(...b)) / at(1, ...a), 1);
}
