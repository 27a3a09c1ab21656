import assert from "node:assert/strict";
import { test } from "node:test";
import { cutWindows } from "fusion/dist/data/cut-windows";
import { gather } from "fusion/dist/data/gather";
import { gatherBatch } from "fusion/dist/data/gather-batch";
import type { Sequence } from "fusion/dist/data/recording";
import { recording, sequence } from "./tiny";

const _ = NaN;
const pair: Sequence = {
  kind: "sequence",
  channels: [{ name: "x", unit: "1" }, { name: "y", unit: "1" }],
  rateHz: 1,
  seconds: Float64Array.from([0, 1, 2, 3]),
  values: Float32Array.from([1, 10, 2, _, _, _, 4, 40]), // [sample, channel]
};
const options = { lengthSeconds: 2, strideSeconds: 1 };
const windows = cutWindows([recording("1", [[0, 4, 0]], { modalities: { pair, one: sequence([5, 6, 7, 8], 1) } })], options);
const scaler = {
  pair: { mean: [1, 10], deviation: [2, 10], count: [1, 1] },
  one: { mean: [5], deviation: [1], count: [1] },
};

test("a sample is valid where all its channels were measured; elsewhere a model reads 0", () => {
  const { values, validity } = gather(windows, "pair", [2, 0]);
  assert.deepEqual(Array.from(values), [0, 0, 4, 40, 1, 10, 0, 0]); // window 2 is samples 2 and 3
  assert.deepEqual(Array.from(validity), [0, 1, 1, 0]);
  assert.deepEqual(Array.from(gather(windows, "pair", [2, 0], { invalid: "keep" }).values), [_, _, 4, 40, 1, 10, 2, _]);
});

test("scaling is (x - mean) / deviation, and what is invalid is 0 after it", () => {
  assert.deepEqual(Array.from(gather(windows, "pair", [0, 2], { scaler }).values), [0, 0, 0, 0, 0, 0, 1.5, 3]);
  assert.deepEqual(Array.from(windows.tracks["pair"]!.values), Array.from(pair.values), "the track itself stays");
});

test("a held sample is readable unless the caller refuses", () => {
  const held = cutWindows([recording("1", [[0, 4, 0]], { modalities: { pair } })], {
    ...options,
    fill: { pair: { kind: "hold", maxAgeSeconds: 1 } },
  });
  const { values, validity } = gather(held, "pair", [1]);
  assert.deepEqual([Array.from(values), Array.from(validity)], [[2, 10, 0, 0], [1, 0]]);
  const strict = gather(held, "pair", [1], { filled: "invalid" });
  assert.deepEqual([Array.from(strict.values), Array.from(strict.validity)], [[0, 0, 0, 0], [0, 0]]);
});

test("a batch has the model's inputs by name, with their axes, and its targets", () => {
  const { inputs, targets } = gatherBatch(windows, [1, 2, 0], { scaler });
  assert.deepEqual(
    Object.entries(inputs).map(([name, { shape }]) => [name, shape]),
    [
      ["pair_values", [3, 2, 2]],
      ["pair_validity", [3, 2]],
      ["one_values", [3, 2, 1]],
      ["one_validity", [3, 2]],
      ["presence", [3, 2]],
    ],
  );
  assert.deepEqual(Array.from(inputs["one_values"]!.values), [1, 2, 2, 3, 0, 1]);
  assert.deepEqual(Array.from(inputs["presence"]!.values), [0, 1, 1, 1, 1, 1]); // window 1: samples 1 and 2 lack y or both
  assert.deepEqual([targets.shape, Array.from(targets.values)], [[3, 1], [0, 0, 0]]);
});

test("a reused batch holds the same numbers in the same arrays", () => {
  const first = gatherBatch(windows, [0, 1], { scaler });
  const again = gatherBatch(windows, [1, 2], { scaler }, first);
  assert.equal(again.inputs["pair_values"]!.values, first.inputs["pair_values"]!.values);
  assert.equal(again.inputs["presence"]!.values, first.inputs["presence"]!.values);
  assert.deepEqual(again, gatherBatch(windows, [1, 2], { scaler }));
  assert.notEqual(gatherBatch(windows, [1], { scaler }, first).inputs["pair_values"]!.values, first.inputs["pair_values"]!.values);
});

test("gather names an unknown modality and a window that is not there", () => {
  assert.throws(() => gather(windows, "heart", [0]), { message: "gather: expected one of [pair, one], got heart; name it when cutting windows" });
  assert.throws(() => gather(windows, "one", [3]), { message: "gather: expected window numbers below 3, got 3; use a fold of these windows" });
});
