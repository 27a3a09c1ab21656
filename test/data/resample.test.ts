import assert from "node:assert/strict";
import { test } from "node:test";
import { resample } from "fusion/dist/data/resample";

const tone = (hz: number, rateHz: number, seconds: number): Float32Array =>
  Float32Array.from({ length: seconds * rateHz }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rateHz + 0.3));
/** Largest value away from the ends, in dB of the tone's. */
const decibels = (values: Float32Array): number =>
  20 * Math.log10(Math.max(...values.subarray(values.length / 5, (4 * values.length) / 5).map(Math.abs)));

for (const [from, to] of [
  [100, 50],
  [100, 33],
  [50, 20],
] as const)
  test(`from ${from} to ${to} Hz, tones up to 0.8 of the new Nyquist frequency pass within 0.1 dB`, () => {
    for (const share of [0.05, 0.3, 0.6, 0.8]) {
      const hz = (share * to) / 2;
      const got = resample(tone(hz, from, 20), 1, from, to, 20 * to);
      const want = tone(hz, to, 20);
      const worst = Math.max(...got.subarray(5 * to, 15 * to).map((x, i) => Math.abs(x - want[5 * to + i]!)));
      assert.ok(worst < 10 ** (0.1 / 20) - 1, `${hz} Hz: ${worst}`);
    }
  });

for (const [from, to] of [
  [100, 50],
  [100, 33],
  [50, 20],
] as const)
  test(`from ${from} to ${to} Hz, tones above the new Nyquist frequency fall by 60 dB`, () => {
    for (const share of [1.01, 1.2, 1.5, 1.9]) {
      const hz = Math.min((share * to) / 2, 0.98 * (from / 2));
      const got = decibels(resample(tone(hz, from, 20), 1, from, to, 20 * to));
      assert.ok(got < -60 + 1, `${hz} Hz: ${got} dB`); // Kaiser's design formula is good to about 1 dB
    }
  });

test("picking every second sample instead would leave the alias at full height", () => {
  const high = tone(30, 100, 20);
  assert.ok(decibels(high.filter((_, i) => i % 2 === 0)) > -1);
});

test("more samples than measured lie on the curve between them", () => {
  const got = resample(tone(3, 20, 20), 1, 20, 100, 2000);
  const want = tone(3, 100, 20);
  assert.ok(Math.max(...got.subarray(500, 1500).map((x, i) => Math.abs(x - want[500 + i]!))) < 0.012); // 0.1 dB
});

test("a constant stays itself across gaps and at the ends, each channel by itself", () => {
  const values = Float32Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 7 : -2)); // [200, 2]
  for (const sample of [50, 53, 90]) values[sample * 2] = NaN;
  const got = resample(values, 2, 100, 50, 100);
  got.forEach((x, i) => assert.ok(Math.abs(x - (i % 2 === 0 ? 7 : -2)) < 1e-5, `${i}: ${x}`));
});

test("where half of the weight is missing, so is the result", () => {
  const values = new Float32Array(400).fill(1);
  values.fill(NaN, 100, 200);
  const got = resample(values, 1, 100, 50, 200);
  assert.ok(got.subarray(53, 97).every(Number.isNaN), "inside the gap");
  assert.ok(!got.subarray(0, 48).some(Number.isNaN) && !got.subarray(103).some(Number.isNaN), "away from it");
});
