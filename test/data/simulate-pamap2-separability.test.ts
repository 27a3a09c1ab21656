/** What the table says is what the signals do: alone, a sensor tells groups and never members; two together tell more. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { posturesOf, simulateActivity } from "fusion/dist/data/simulate-pamap2-activity";
import { simulateHeart } from "fusion/dist/data/simulate-pamap2-heart";
import { efforts } from "fusion/dist/data/simulate-pamap2-motions";
import { noiseTable } from "fusion/dist/data/simulate-pamap2-noise";
import { simulatedPerson } from "fusion/dist/data/simulate-pamap2-person";
import {
  groupOf,
  indistinguishable,
  type Sensor,
  separability,
  separabilityOf,
  type SimulatedActivity,
  simulatedActivities,
  synergies,
} from "fusion/dist/data/simulate-pamap2-separability";
import { type Random, randomFor } from "fusion/dist/random";
import { fitLogisticRegression, logisticProbabilities } from "fusion/dist/train/logistic-regression";

const sensors = ["hand", "chest", "ankle", "heart"] as const;
const people = 120;
const window = 512;
const table = noiseTable(randomFor(1, "table"));
const persons = Array.from({ length: people }, (_, p) => simulatedPerson(1, `${p}`, p % 9 === 7));

/** [row, 12] of each IMU; `chance` names the draws, which do not know the activity. */
function imusDuring(activity: SimulatedActivity, p: number, chance: string) {
  const randomOf = (...part: string[]): Random => randomFor(1, p, chance, ...part);
  const postures = posturesOf(activity, persons[p]!, randomOf);
  return simulateActivity(
    activity,
    window,
    0.5,
    persons[p]!,
    { from: postures, to: postures },
    table,
    randomOf,
  );
}

/** The strap's numbers in a window of 45 s of an activity that follows another one. */
function heartDuring(activity: SimulatedActivity, p: number): number[] {
  const random = randomFor(1, p, activity, "heart");
  const ask = (wanted: number): number => wanted * Math.exp(0.12 * random.normal());
  const before = simulatedActivities[random.integer(12)]!;
  const effort = new Float32Array(9_450)
    .fill(ask(efforts[groupOf("heart", before)]))
    .fill(ask(efforts.transient), 4_500)
    .fill(ask(efforts[groupOf("heart", activity)]), 4_950);
  const first = 4_950 + random.integer(4_500 - window);
  const beats = simulateHeart(effort, persons[p]!, table, random).subarray(first, first + window);
  return Array.from(beats).filter((b) => !Number.isNaN(b));
}

/** Mean, log deviation and log roughness: what a window tells about itself without regard to time. */
function summary(x: ArrayLike<number>): number[] {
  const values = Array.from(x);
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
  const steps = values.slice(1).reduce((sum, v, i) => sum + (v - values[i]!) ** 2, 0) / values.length;
  return [mean, Math.log(variance + 1e-6) / 2, Math.log(steps + 1e-6) / 2];
}

const channel = (samples: Float32Array, c: number): Float32Array =>
  samples.filter((_, i) => i % 12 === c);
/** acc16, gyro, mag */
const used = [0, 1, 2, 6, 7, 8, 9, 10, 11];

/** [person][activity] features of one window by sensor. */
const features = persons.map((_, p) =>
  Object.fromEntries(
    simulatedActivities.map((activity) => {
      const samples = imusDuring(activity, p, `${activity}`);
      const told = (imu: "hand" | "chest" | "ankle"): number[] =>
        used.flatMap((c) => summary(channel(samples[imu], c)));
      return [
        activity,
        { hand: told("hand"), chest: told("chest"), ankle: told("ankle"), heart: summary(heartDuring(activity, p)) },
      ];
    }),
  ),
);

/** Share of windows told right: half of the people teach, the other half are asked, and the other way round. */
function toldApart(sensor: Sensor, a: SimulatedActivity, b: SimulatedActivity): number {
  let right = 0;
  for (const half of [0, 1]) {
    const of = (parity: number): Float64Array =>
      Float64Array.from(
        features
          .filter((_, p) => p % 2 === parity)
          .flatMap((person) => [...person[a]![sensor], ...person[b]![sensor]]),
      );
    const labels = Array.from({ length: people }, (_, i) => i % 2);
    const model = fitLogisticRegression({ features: of(half), labels, classes: 2 }, { l2: 2, tolerance: 1e-3 });
    const p = logisticProbabilities(model, of(1 - half));
    labels.forEach((label, i) => (right += Number(p[2 * i + label]! > 0.5)));
  }
  return right / (2 * people);
}

