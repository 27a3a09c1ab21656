/** The discrete Fourier transform of any length, fast where the length has small factors: 400 = 4 · 4 · 5 · 5. */

/**
 * Xₖ = Σ xₙ exp(−2πi nk / N) by Cooley & Tukey's splitting into small factors. In place.
 *
 * The kept libraries for JavaScript (fft.js, meyda's fftjs) take powers of two alone.
 */
export function fourier(length: number): (re: Float64Array, im: Float64Array) => void {
  const factors: number[] = [];
  let rest = length;
  for (; rest % 4 === 0; rest /= 4) factors.push(4); // one pass instead of two
  for (let p = 2; rest > 1; p++) for (; rest % p === 0; rest /= p) factors.push(p);
  const turn = Float64Array.from({ length }, (_, i) => Math.cos((2 * Math.PI * i) / length));
  const twist = Float64Array.from({ length }, (_, i) => -Math.sin((2 * Math.PI * i) / length));
  const [outRe, outIm] = [new Float64Array(length), new Float64Array(length)];
  const [partRe, partIm] = [new Float64Array(length), new Float64Array(length)];

  /** Of every `stride`-th number from `from` on, `size` of them, into `out` from `to` on. */
  function split(
    re: Float64Array,
    im: Float64Array,
    from: number,
    stride: number,
    size: number,
    to: number,
    depth: number,
  ): void {
    if (size === 1) {
      outRe[to] = re[from]!;
      outIm[to] = im[from]!;
      return;
    }
    const p = factors[depth]!;
    const m = size / p;
    for (let r = 0; r < p; r++) split(re, im, from + r * stride, stride * p, m, to + r * m, depth + 1);
    for (let k = 0; k < size; k++) {
      const column = to + (k % m);
      const step = k * stride; // below length, since size · stride = length
      let sumRe = outRe[column]!;
      let sumIm = outIm[column]!;
      for (let r = 1, w = step; r < p; r++, w = w + step < length ? w + step : w + step - length) {
        const at = column + r * m; // times exp(−2πi rk / size)
        sumRe += outRe[at]! * turn[w]! - outIm[at]! * twist[w]!;
        sumIm += outRe[at]! * twist[w]! + outIm[at]! * turn[w]!;
      }
      partRe[to + k] = sumRe;
      partIm[to + k] = sumIm;
    }
    for (let k = to; k < to + size; k++) {
      outRe[k] = partRe[k]!;
      outIm[k] = partIm[k]!;
    }
  }

  return (re, im) => {
    if (re.length !== length || im.length !== length)
      throw new Error(
        `fourier: expected ${length} numbers, got ${re.length} and ${im.length}; make a transform of that length`,
      );
    split(re, im, 0, 1, length, 0, 0);
    re.set(outRe);
    im.set(outIm);
  };
}
