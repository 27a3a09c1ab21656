import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { gatherBatch } from "fusion/dist/data/gather-batch";
import { fitScaler } from "fusion/dist/data/scaler";
import { statisticsBatch, statisticsWindows } from "fusion/dist/data/statistics-windows";
import { statisticNames, windowStatistics } from "fusion/dist/data/window-statistics";
import { problemFold, problemWindows } from "../train/problem";

const width = statisticNames.length;

function statisticsOf(values: readonly number[], validity: readonly number[]) {
  const channels = values.length / validity.length;
  const into = new Float32Array(channels * width).fill(7);
  const observed = new Float32Array(channels * width).fill(7);
  windowStatistics(Float32Array.from(values), Float32Array.from(validity), into, observed);
  const named = (channel: number) =>
    Object.fromEntries(statisticNames.map((name, i) => [name, into[channel * width + i]]));
  return { named, into, observed: [...observed] };
}

test("a window's statistics by hand: valid steps count, and pairs of neighbours that are both valid", () => {
  // second channel: ten times the first, turned around; the invalid step holds what must not be read
  const first = [1, 3, 2, NaN, 6, 4];
  const values = first.flatMap((x) => [x, -10 * x]);
  const { named, observed } = statisticsOf(values, [1, 1, 1, 0, 1, 1]);
  const squares = [2.2, 0.2, 1.2, 2.8, 0.8].reduce((sum, d) => sum + d * d, 0); // about 16 / 5
  const expected = {
    mean: 3.2,
    deviation: Math.sqrt(squares / 5),
    minimum: 1,
    "lower quartile": 2, // the second of five
    median: 3,
    "upper quartile": 4,
    maximum: 6,
    step: Math.sqrt((4 + 1 + 4) / 3), // 1→3, 3→2, 6→4
    crossings: 0, // 1, 3, 2 stay below 3.2, and 6, 4 above
  };
  assert.deepEqual(named(0), Object.fromEntries(Object.entries(expected).map(([k, x]) => [k, Math.fround(x)])));
  assert.equal(named(1)["minimum"], -60);
  assert.equal(named(1)["lower quartile"], -40);
  assert.deepEqual(new Set(observed), new Set([1]));
});

test("quartiles lie between order statistics, crossings are counted where neighbours lie on either side", () => {
  const { named } = statisticsOf([0, 1, 0, 1], [1, 1, 1, 1]);
  assert.equal(named(0)["crossings"], 1);
  assert.equal(named(0)["lower quartile"], 0);
  assert.equal(named(0)["upper quartile"], 1);
  assert.equal(named(0)["median"], 0.5);
  assert.equal(statisticsOf([1, 2, 3, 4], [1, 1, 1, 1]).named(0)["lower quartile"], 1.75); // numpy.quantile
});

test("nothing valid: zeros, and nothing observed; one step: no pair", () => {
  const none = statisticsOf([NaN, NaN], [0, 0]);
  assert.deepEqual([...none.into], Array.from({ length: width }, () => 0));
  assert.deepEqual(new Set(none.observed), new Set([0]));
  const one = statisticsOf([NaN, 5], [0, 1]);
  assert.deepEqual(one.observed, [1, 1, 1, 1, 1, 1, 1, 0, 0]);
  assert.equal(one.named(0)["maximum"], 5);
  assert.equal(one.named(0)["step"], 0);
});

test("what an invalid step holds changes nothing", () => {
  const step = fc.record({
    x: fc.float({ noNaN: true, noDefaultInfinity: true, min: -9, max: 9 }),
    valid: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), fc.constantFrom(NaN, Infinity, 1e30), (steps, junk) => {
      const validity = steps.map(({ valid }) => (valid ? 1 : 0));
      const of = (hidden: number) => statisticsOf(steps.map(({ x, valid }) => (valid ? x : hidden)), validity);
      const [a, b] = [of(junk), of(0)];
        assert.deepEqual([a.into, a.observed], [b.into, b.observed]);
    }),
    { numRuns: 200 },
  );
});

test("a modality whose presence is 0 is not read", () => {
  const windows = problemWindows(["s1"]);
  const scaler = fitScaler(windows, { train: Int32Array.of(0, 1) });
  const batch = () => gatherBatch(windows, [0, 40], { scaler });
  const taken = batch();
  taken.inputs["presence"]!.values[0] = 0; // window 0 lacks arm
  taken.inputs["arm_values"]!.values.fill(NaN, 0, 32);
  const [whole, part] = [statisticsBatch(batch(), windows.names), statisticsBatch(taken, windows.names)];
  assert.deepEqual(part.inputs["arm_values"]!.shape, [2, 2 * width]);
  assert.ok(part.inputs["arm_values"]!.values.subarray(0, 2 * width).every((x) => x === 0));
  assert.ok(part.inputs["arm_validity"]!.values.subarray(0, 2 * width).every((x) => x === 0));
  assert.deepEqual(part.inputs["arm_values"]!.values.slice(2 * width), whole.inputs["arm_values"]!.values.slice(2 * width));
  assert.deepEqual(part.inputs["room_values"], whole.inputs["room_values"]);
});

test("windows as vectors hold the same numbers as their batches, and know of no other window", () => {
  const windows = problemWindows();
  const { train } = problemFold(windows);
  const scaler = fitScaler(windows, { train });
  const vectors = statisticsWindows(windows, scaler, train);
  const [direct] = [statisticsBatch(gatherBatch(windows, train, { scaler }), windows.names)];
  const gathered = gatherBatch(vectors, train);
  for (const name of ["arm_values", "arm_validity", "room_values", "presence"])
    assert.deepEqual(gathered.inputs[name], direct.inputs[name]);
  const other = windows.subject.indexOf("s4");
  assert.ok(gatherBatch(vectors, [other]).inputs["arm_validity"]!.values.every((x) => x === 0));
  const { arm } = vectors.tracks;
  assert.ok(arm?.kind === "vector" && arm.features[width + 1]!.name === "c1, deviation");
});
