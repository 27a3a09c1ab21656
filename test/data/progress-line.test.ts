import assert from "node:assert/strict";
import { test } from "node:test";
import { progressLine } from "fusion/dist/data/progress-line";
import fc from "fast-check";

test("a transfer in one line: how much, how fast, how long", () =>
  assert.equal(
    progressLine({ label: "download", bytes: 344.1e6, total: 688.2e6, bytesPerSecond: 12.3e6 }, 63),
    "download  [=====     ]  344.1 of 688.2 MB  12.3 MB/s  28 s left",
  ));

test("what is not known is not said", () => {
  assert.equal(progressLine({ label: "unpack", bytes: 5e6, total: NaN, bytesPerSecond: NaN }), "unpack  5.0 MB");
  const line = progressLine({ label: "download", bytes: 0, total: 1e6, bytesPerSecond: 0 });
  assert.match(line, /\] {2}0\.0 of 1\.0 MB {2}0\.0 MB\/s$/);
});

test("the line is never wider than told", () =>
  fc.assert(
    fc.property(fc.nat(2e9), fc.nat(1e9), fc.double({ min: 0, max: 1e9, noNaN: true }), fc.integer({ min: 20, max: 200 }), (total, bytes, bytesPerSecond, width) =>
      progressLine({ label: "download", bytes: Math.min(bytes, total), total, bytesPerSecond }, width).length <= width,
    ),
    { seed: 1 },
  ));
