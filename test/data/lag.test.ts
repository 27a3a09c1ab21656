import assert from "node:assert/strict";
import { test } from "node:test";
import { delayed, lagBetween, lagRows, loudness } from "fusion/dist/data/lag";
import type { Recording, Sequence } from "fusion/dist/data/recording";
import { randomFor } from "fusion/dist/random";

const noise = (length: number, seed: number): Float32Array => {
  const random = randomFor(seed, "lag");
  return Float32Array.from({ length }, () => random.normal());
};

test("a lag by hand, with its sign: the second is late by two samples of four a second", () => {
  const a = Float32Array.of(0, 0, 5, 0, 1, 0, 0, 0);
  const b = Float32Array.of(9, 9, 0, 0, 5, 0, 1, 0);
  const lag = lagBetween(a, b, 4, 0.75)!;
  assert.equal(lag.seconds, 0.5);
  assert.ok(Math.abs(lag.correlation - 1) < 1e-12);
  assert.equal(lagBetween(b, a, 4, 0.75)!.seconds, -0.5);
});

test("a delay in noise is found under gaps, and what is missing at every lag has none", () => {
  const a = noise(400, 1);
  const own = noise(400, 2);
  const b = Float32Array.from({ length: 400 }, (_, i) => (i < 7 ? own[i]! : a[i - 7]!) + own[i]!);
  for (let i = 50; i < 90; i++) b[i] = NaN;
  assert.equal(lagBetween(a, b, 10, 1)!.seconds, 0.7);
  assert.equal(lagBetween(a, new Float32Array(400).fill(NaN), 10, 1), undefined);
  assert.equal(lagBetween(a, new Float32Array(400), 10, 1), undefined, "a constant agrees with nothing");
});

test("recordings: a clock that is set back is found as late, by so much, in each segment", () => {
  const rateHz = 20;
  const both = noise(60 * rateHz, 3);
  const turned = (i: number): number[] => [both[i]!, 0, 0];
  const sequence = (values: (i: number) => number[]): Sequence => ({
    ...{ kind: "sequence", rateHz, channels: ["x", "y", "z"].map((name) => ({ name, unit: "m/s²" })) },
    seconds: Float64Array.from({ length: both.length }, (_, i) => i / rateHz),
    values: Float32Array.from(Array.from(both, (_, i) => values(i)).flat()),
  });
  const recording: Recording = {
    ...{ dataset: "lag", subject: "s", session: "s", space: { kind: "class", classes: ["a", "b"] } },
    // the second sensor is turned: its loudness is the same
    modalities: { hand: sequence(turned), chest: sequence((i) => [0, -both[i]! * 0.6, both[i]! * 0.8]) },
    segments: [
      { startSeconds: 0, endSeconds: 30, target: [0] },
      { startSeconds: 30, endSeconds: 60, target: [1] },
      { startSeconds: 60, endSeconds: 62, target: [1] }, // too short to tell
    ],
  };
  const options = { rateHz, mostSeconds: 1 };
  const told = (one: Recording) =>
    lagRows([one], ["hand", "chest"], options).map(({ class: label, seconds }) => [label, seconds]);
  assert.deepEqual(told(recording), [
    ["a", 0],
    ["b", 0],
  ]);
  assert.deepEqual(told(delayed(recording, "chest", 0.25)), [
    ["a", 0.25],
    ["b", 0.25],
  ]);
  assert.deepEqual(told(delayed(recording, "hand", 0.25))[0], ["a", -0.25]);
  assert.throws(() => loudness(recording, "head", recording.segments[0]!, rateHz), {
    message:
      "loudness: expected a sequence among [hand, chest], got head; name a sensor that samples over time",
  });
});
