/** A verdict on a result that was computed again: nothing may move on the same engine, scores a little on another. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Result } from "fusion/dist/experiments/result";
import { differingFields, reproduced, scoreTolerance } from "fusion/dist/experiments/reproduced";
import { madeResult } from "./made-results";

const made = (right: number, changes: Partial<Result> = {}): Result => ({
  ...madeResult({
    presetName: "early-conv",
    subject: "101",
    accuracy: (set) => (set.length === 0 ? 0.2 : right),
  }),
  ...changes,
});
const committed = made(0.5);
const otherEngine = { ...committed.engine, name: "wasm" } as const;

test("the same bytes are equal; another key and code are the code's affair", () => {
  const again = reproduced(committed, made(0.5, { key: "other", code: "other" }));
  assert.deepEqual([again.verdict, again.sameEngine, again.differing], ["equal", true, []]);
  assert.ok(again.numbers.every(({ tolerance, verdict }) => tolerance === 0 && verdict === "equal"));
});

test("on the same engine one window more is another result, and the fields say where", () => {
  const again = reproduced(committed, made(0.6));
  assert.equal(again.verdict, "different");
  assert.ok(again.differing.includes("pooled.accuracy"));
  const loss = reproduced(committed, made(0.5, { negativeLogLikelihood: 0.5 + 1e-16 + 1e-15 }));
  assert.deepEqual([loss.verdict, loss.differing], ["different", ["negativeLogLikelihood"]]);
});

test("on another engine scores may differ as those of two trainings do", () => {
  assert.ok(Math.abs(scoreTolerance(0.5, 10) - 1.96 * Math.sqrt(0.05)) < 1e-12); // 0.438
  const on = (right: number): string => reproduced(committed, made(right, { engine: otherEngine })).verdict;
  assert.deepEqual([0.5, 0.6, 0.9, 1].map(on), [
    ...["within tolerance", "within tolerance"],
    ...["within tolerance", "different"],
  ]);
});

test("what no rounding explains is different on any engine", () => {
  const again = reproduced(committed, made(0.5, { engine: otherEngine, parameters: 8 }));
  assert.deepEqual([again.verdict, again.differing], ["different", ["parameters"]]);
});

test("fields that differ are named by their paths, in lists too, also where one side lacks them", () => {
  const [a, b] = [
    { x: 1, list: [{ y: 1 }, { y: 2 }], same: null },
    { x: 1, list: [{ y: 1 }, { y: 3 }], same: null, more: 0 },
  ];
  assert.deepEqual(differingFields(a, b), ["list.1.y", "more"]);
});
