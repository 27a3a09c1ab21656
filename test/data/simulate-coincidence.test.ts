/** The task of the knock: neither sensor alone is better than chance, and who knows the slot is right. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { gather } from "fusion/dist/data/gather";
import { coincidence, simulateCoincidence } from "fusion/dist/data/simulate-coincidence";
import { fitLogisticRegression, logisticProbabilities } from "fusion/dist/train/logistic-regression";

const { slots, slotSteps, patternsHz, rateHz } = coincidence;
const classes = patternsHz.length;
const steps = slots * slotSteps;
const options = { subjects: 6, windowsPerSubject: 250, seed: 1 };
const { windows, truth } = simulateCoincidence(options);
const labels = [...windows.targets];
const all = Int32Array.from(labels, (_, w) => w);
const signals = Object.fromEntries(windows.names.map((name) => [name, gather(windows, name, all).values]));

test("each window is a segment, with its truth beside it", () => {
  assert.equal(windows.count, options.subjects * options.windowsPerSubject);
  assert.equal(truth.length, windows.count);
  assert.deepEqual(windows.names, ["hand", "chest"]);
  for (let w = 0; w < windows.count; w++) {
    const { slot, arrangement, startSeconds, endSeconds } = truth[w]!;
    assert.equal(windows.segment[w], w);
    assert.equal(windows.tracks["hand"]!.offset[w], w * steps);
    assert.equal(labels[w], arrangement[slot]);
    assert.deepEqual([startSeconds, endSeconds], [slot * 0.64, (slot + 1) * 0.64]);
  }
});

test("the same seed gives the same windows, another seed others", () => {
  const again = simulateCoincidence(options);
  assert.equal(again.windows.hash, windows.hash);
  assert.deepEqual(again.truth, truth);
  assert.notEqual(simulateCoincidence({ ...options, seed: 2 }).windows.hash, windows.hash);
});

test("every order holds each class twice, so that the order alone says nothing about which slot counts", () => {
  for (const { arrangement } of truth)
    assert.deepEqual([...arrangement].sort(), [0, 0, 1, 1, 2, 2]);
});

test("slots and classes are independent and uniform", () => {
  const cells = new Array<number>(slots * classes).fill(0);
  truth.forEach(({ slot }, w) => cells[slot * classes + labels[w]!]!++);
  const expected = truth.length / cells.length;
  const chi = cells.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  assert.ok(chi < 40.8, `chi-square of 17 degrees of freedom is below 40.8 in 999 of 1,000 draws, got ${chi}`);
});

/** Log energy in each slot at each frequency, by Fourier's sum over one sensor's three axes: [frequency] for a slot. */
function energies(sensor: string, window: number, slot: number, frequencies: readonly number[]): number[] {
  const from = (window * steps + slot * slotSteps) * 3;
  return frequencies.map((hz) => {
    let energy = 1e-6;
    for (let axis = 0; axis < 3; axis++) {
      let [re, im] = [0, 0];
      for (let i = 0; i < slotSteps; i++) {
        const x = signals[sensor]![from + 3 * i + axis]!;
        re += x * Math.cos((2 * Math.PI * hz * i) / rateHz);
        im += x * Math.sin((2 * Math.PI * hz * i) / rateHz);
      }
      energy += re * re + im * im;
    }
    return Math.log(energy);
  });
}

const largest = (row: ArrayLike<number>): number => Array.from(row).indexOf(Math.max(...Array.from(row)));
const share = (right: readonly boolean[]): number => right.filter(Boolean).length / right.length;

test("who knows the slot reads the class off the chest's spectrum", () => {
  const right = truth.map(({ slot }, w) => largest(energies("chest", w, slot, patternsHz)) === labels[w]);
  assert.ok(share(right) > 0.98, `${share(right)}`);
});

test("the hand tells the slot, without being told", () => {
  const right = truth.map(({ slot }, w) => {
    const knock = Array.from({ length: slots }, (_, s) => energies("hand", w, s, [10])[0]!);
    return largest(knock) === slot;
  });
  assert.ok(share(right) > 0.98, `${share(right)}`);
});

/** Accuracy on subjects 5 and 6 of a logistic regression that learned from 1 to 4. */
function plugIn(features: (window: number) => number[]): number {
  const part = (test: boolean) => truth.flatMap((_, w) => (Number(windows.subject[w]) > 4 === test ? [w] : []));
  const table = (of: readonly number[]) => ({
    features: Float64Array.from(of.flatMap(features)),
    labels: of.map((w) => labels[w]!),
    classes,
  });
  const [train, asked] = [table(part(false)), table(part(true))];
  const probabilities = logisticProbabilities(fitLogisticRegression(train, { l2: 10 }), asked.features);
  const row = (i: number) => probabilities.subarray(i * classes, (i + 1) * classes);
  return share(asked.labels.map((label, i) => largest(row(i)) === label));
}

const everySlot = (sensor: string, w: number): number[] =>
  Array.from({ length: slots }, (_, s) => energies(sensor, w, s, [...patternsHz, 2, 10])).flat();

for (const sensor of ["hand", "chest"])
  test(`the ${sensor} alone, slot by slot, is at chance with people it has not seen`, () => {
    const accuracy = plugIn((w) => everySlot(sensor, w));
    // of 500 windows, a guess is right in 1/3 with a deviation of √(2/9 / 500) = 0.021
    assert.ok(Math.abs(accuracy - 1 / 3) < 3.3 * 0.0211, `${accuracy}`);
  });

test("what the chest did in the slot that the hand tells is enough, also for a plug-in classifier", () => {
  const accuracy = plugIn((w) => {
    const knock = Array.from({ length: slots }, (_, s) => energies("hand", w, s, [10])[0]!);
    return energies("chest", w, largest(knock), patternsHz);
  });
  assert.ok(accuracy > 0.95, `${accuracy}`);
});
