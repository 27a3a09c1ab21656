/** Filters and features of EEG and voice against SciPy, librosa and slow sums. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { butterworthBandPass, filterCausally, responseAt } from "fusion/dist/data/butterworth";
import { decimate } from "fusion/dist/data/decimate";
import { fourier } from "fusion/dist/data/fft";
import { mfcc } from "fusion/dist/data/mfcc";
import { readWav, wavBytes } from "fusion/dist/data/wav";
import { randomFor } from "fusion/dist/random";

interface Fixture {
  readonly x: number[];
  readonly y: number[];
}
const fixture = JSON.parse(readFileSync(join("test", "fixtures", "eeg-audio-signals.json"), "utf8")) as {
  readonly bandpass: Fixture;
  readonly bandpass2: Fixture;
  readonly decimate: Fixture;
  readonly mfcc: { readonly samples: number[]; readonly frames: number[][] };
};
const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  assert.equal(a.length, b.length);
  return Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i]!)));
};

test("the band-pass is SciPy's, at EAV's edges and with an even order", () => {
  for (const [{ x, y }, order, edges] of [
    [fixture.bandpass, 5, [0.5, 45]],
    [fixture.bandpass2, 2, [5, 30]],
  ] as const) {
    const sections = butterworthBandPass(order, edges, 100);
    assert.equal(sections.length, order);
    // poles near the unit circle (0.5 of 100 Hz) magnify the rounding of the coefficients by about 1 / 0.03⁵
    assert.ok(furthest(filterCausally(sections, Float64Array.from(x)), y) < 1e-9);
  }
});

test("half the power is left at both edges, nothing at 0 Hz and at half the rate", () => {
  const sections = butterworthBandPass(5, [0.5, 45], 100);
  const at = (hz: number): number => responseAt(sections, (2 * Math.PI * hz) / 100);
  for (const edge of [0.5, 45]) assert.ok(Math.abs(at(edge) ** 2 - 0.5) < 1e-9);
  assert.ok(at(0) < 1e-9 && at(50) < 1e-9 && Math.abs(at(10) - 1) < 1e-3);
  assert.throws(() => butterworthBandPass(5, [0.5, 50], 100), /below half the rate/);
});

test("the filter is causal: a later sample changes no earlier one", () => {
  const x = Float64Array.from({ length: 60 }, (_, i) => Math.sin(i));
  const sections = butterworthBandPass(5, [0.5, 45], 100);
  const before = filterCausally(sections, x);
  x[40] = 1e6;
  const after = filterCausally(sections, x);
  assert.deepEqual(after.subarray(0, 40), before.subarray(0, 40));
  assert.notEqual(after[40], before[40]);
});

test("every fifth sample is SciPy's resample_poly, ends included", () => {
  const { x, y } = fixture.decimate;
  assert.ok(furthest(decimate(Float64Array.from(x), 5), y) < 1e-12);
  assert.deepEqual(decimate(Float64Array.from(x), 1), Float64Array.from(x));
});

test("the transform is the sum that defines it, for lengths with several factors and for a prime", () => {
  for (const length of [1, 7, 12, 400]) {
    const random = randomFor(1, "fourier", length);
    const draw = (): Float64Array => Float64Array.from({ length }, () => random.normal());
    const [re, im] = [draw(), draw()];
    const slow = Array.from({ length }, (_, k) => {
      let [a, b] = [0, 0];
      for (let n = 0; n < length; n++) {
        const angle = (-2 * Math.PI * n * k) / length;
        a += re[n]! * Math.cos(angle) - im[n]! * Math.sin(angle);
        b += re[n]! * Math.sin(angle) + im[n]! * Math.cos(angle);
      }
      return [a, b] as const;
    });
    fourier(length)(re, im);
    assert.ok(
      furthest(
        re,
        slow.map(([a]) => a),
      ) < 1e-10,
    ); // slow sums of 400 terms of size 1, angles rounded at 1e-13
    assert.ok(
      furthest(
        im,
        slow.map(([, b]) => b),
      ) < 1e-10,
    );
  }
});

test("MFCC are librosa's, frame by frame", () => {
  const { samples, frames } = fixture.mfcc;
  const ours = mfcc(Float32Array.from(samples), 16_000);
  assert.equal(frames.length, 1 + Math.floor(samples.length / 160));
  // in decibels, of hundreds; returned in single precision
  assert.ok(furthest(ours, frames.flat()) < 1e-3);
});

test("a sound file comes back as it was written, to 16 bits; stereo becomes its mean", () => {
  const samples = Float32Array.from([0, 0.5, -0.25, 1, -1]);
  const bytes = wavBytes({ rateHz: 16_000, samples });
  const { rateHz, samples: read } = readWav(bytes, "test");
  assert.equal(rateHz, 16_000);
  assert.ok(furthest(read, samples) <= 1 / 32768);
  bytes[22] = 2; // the same bytes as two channels
  assert.deepEqual(Array.from(readWav(bytes, "test").samples), [0.25, (-0.25 + 32767 / 32768) / 2]);
  assert.throws(
    () => readWav(bytes.subarray(0, 5), "test: a.wav"),
    /test: a\.wav: expected a RIFF WAVE file/,
  );
});
