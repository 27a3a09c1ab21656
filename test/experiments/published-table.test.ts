/** The published numbers agree with each other, digit for digit. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  publishedAccuracies,
  publishedConstants,
  type PublishedFusion,
  publishedImportance,
  publishedMeans,
  publishedSensors,
  publishedTable,
  publishedWindowCount,
} from "fusion/dist/experiments/published-table";

const fusions: readonly PublishedFusion[] = ["early", "late", "hybrid"];

/** As the report has them, by number of sensors. */
const means = {
  early: { accuracy: [0.576, 0.816, 0.917, 0.955], macroF1: [0.51, 0.783, 0.907, 0.95] },
  late: { accuracy: [0.563, 0.803, 0.911, 0.953], macroF1: [0.497, 0.771, 0.902, 0.95] },
  hybrid: { accuracy: [0.103, 0.19, 0.441, 0.961], macroF1: [0.023, 0.156, 0.436, 0.959] },
};
const reported = { early: 0.9550523, late: 0.9533368, hybrid: 0.9612284 };

test("the table has every set of sensors that is not empty, once", () => {
  const names = publishedTable.map(({ sensors }) => sensors.join("+"));
  assert.equal(new Set(names).size, 2 ** publishedSensors.length - 1);
  assert.deepEqual(Object.keys(publishedAccuracies("late")), names);
});

for (const fusion of fusions) {
  test(`${fusion}: means by number of sensors are the published ones`, () => {
    const got = publishedMeans(fusion);
    assert.deepEqual(
      got.map(({ accuracy }) => Number(accuracy.toFixed(3))),
      means[fusion].accuracy,
    );
    // of numbers that were themselves rounded to four digits
    got.forEach(({ macroF1 }, i) => assert.ok(Math.abs(macroF1 - means[fusion].macroF1[i]!) <= 0.00055));
  });

  test(`${fusion}: the accuracy with all sensors is the reported one`, () => {
    const all = publishedAccuracies(fusion)[publishedSensors.join("+")]!;
    assert.equal(Number(Math.fround(all).toFixed(7)), reported[fusion]); // it was a float32
  });

  test(`${fusion}: the published importances are what the published formula gives on the table`, () => {
    const meanWhere = (has: boolean, sensor: (typeof publishedSensors)[number]): number => {
      const rows = publishedTable.filter(({ sensors }) => sensors.includes(sensor) === has);
      return rows.reduce((sum, row) => sum + row[fusion].correct, 0) / rows.length / publishedWindowCount;
    };
    const raw = publishedSensors.map((sensor) => meanWhere(true, sensor) - meanWhere(false, sensor));
    const total = raw.reduce((sum, x) => sum + Math.abs(x), 0);
    publishedSensors.forEach((sensor, i) =>
      assert.equal(Number((raw[i]! / total).toFixed(6)), publishedImportance[fusion][sensor]),
    );
  });
}

test("a heart rate that never gets in: sets with and without it are equal in early and late, all but equal in hybrid", () => {
  const off = (fusion: PublishedFusion): number[] => {
    const accuracies = publishedAccuracies(fusion);
    return Object.keys(accuracies)
      .filter((name) => !name.includes("heart"))
      .map((name) => accuracies[`${name}+heart`]! - accuracies[name]!);
  };
  assert.deepEqual(off("early"), new Array(7).fill(0));
  assert.deepEqual(off("late"), new Array(7).fill(0));
  assert.ok(off("hybrid").some((x) => x !== 0) && off("hybrid").every((x) => Math.abs(x) < 0.025));
});

test("of heart rate alone early and late make walking of everything, hybrid lying: that F1 is 2p / (1 + p) / 12", () => {
  const [heart] = publishedTable.filter(({ sensors }) => sensors.join() === "heart");
  for (const fusion of fusions) {
    const correct = fusion === "hybrid" ? publishedConstants.lying : publishedConstants.walking;
    const p = correct / publishedWindowCount;
    assert.deepEqual(heart![fusion], { correct, macroF1: Number(((2 * p) / (1 + p) / 12).toFixed(4)) });
  }
});
