import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { meanEntropy, normalisedEntropy } from "fusion/dist/metrics/attention-entropy";
import {
  windowsByClass,
  crossModalMatrix,
  attentionProfile,
  meanAttentionMap,
  keysByModality,
} from "fusion/dist/metrics/attention-summary";
import {
  openRows,
  validPairs,
  readEvenly,
  type WindowAttention,
  windowAttentions,
} from "fusion/dist/metrics/window-attention";
import { assertClose } from "../close";

/** Two tokens of the hand, one of the chest; two heads. In the second window the chest is absent. */
const modalities = ["hand", "hand", "chest"];
const walk: WindowAttention = {
  class: "walk",
  weights: [
    [
      [0.5, 0.25, 0.25],
      [0, 0, 1],
      [0.25, 0.75, 0],
    ],
    [
      [0, 0.5, 0.5],
      [1, 0, 0],
      [0, 1, 0],
    ],
  ],
  allowed: [
    [1, 1, 1],
    [1, 1, 1],
    [1, 1, 1],
  ],
};
const sit: WindowAttention = {
  class: "sit",
  weights: [
    [
      [1, 0, 0],
      [0.5, 0.5, 0],
      [0.3, 0.3, 0.3], // not there: whatever stands here is not read
    ],
    [
      [0.5, 0.5, 0],
      [0, 1, 0],
      [NaN, 0, 0],
    ],
  ],
  allowed: [
    [1, 1, 0],
    [1, 1, 0],
    [0, 0, 0],
  ],
};

test("the mean map of a head is over the windows in which a query is there", () => {
  assert.deepEqual(meanAttentionMap([walk, sit]), [
    [
      [0.75, 0.125, 0.125],
      [0.25, 0.25, 0.5],
      [0.25, 0.75, 0], // the chest of the first window alone
    ],
    [
      [0.25, 0.5, 0.25],
      [0.5, 0.5, 0],
      [0, 1, 0],
    ],
  ]);
  assert.deepEqual(meanAttentionMap([sit])[0]![2], [0, 0, 0]);
});

test("the mean of each class is the mean map of its windows", () => {
  const classes = windowsByClass([walk, sit, walk]);
  assert.deepEqual([...classes.keys()], ["walk", "sit"]);
  assert.equal(classes.get("walk")!.length, 2);
  assert.deepEqual(meanAttentionMap(classes.get("walk")!), walk.weights);
});

test("the cross-modal matrix says which share of its weight each modality gives to which", () => {
  // hand asks in 2 windows × 2 heads × 2 queries = 8 rows; the chest gets .25, 1, .5, 0 of the first window's four
  const shares = crossModalMatrix([walk, sit], modalities, modalities);
  assert.deepEqual(shares, [
    { query: "hand", key: "hand", weight: 6.25 / 8 },
    { query: "hand", key: "chest", weight: 1.75 / 8 },
    { query: "chest", key: "hand", weight: 1 }, // two rows, both of the first window
    { query: "chest", key: "chest", weight: 0 },
  ]);
  const alone = crossModalMatrix([sit], modalities, modalities);
  assert.deepEqual(alone, [
    { query: "hand", key: "hand", weight: 1 },
    { query: "hand", key: "chest", weight: 0 },
  ]);
});

test("read evenly, each modality gets its share of the allowed keys", () => {
  const shares = crossModalMatrix(readEvenly([walk, sit]), modalities, modalities);
  const [handHand, handChest, chestHand, chestChest] = shares.map(({ weight }) => weight);
  assertClose([handHand!, handChest!], [(4 * (2 / 3) + 4) / 8, 4 / 3 / 8], 1e-15);
  assertClose([chestHand!, chestChest!], [2 / 3, 1 / 3], 1e-15);
});

test("the profile is what each key receives; from one modality, if asked", () => {
  // ten rows: six of the first window, four of the second
  assertClose(attentionProfile([walk, sit]), [(1.75 + 2) / 10, (2.5 + 2) / 10, 1.75 / 10], 1e-15);
  assert.deepEqual(
    attentionProfile([walk], (query) => modalities[query] === "chest"),
    [0.125, 0.875, 0],
  );
  assert.deepEqual(
    attentionProfile([sit], (query) => query === 2),
    [0, 0, 0],
  );
});

test("entropy is 0 for one key that has all, 1 for even weights, and NaN where there is one key", () => {
  assert.equal(normalisedEntropy([1, 0, 0], [1, 1, 1]), 0);
  assertClose([normalisedEntropy([0.25, 0.25, 0.25, 0.25], [1, 1, 1, 1])], [1], 1e-15);
  // two of three keys allowed: even over them is 1
  assertClose([normalisedEntropy([0.5, 0, 0.5], [1, 0, 1])], [1], 1e-15);
  // -(¾ ln ¾ + ¼ ln ¼) / ln 2 = 2 - ¾ log₂ 3
  assertClose([normalisedEntropy([0.75, 0.25], [1, 1])], [2 - 0.75 * Math.log2(3)], 1e-15);
  assert.ok(Number.isNaN(normalisedEntropy([1, 0], [1, 0])));
  assert.ok(Number.isNaN(normalisedEntropy([0, 0], [0, 0])));
});

