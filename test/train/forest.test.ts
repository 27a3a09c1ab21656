import assert from "node:assert/strict";
import { test } from "node:test";
import { randomFor } from "fusion/dist/random";
import { binned } from "fusion/dist/train/forest-bins";
import { fitForest, forestProbabilities, forestSize, type ForestExamples } from "fusion/dist/train/forest";

/** Class 1 where exactly one of two features is positive; three more features say nothing. */
function either(examples: number, seed: number): ForestExamples {
  const random = randomFor(seed, "either");
  const rows = Array.from({ length: examples }, () =>
    Float32Array.from({ length: 5 }, () => random.normal()),
  );
  return { rows, labels: rows.map((row) => (row[0]! > 0 !== row[1]! > 0 ? 1 : 0)), classes: 2 };
}

const accuracy = (forest: ReturnType<typeof fitForest>, { rows, labels }: ForestExamples): number =>
  rows.filter((row, i) => (forestProbabilities(forest, row)[1]! > 0.5 ? 1 : 0) === labels[i]).length /
  rows.length;

test("bins: few values have an edge between any two, many have quantiles, and a value falls where a split sends it", () => {
  const few = binned([3, 1, 2, 2].map((x) => Float32Array.of(x)));
  assert.deepEqual([...few.edges[0]!], [1.5, 2.5]);
  assert.deepEqual([...few.columns[0]!], [2, 0, 1, 1]);
  const column = Array.from({ length: 1000 }, (_, i) => Float32Array.of(i ** 2));
  const many = binned(column);
  assert.equal(many.edges[0]!.length, 63);
  const sizes = Array.from({ length: 64 }, (_, bin) => many.columns[0]!.filter((b) => b === bin).length);
  assert.ok(
    sizes.every((n) => n === 15 || n === 16),
    `${sizes.join()}`,
  ); // 1000 / 64 = 15.6
  column.forEach((row, i) => {
    const bin = many.columns[0]![i]!;
    assert.ok(bin === 63 || row[0]! <= many.edges[0]![bin]!);
    assert.ok(bin === 0 || row[0]! > many.edges[0]![bin - 1]!);
  });
  assert.throws(() => binned([Float32Array.of(NaN)]), /fitForest: expected numbers, got NaN in feature 0/);
});

test("one feature, two classes apart: each tree is one split in the middle", () => {
  const rows = [0, 1, 2, 10, 11, 12].map((x) => Float32Array.of(x));
  const forest = fitForest({ rows, labels: [0, 0, 0, 1, 1, 1], classes: 2 }, { trees: 30, leaf: 1, seed: 1 });
  for (const { feature, threshold } of forest.trees.filter(({ shares }) => shares.length === 2)) {
    assert.deepEqual(feature, [0, -1, -1]);
    assert.ok(threshold[0]! >= 1 && threshold[0]! < 11);
  }
  const p = forestProbabilities(forest, Float32Array.of(1));
  assert.ok(Math.abs(p[0]! + p[1]! - 1) < 1e-12);
  assert.ok(p[0]! > 0.9 && p[1]! > 0); // never 0: one more tree knows nothing
});

test("a forest learns what no single feature shows, and the same seed grows the same trees", () => {
  const [train, other] = [either(400, 1), either(400, 2)];
  const options = { trees: 40, leaf: 1, seed: 1 };
  const forest = fitForest(train, options);
  assert.ok(accuracy(forest, other) > 0.85, `${accuracy(forest, other)}`);
  assert.deepEqual(fitForest(train, options), forest);
  assert.notDeepEqual(fitForest(train, { ...options, seed: 2 }), forest);
});

test("no leaf is smaller than allowed: a larger least leaf makes a smaller forest", () => {
  const train = either(200, 1);
  const [fine, coarse] = [1, 20].map((leaf) => fitForest(train, { trees: 10, leaf, seed: 1 }));
  assert.ok(forestSize(coarse!) < forestSize(fine!) / 2);
  // a share of a leaf of n examples is a multiple of 1/n, and n is 20 at least: none lies between 0 and 1/200
  const whole = fitForest(train, { trees: 5, leaf: 101, seed: 1 });
  assert.ok(
    whole.trees.every(({ feature }) => feature.length === 1),
    "two leaves of 101 do not fit into 200",
  );
  const { trees } = fitForest(train, { trees: 10, leaf: 100, seed: 1 });
  assert.ok(trees.every(({ feature }) => feature.length <= 3));
});
