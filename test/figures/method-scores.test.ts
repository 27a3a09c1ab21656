import assert from "node:assert/strict";
import { test } from "node:test";
import { methodScoresFigure } from "fusion";

const layersWith = (people: number): number => {
  const bySubject = Object.fromEntries(Array.from({ length: people }, (_, i) => [`${i}`, i % 2]));
  const row = { method: "late", kind: "fusion", mean: 0.5, lower: 0.4, upper: 0.6, bySubject };
  return (methodScoresFigure([row], "accuracy", 0.5) as unknown as { layer: unknown[] }).layer.length;
};

test("each person is a ring, unless rings of many would hide one another", () => {
  assert.equal(layersWith(40), 5);
  assert.equal(layersWith(41), 4);
});
