/** Every trap has a number each way, and each number is what arithmetic or a second count says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type McaResult, type McaTrap, mcaTraps, sampledPasses } from "fusion";
import { answeredPublished, inputTraps } from "fusion/dist/experiments/mca-traps-input";
import { lossTraps } from "fusion/dist/experiments/mca-traps-loss";
import { networkTraps } from "fusion/dist/experiments/mca-traps-network";
import { scoreTraps } from "fusion/dist/experiments/mca-traps-scores";

const numbers = (traps: readonly McaTrap[], name: string): [number, number] => {
  const { published, corrected } = traps.find(({ trap }) => trap === name)!;
  return [published, corrected];
};
const near = (x: number, y: number, tolerance: number, what: string): void =>
  assert.ok(Math.abs(x - y) <= tolerance, `${what}: expected ${y}, got ${x}`);

test("traps of networks: bits move as published, and do not when corrected", () => {
  const traps = networkTraps();
  assert.deepEqual(numbers(traps, "Z1"), [4, 1]);
  const [ghost, none] = numbers(traps, "M6");
  assert.ok(ghost > 0.01 && none === 0);
  const [told, untold] = numbers(traps, "E3");
  assert.ok(told > 0.01 && untold < 5e-6); // a mean in another order: some roundings in each of two layers
  const [published, corrected] = numbers(traps, "M1");
  assert.ok(0 < published && published < corrected && corrected < 1, `${published}, ${corrected}`);
});

test("traps of the loss", () => {
  const traps = lossTraps();
  // by hand: ½ [CE + CE] of the products of the notes' A and B, and of those of 2 A and B
  const entropy = (rows: number[][]) =>
    rows.reduce((sum, row, i) => sum + Math.log(row.reduce((s, x) => s + Math.exp(x), 0)) - row[i]!, 0) / 3;
  const both = (s: number[][]) => (entropy(s) + entropy(s.map((_, j) => s.map((row) => row[j]!)))) / 2;
  const scores = [
    [1, 0.5, 0],
    [0, 1, 1],
    [1, 1.5, 1],
  ];
  near(both(scores), 0.956817, 1e-6, "the notes' number");
  const doubled = both(scores.map((row) => row.map((x) => 2 * x)));
  near(numbers(traps, "M2")[0], Math.abs(doubled - both(scores)), 1e-6, "M2");
  assert.ok(numbers(traps, "M2")[1] < 1e-6);
  const [moved, still] = numbers(traps, "M4");
  assert.ok(moved > 0.01 && still < 1e-6);
  // of 3000 samples; four deviations of a share
  const [any, whole] = [(1 - 0.6 ** 2) / (1 - 0.6 ** 4), 0.4 ** 2 / (1 - 0.6 ** 4)];
  near(numbers(traps, "M3")[0], any, 4 * Math.sqrt((any * (1 - any)) / 3000), "M3, any");
  near(numbers(traps, "M3")[1], whole, 4 * Math.sqrt((whole * (1 - whole)) / 3000), "M3, all");
  near(numbers(traps, "M7")[0], 0.6 ** 4, 4 * Math.sqrt((0.6 ** 4 * (1 - 0.6 ** 4)) / 3000), "M7");
  assert.equal(numbers(traps, "M7")[1], 0);
  assert.deepEqual(numbers(traps, "E1"), [0, 2]);
  assert.deepEqual(numbers(traps, "E2"), [4 * 3, 0]); // each modality is in three of six pairs
  assert.deepEqual(numbers(traps, "E5"), [8 + 28, sampledPasses(8, 8, 1).length]);
});

test("traps of inputs: another's values in the scaler, an identity of 0, dropout that drops nothing, a last batch", () => {
  const traps = inputTraps();
  const [leaked, own] = numbers(traps, "M10");
  assert.ok(leaked < -0.1 && Math.abs(own) < 1e-6);
  const [last, kept] = numbers(traps, "M11");
  assert.equal(last, 0);
  near(kept, 1, 1e-6, "M11");
  const [nothing, half] = numbers(traps, "M12");
  assert.equal(nothing, 0);
  near(half, 0.5, 4 * Math.sqrt(0.25 / (8 * 4 * 32)), "M12");
  assert.deepEqual(numbers(traps, "M13"), [16, 21]);
  assert.deepEqual([answeredPublished(20_923, 8), answeredPublished(2_325, 8)], [20_920, 2_320]);
});

const result = (p: number, accuracy: number): McaResult =>
  ({
    options: { method: "mca", missing: { kind: "at-random", p }, always: [], never: [] },
    tests: [{ p: 0.6, scores: { accuracy } }],
  }) as unknown as McaResult;

test("traps of scores, and the one that needs trainings", () => {
  const traps = scoreTraps([result(0, 0.25), result(0.6, 0.5)]);
  assert.deepEqual(numbers(traps, "M5"), [1, 0]);
  assert.deepEqual(numbers(traps, "M15"), [0.5, 0.25]);
  const [self, strangers] = numbers(traps, "E4");
  assert.ok(self > 0.5 && strangers <= 0.05, `${self}, ${strangers}`); // chance is 1 in 100
  assert.ok(!scoreTraps([]).some(({ trap }) => trap === "M15"));
  const order = "M1 M2 M3 M4 M5 M6 M7 M10 M11 M12 M13 M15 Z1 E1 E2 E3 E4 E5".split(" ");
  assert.deepEqual(
    mcaTraps([result(0, 0.25), result(0.6, 0.5)]).map(({ trap }) => trap),
    order,
  );
});
