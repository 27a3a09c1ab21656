import assert from "node:assert/strict";
import { test } from "node:test";
import type { Windows } from "fusion";
import { agreementOf, attentionWeights, type Asked } from "fusion/dist/experiments/agreement";
import { subsetsOf } from "fusion/dist/metrics/subsets";

const names = ["hand", "chest", "heart"];
const count = 400;
/** Even windows need the hand most, then the chest; odd ones the chest most, then the heart. */
const worthOf = (w: number): number[] => (w % 2 === 0 ? [0.4, 0.2, 0.1] : [0.1, 0.4, 0.2]);
const asked: Asked = {
  windows: {
    ...{ names, count, subject: Array.from({ length: count }, () => "1") },
    space: { kind: "class", classes: ["walk", "run"] },
    presence: new Uint8Array(3 * count).fill(1),
  } as unknown as Windows,
  indices: Int32Array.from({ length: count }, (_, w) => w),
  truth: Int32Array.from({ length: count }, (_, w) => w % 2),
  /** The true class's probability is 0.2 and what each sensor that is left adds to it. */
  subsets: subsetsOf(names).map((present) => {
    const test = Array.from({ length: count }, (_, w) => {
      const p = present.reduce((sum, name) => sum + worthOf(w)[names.indexOf(name)]!, 0.2);
      const row = [Math.log(1 - p), Math.log(p)];
      return Float32Array.from(w % 2 === 1 ? row : row.reverse());
    });
    return { present, test, calibration: [] };
  }),
};
const named = (row: readonly number[]): Record<string, number> =>
  Object.fromEntries(names.map((n, i) => [n, row[i]!]));
const weights = (rowOf: (w: number) => number[]) => {
  const each = Array.from({ length: count }, (_, w) => named(rowOf(w)));
  return { of: "attention" as const, weights: each, even: each.map(() => named([1 / 3, 1 / 3, 1 / 3])) };
};
const near = (got: number | null, wanted: number, within: number): void =>
  assert.ok(Math.abs(got! - wanted) <= within, `${got} for ${wanted}`);

test("weights that follow the worth of each window agree with it, those of another window less, dealt out not at all", () => {
  const { ranks, sensors } = agreementOf(
    weights((w) => worthOf(w).map((x) => x / 0.7)),
    asked,
  );
  assert.deepEqual(
    ranks.map(({ worth, kendall }) => [worth, kendall]),
    [
      ["occlusion", 1],
      ["shapley", 1],
    ],
  );
  for (const { otherWindow, permuted } of ranks) {
    // the other order has 1 of 3 pairs alike, so −1/3; half of the windows meet it: 1/3, scattered by 2/3 / √n
    near(otherWindow, 1 / 3, (4 * (2 / 3)) / Math.sqrt(count));
    near(permuted, 0, (4 * 0.65) / Math.sqrt(count)); // the six orders of three have τ of deviation √(11/27)
  }
  const hand = sensors.find((row) => row.class === "walk" && row.sensor === "hand")!;
  near(hand.weight, 4 / 7, 1e-9);
  // worth is additive here, so that both kinds of it are what was put in; float32 logits
  near(hand.occlusion, 0.4, 1e-6);
  near(hand.shapley, 0.4, 1e-6);
});

test("a habit that is the same in all windows agrees as much with another window's worth", () => {
  const { ranks } = agreementOf(
    weights(() => [0.5, 0.3, 0.2]),
    asked,
  );
  for (const { kendall, otherWindow } of ranks) assert.equal(kendall, otherWindow);
});

test("a model that weighs all alike tells nothing apart: null, not 0", () => {
  const { ranks } = agreementOf(
    weights(() => [1 / 3, 1 / 3, 1 / 3]),
    asked,
  );
  assert.deepEqual(
    ranks.map(({ kendall, permuted }) => [kendall, permuted]),
    [
      [null, null],
      [null, null],
    ],
  );
});

test("a sensor that a window lacks is not ranked in it", () => {
  const presence = new Uint8Array(3 * count).fill(1).map((flag, i) => (i % 3 === 0 ? 0 : flag)); // no hand
  const lacking = { ...asked, windows: { ...asked.windows, presence } };
  const found = agreementOf(
    weights((w) => (w % 2 === 0 ? [9, 2, 1] : [9, 4, 2])),
    lacking,
  );
  for (const { kendall } of found.ranks) assert.equal(kendall, 1);
});

test("attention is summed by sensor, in the mean over the heads and queries that are there", () => {
  const window = {
    class: "walk",
    weights: [
      [
        [0.5, 0.25, 0.25],
        [0, 0, 0],
      ],
      [
        [0.1, 0.2, 0.7],
        [0, 0, 0],
      ],
    ],
    allowed: [
      [1, 1, 1],
      [0, 0, 0],
    ],
  };
  const { weights: found, even } = attentionWeights({
    windows: [window],
    modality: ["hand", "hand", "chest"],
  });
  near(found[0]!["hand"]!, (0.75 + 0.3) / 2, 1e-12);
  near(found[0]!["chest"]!, (0.25 + 0.7) / 2, 1e-12);
  near(even[0]!["hand"]!, 2 / 3, 1e-12);
});
