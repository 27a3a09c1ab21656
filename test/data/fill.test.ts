import assert from "node:assert/strict";
import { test } from "node:test";
import { fillSegment, type Fill } from "fusion/dist/data/fill";

const filled = (fill: Fill, values: number[], channels = 1, rateHz = 10): number[] => {
  const array = Float32Array.from(values);
  fillSegment(array, channels, rateHz, fill);
  return Array.from(array);
};
const _ = NaN;

test("none leaves NaN, zero writes 0", () => {
  assert.deepEqual(filled({ kind: "none" }, [1, _, 2]), [1, _, 2]);
  assert.deepEqual(filled({ kind: "zero" }, [_, 1, _]), [0, 1, 0]);
});

test("hold repeats the latest value until it is too old, and never looks ahead", () => {
  const hold = { kind: "hold", maxAgeSeconds: 0.2 } as const; // 2 steps
  assert.deepEqual(filled(hold, [_, 1, _, _, _, 5, _]), [_, 1, 1, 1, _, 5, 5]);
});

test("linear joins both ends of a gap that is short enough, and invents nothing beyond the ends", () => {
  const linear = { kind: "linear", maxGapSeconds: 0.3 } as const; // 3 steps from number to number
  assert.deepEqual(filled(linear, [_, 1, _, _, 4, _, _, _, 8, _]), [_, 1, 2, 3, 4, _, _, _, 8, _]);
});

test("channels are filled each by itself", () => {
  const hold = { kind: "hold", maxAgeSeconds: 1 } as const;
  assert.deepEqual(filled(hold, [1, _, _, 20, 3, _], 2), [1, _, 1, 20, 3, 20]);
});
