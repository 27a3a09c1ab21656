import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { argmax } from "fusion";
import { calibrationError, reliability } from "fusion/dist/metrics/calibration-error";
import { softmax } from "fusion/dist/metrics/softmax";
import fixture from "../fixtures/calibration_metrics.json";

const close = (got: number, wanted: number): void =>
  assert.ok(Math.abs(got - wanted) <= fixture.tolerance.float64_atol, `${got} for ${wanted}`);

for (const { name, inputs, expected } of fixture.cases.filter(({ inputs }) => "logits" in inputs))
  test(`calibrationError agrees with numpy on "${name}", bin by bin`, () => {
    const { logits, labels } = inputs as { logits: number[][]; labels: number[] };
    const sure = logits.map((row) => Math.max(...softmax(row)));
    const right = logits.map((row, i) => (argmax(row) === labels[i] ? 1 : 0));
    close(calibrationError(sure, right), expected.ece_equal_width);
    close(sure.reduce((a, b) => a + b, 0) / sure.length, expected.mean_confidence!);
  });

test("a confidence on an edge belongs to the bin below it, and exactly 0 to none", () => {
  const bins = reliability([0, 0.25, 0.5, 0.500001, 1], [0, 1, 1, 0, 1], 4);
  assert.deepEqual(
    bins.map(({ count }) => count),
    [1, 1, 1, 1],
  );
  const edges = fixture.cases.find(({ name }) => name === "exact_edges_4_bins")!;
  const { confidence, correct } = edges.inputs as unknown as Record<string, number[]>;
  close(calibrationError(confidence!, correct!, 4), edges.expected.ece_equal_width);
});

test("by hand: two answers at 0.8, one of them right, are 0.3 too sure", () => {
  close(calibrationError([0.8, 0.8], [1, 0]), 0.3);
  assert.ok(Number.isNaN(calibrationError([], [])));
});

test("the error is at least what confidence and accuracy differ by altogether, and at most 1", () => {
  const answer = fc.tuple(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.integer({ min: 0, max: 1 }));
  fc.assert(
    fc.property(fc.array(answer, { minLength: 1 }), (answers) => {
      const sure = answers.map(([p]) => p);
      const right = answers.map(([, r]) => r);
      const mean = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0) / x.length;
      const error = calibrationError(sure, right);
      assert.ok(error >= Math.abs(mean(sure) - mean(right)) - 1e-12 && error <= 1);
    }),
    { seed: 1 },
  );
});

test("every confidence needs a verdict", () => {
  assert.throws(() => calibrationError([0.5], []), {
    message:
      "reliability: expected a verdict for each of 1 confidences, got 0; take both from the same windows",
  });
});
