import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { accuracy, argmax, confusionMatrix, pooled } from "fusion/dist/metrics/confusion";
import { classScores, macroF1 } from "fusion/dist/metrics/macro-f1";

interface Case {
  readonly name: string;
  readonly inputs: { readonly logits?: number[][]; readonly labels: number[] };
  readonly expected: {
    readonly accuracy: number;
    readonly macro_f1: number;
    readonly confusion_matrix: number[][];
    readonly per_class: {
      support: number;
      predicted: number;
      precision: number;
      recall: number;
      f1: number;
    }[];
  };
}
const fixture = JSON.parse(readFileSync("test/fixtures/calibration_metrics.json", "utf8")) as {
  cases: Case[];
};

for (const { name, inputs, expected } of fixture.cases.filter((c) => c.inputs.logits))
  test(`confusion, accuracy and F1 agree with numpy and scikit-learn on "${name}"`, () => {
    const matrix = confusionMatrix(
      inputs.labels,
      inputs.logits!.map(argmax),
      expected.confusion_matrix.length,
    );
    assert.deepEqual(matrix, expected.confusion_matrix);
    const close = (got: number, want: number): void =>
      assert.ok(Math.abs(got - want) < 1e-9, `${got} for ${want}`);
    close(accuracy(matrix), expected.accuracy);
    classScores(matrix).forEach((score, c) =>
      (["support", "predicted", "precision", "recall", "f1"] as const).forEach((key) =>
        close(score[key], expected.per_class[c]![key]),
      ),
    );
    close(macroF1(matrix, "truth or prediction"), expected.macro_f1); // scikit-learn's
  });

test("over the truth alone, the fixture with absent classes has F1 of 0.5, 0.5, 0.5 and 0", () => {
  const { inputs } = fixture.cases.find((c) => c.name === "absent_classes_24x6")!;
  assert.equal(macroF1(confusionMatrix(inputs.labels, inputs.logits!.map(argmax), 6), "truth"), 1.5 / 4);
});

test("a class that was only guessed lowers scikit-learn's macro-F1 and leaves that over the truth", () => {
  // class 0: tp 2, one of three taken for class 2, so F1 = 2 · 2 / (3 + 2); class 1: 1 of 1; class 2 never true
  const matrix = confusionMatrix([0, 0, 0, 1], [0, 0, 2, 1], 4);
  assert.equal(macroF1(matrix, "truth"), (0.8 + 1) / 2);
  assert.equal(macroF1(matrix, "truth or prediction"), (0.8 + 1 + 0) / 3);
  assert.equal(accuracy(matrix), 0.75);
});

test("a constant guess has F1 2p / (1 + p) in its class and 0 in the others", () => {
  const matrix = confusionMatrix([0, 0, 1, 2], [0, 0, 0, 0], 3);
  assert.equal(macroF1(matrix, "truth"), (2 * 0.5) / 1.5 / 3);
});

test("matrices add up", () => {
  assert.deepEqual(pooled([confusionMatrix([0, 1], [0, 0], 2), confusionMatrix([1], [1], 2)]), [
    [1, 0],
    [1, 1],
  ]);
});

test("confusionMatrix names what does not fit", () => {
  assert.throws(() => confusionMatrix([0, 1], [0], 2), {
    message: /expected a prediction for each of 2 windows, got 1;/,
  });
  assert.throws(() => confusionMatrix([0], [2], 2), {
    message: "confusionMatrix: window 0: expected class ids below 2, got 0 and 2; use the ids of one space",
  });
  assert.throws(() => pooled([]), { message: /expected 1 or more matrices/ });
});
