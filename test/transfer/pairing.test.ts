/** Who teaches whom: permutations that are ones, gates, class means, and a cache that forgets in order. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { randomFor } from "fusion";
import { cacheKey, folderCache, noCache } from "fusion/dist/transfer/cache";
import { gateBits } from "fusion/dist/transfer/gate";
import { classMeans, pairRows } from "fusion/dist/transfer/pairing";

/** Two sessions of 12 windows, half a second apart, in runs of three of a class. */
const windows = {
  count: 24,
  targets: Float32Array.from({ length: 24 }, (_, i) => Math.floor(i / 3) % 4),
  segment: Int32Array.from({ length: 24 }, (_, i) => Math.floor(i / 3)),
  segments: Array.from({ length: 8 }, (_, i) => ({
    subject: "1",
    session: i < 4 ? "a" : "b",
    target: [i % 4],
  })),
  startSeconds: Float64Array.from({ length: 24 }, (_, i) => 0.5 * (i % 12)),
  strideSeconds: 0.5,
};
const train = Int32Array.from({ length: 20 }, (_, i) => i + 2);
const labelOf = (row: number): number => windows.targets[train[row]!]!;
const rowsOf = (pairs: Int32Array): number[] => Array.from(train, (window) => pairs[window]!);

test("true pairs are themselves, and windows outside of training have none", () => {
  const pairs = pairRows(windows, train, { kind: "true" }, 1);
  assert.deepEqual(rowsOf(pairs), [...train.keys()]);
  assert.deepEqual([pairs[0], pairs[1], pairs[22], pairs[23]], [-1, -1, -1, -1]);
});

test("shuffles are permutations; within a class labels agree, with another class they never do", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const within = rowsOf(pairRows(windows, train, { kind: "shuffled within class" }, seed));
      const over = rowsOf(pairRows(windows, train, { kind: "shuffled over everything" }, seed));
      const other = rowsOf(pairRows(windows, train, { kind: "another class" }, seed));
      for (const rows of [within, over, other])
        assert.deepEqual(
          [...rows].sort((a, b) => a - b),
          [...train.keys()],
        );
      within.forEach((row, i) => assert.equal(labelOf(row), labelOf(i)));
      other.forEach((row, i) => assert.notEqual(labelOf(row), labelOf(i)));
    }),
    { seed: 1, numRuns: 50 },
  );
});

test("of a class larger than half, some have no window of another class", () => {
  const one = { ...windows, targets: windows.targets.map((_, i) => (i < 18 ? 0 : 1)) };
  const rows = rowsOf(pairRows(one, train, { kind: "another class" }, 1));
  assert.equal(rows.filter((row) => row >= 0).length, 8); // four of the small class each way
});

test("a shift pairs with a later window of the same session, and no further", () => {
  const rows = rowsOf(pairRows(windows, train, { kind: "shifted", strides: 2 }, 1));
  rows.forEach((row, i) => {
    const [here, there] = [train[i]!, row >= 0 ? train[row]! : -1];
    assert.equal(there, here % 12 < 10 && here + 2 < 22 ? here + 2 : -1);
  });
});

test("a share keeps so many true pairs", () => {
  const rows = rowsOf(pairRows(windows, train, { kind: "share", share: 0.25 }, 1));
  assert.equal(rows.filter((row, i) => row === i).length, 5);
  assert.equal(rows.filter((row) => row === -1).length, 15);
});

test("the gate is open where the source is right, the first of equal logits", () => {
  const logits = [Float32Array.of(2, 1), Float32Array.of(1, 1), Float32Array.of(0, 3)];
  assert.deepEqual([...gateBits(logits, [0, 1, 1])], [1, 0, 1]);
});

test("a class's mean is over its open windows; a class without any keeps its rows", () => {
  const rows = [[1, 2], [3, 4], [50, 60], [7, 8]].map((row) => Float32Array.from(row)); // prettier-ignore
  const means = classMeans(rows, [0, 0, 0, 1], [1, 1, 0, 0]).map((row) => [...row]);
  assert.deepEqual(means, [[2, 3], [2, 3], [2, 3], [7, 8]]); // prettier-ignore
});

test("a cache gives back the bytes, knows torn files, and forgets what was used longest ago", () => {
  const folder = mkdtempSync(join(tmpdir(), "fusion-cache-"));
  try {
    const random = randomFor(1, "cache");
    const tensors = [Float32Array.from({ length: 100 }, () => random.normal()), Float32Array.of(NaN, -0)];
    const cache = folderCache(folder, 1_500); // a file is some 560 bytes
    const [a, b, c] = ["a", "b", "c"].map((name) => cacheKey([name, { seed: 1 }]));
    cache.write(a!, tensors);
    cache.write(b!, tensors);
    assert.deepEqual(cache.read(a!), tensors);
    utimesSync(join(folder, `${b}.sealed`), 1, 1);
    cache.write(c!, tensors);
    assert.deepEqual([a, b, c].map((key) => cache.read(key!) !== undefined), [true, false, true]); // prettier-ignore
    cache.write(b!, [new Float32Array(1_000)]); // larger than the limit: not kept, and nothing is lost for it
    assert.equal(readdirSync(folder).length, 2);
    const file = join(folder, `${a}.sealed`);
    writeFileSync(file, readFileSync(file).subarray(0, -1));
    assert.equal(cache.read(a!), undefined);
    noCache.write(a!, tensors);
    assert.equal(noCache.read(a!), undefined);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