test("mean entropy of each head, over rows with a choice", () => {
  // head 1: rows of entropy 1.5 / log₂ 3, 0 and (2 - ¾ log₂ 3) / log₂ 3; then 0 and 1
  const log3 = Math.log2(3);
  assertClose(
    meanEntropy([walk, sit]),
    [(1.5 / log3 + (2 - 0.75 * log3) / log3 + 1) / 5, (1 / log3 + 1) / 5],
    1e-15,
  );
});

test("every summary of any weights keeps its sums", () => {
  const sizes = fc.tuple(...[1, 2, 3, 4].map(() => fc.integer({ min: 1, max: 4 })));
  const property = fc.property(
    sizes.chain(([windows, heads, queries, keys]) =>
      fc.array(
        fc.record({
          open: fc.array(fc.array(fc.constantFrom(0, 1), { minLength: keys!, maxLength: keys! }), {
            minLength: queries!,
            maxLength: queries!,
          }),
          score: fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), {
            minLength: heads! * keys!,
            maxLength: heads! * keys!,
          }),
        }),
        { minLength: windows!, maxLength: windows! },
      ),
    ),
    (drawn) => {
      const windows = drawn.map(({ open, score }): WindowAttention => {
        const keys = open[0]!.length;
        const weights = Array.from({ length: score.length / keys }, (_, h) =>
          open.map((row) => {
            const given = row.map((o, k) => o * score[h * keys + k]!);
            const sum = given.reduce((a, b) => a + b);
            return given.map((x) => (sum ? x / sum : 0));
          }),
        );
        return { class: "any", weights, allowed: open };
      });
      const isOne = (sum: number): boolean => Math.abs(sum - 1) < 1e-12;
      const total = (row: readonly number[]): number => row.reduce((a, b) => a + b, 0);
      const anyOpen = windows.some(({ allowed }) => allowed.flat().includes(1));
      for (const [q, row] of meanAttentionMap(windows)[0]!.entries())
        assert.ok(windows.some((w) => w.allowed[q]!.includes(1)) ? isOne(total(row)) : total(row) === 0);
      assert.ok(anyOpen ? isOne(total(attentionProfile(windows))) : total(attentionProfile(windows)) === 0);
      const names = (n: number): string[] => Array.from({ length: n }, (_, i) => `m${i % 2}`);
      const { allowed } = windows[0]!;
      const shares = crossModalMatrix(windows, names(allowed.length), names(allowed[0]!.length));
      for (const query of new Set(shares.map((s) => s.query)))
        assert.ok(isOne(total(shares.filter((s) => s.query === query).map((s) => s.weight))));
      for (const entropy of meanEntropy(windows))
        assert.ok(Number.isNaN(entropy) || (entropy > -1e-12 && entropy < 1 + 1e-12));
    },
  );
  fc.assert(property, { seed: 1, numRuns: 100 });
});

test("windows come from flat weights, row-major, and a mask from validities", () => {
  const weights = [walk, sit].flatMap((w) => w.weights.flat(2));
  const allowed = validPairs(
    [
      [1, 1, 1],
      [1, 1, 0],
    ],
    [
      [1, 1, 1],
      [1, 1, 0],
    ],
  );
  assert.deepEqual(windowAttentions(weights, [2, 2, 3, 3], allowed, ["walk", "sit"]), [walk, sit]);
  assert.throws(() => windowAttentions(weights, [2, 2, 3, 2], allowed, ["walk", "sit"]), {
    message:
      "windowAttentions: expected 24, 12, 2 weights, mask entries and classes, got 36, 18, 2; take them from one batch",
  });
});

test("weights on hidden keys are refused, and no windows, and missing names", () => {
  const leaky = { ...walk, allowed: walk.allowed.map(() => [1, 1, 0]) };
  assert.throws(() => openRows(leaky), {
    message:
      "openRows: head 0, query 0: expected weights that sum to 1 over the allowed keys, got 0.75; give the mask that the layer was given",
  });
  assert.throws(() => meanAttentionMap([]), {
    message: "meanAttentionMap: expected windows, got none; is this class among them?",
  });
  assert.throws(
    () => crossModalMatrix([walk], modalities, ["hand"]),
    /expected a modality for each of 3 queries and 3 keys, got 3 and 1/,
  );
});

test("keys taken together by modality give the same shares", () => {
  const weights = [
    [
      [0.1, 0.2, 0.3, 0.4],
      [0, 0, 0, 0],
    ],
  ];
  const allowed = [
    [1, 1, 1, 1],
    [0, 0, 0, 0],
  ];
  const [together] = keysByModality([{ class: "up", weights, allowed }], ["hand", "chest", "hand", "chest"]);
  assert.deepEqual(together!.allowed, [
    [1, 1],
    [0, 0],
  ]);
  together!.weights[0]![0]!.forEach((w, i) => assert.ok(Math.abs(w - [0.4, 0.6][i]!) < 1e-12));
  assert.deepEqual(together!.weights[0]![1], [0, 0]);
});