// 240 independent windows: chance is 0.5 with a standard error of 0.032; 4 of them, since 38 pairs are looked at
const chance = 4 * Math.sqrt(0.25 / (2 * people));

for (const sensor of sensors)
  test(`${sensor} alone: chance inside a group, better across, clearly better where not marked weak`, () => {
    for (const a of simulatedActivities)
      for (const b of simulatedActivities.filter((other) => other > a)) {
        const share = toldApart(sensor, a, b);
        const said = `${sensor}: ${a} against ${b}: ${share.toFixed(2)}`;
        const expected = separabilityOf(sensor, a, b);
        if (expected === "none") assert.ok(Math.abs(share - 0.5) < chance, said);
        if (expected === "weak") assert.ok(share > 0.6 && share < 0.92, said);
        if (expected === "clear") assert.ok(share > 0.85, said);
      }
  });

test("given the same chance, members of a group give the same samples, byte for byte", () => {
  for (const imu of ["hand", "chest", "ankle"] as const)
    for (const members of Object.values(separability[imu].groups)) {
      const all: readonly SimulatedActivity[] = members;
      // a synergy gives its partner another phase or other bouts of the same distribution, so it is left out here
      const free = all.filter(
        (a) => imu === "ankle" || !synergies.some((s) => [...s.sensors].includes(imu as never) && [...s.activities].includes(a as never)),
      );
      for (const other of free.slice(1))
        assert.deepEqual(imusDuring(free[0]!, 3, "same")[imu], imusDuring(other, 3, "same")[imu]);
    }
});

const correlation = (x: Float32Array, y: Float32Array): number => {
  const mean = (v: Float32Array): number => v.reduce((sum, e) => sum + e, 0) / v.length;
  const [mx, my] = [mean(x), mean(y)];
  return x.reduce((sum, e, i) => sum + (e - mx) * (y[i]! - my), 0);
};

test("walking swings the arm with the ankle, Nordic walking against it", () => {
  const together = (activity: SimulatedActivity, p: number): boolean => {
    const { hand, ankle } = imusDuring(activity, p, `${activity}`);
    return correlation(channel(hand, 8), channel(ankle, 8)) > 0; // gyro z
  };
  const right = persons.filter((_, p) => together(4, p)).length + persons.filter((_, p) => !together(7, p)).length;
  assert.ok(right / (2 * people) > 0.9, `${right} of ${2 * people}`);
});

test("upstairs the chest is loud with the ankle, downstairs in turn", () => {
  const loudness = (imu: "chest" | "ankle", activity: 12 | 13, p: number): number =>
    summary(channel(imusDuring(activity, p, `${activity}`)[imu], 1))[1]!;
  const cases = persons.flatMap((_, p) => ([12, 13] as const).map((activity) => ({ p, activity })));
  const middle = (imu: "chest" | "ankle"): number =>
    cases.reduce((sum, { p, activity }) => sum + loudness(imu, activity, p), 0) / cases.length;
  const [chest, ankle] = [middle("chest"), middle("ankle")];
  const right = cases.filter(({ p, activity }) => {
    const alike = (loudness("chest", activity, p) - chest) * (loudness("ankle", activity, p) - ankle) > 0;
    return alike === (activity === 12);
  }).length;
  assert.ok(right / cases.length > 0.5 + chance, `${right} of ${cases.length}`);
});

test("each sensor's groups hold every activity once", () => {
  for (const sensor of sensors)
    assert.deepEqual(
      Object.values(separability[sensor].groups).flat().sort((a, b) => a - b),
      [...simulatedActivities],
    );
});

test("no sensor suffices, nor do three; all four tell everything", () => {
  const parts = (...present: Sensor[]): number => indistinguishable(present).length;
  assert.deepEqual([parts("hand"), parts("chest"), parts("ankle"), parts("heart"), parts()], [5, 6, 7, 4, 1]);
  assert.deepEqual([parts("hand", "chest"), parts("hand", "ankle"), parts("chest", "ankle")], [9, 10, 10]);
  assert.equal(parts("hand", "chest", "ankle", "heart"), 12);
  assert.ok(indistinguishable(["hand", "chest", "heart"]).some((part) => part.join() === "5,24"));
});
