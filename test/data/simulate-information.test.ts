/** The simulator tells what it says that it tells, and nothing else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { informationCeiling, pearson, simulateInformation } from "fusion";
import { fitTokenScaler, scaleTokens } from "fusion/dist/data/token-data";
import { fitLogisticRegression, logisticProbabilities } from "fusion/dist/train/logistic-regression";

const data = simulateInformation({ samples: 900, seed: 1, noise: 0.5 });
const rows = Array.from({ length: data.count }, (_, i) => i);

/** Mean over tokens: the patterns of half of the tokens stay, whichever half it is. */
const means = (m: number): Float64Array => {
  const { values, tokens, width } = data.modalities[m]!;
  return Float64Array.from({ length: data.count * width }, (_, at) => {
    const [i, k] = [Math.floor(at / width), at % width];
    return rows.slice(0, tokens).reduce((sum, t) => sum + values[(i * tokens + t) * width + k]! / tokens, 0);
  });
};
/** Accuracy on the second half of a linear model of the first. */
function told(m: number, part: (label: number) => number, classes: number): number {
  const x = means(m);
  const width = x.length / data.count;
  const labels = Array.from(data.labels, part);
  const model = fitLogisticRegression({ features: x.slice(0, 450 * width), labels: labels.slice(0, 450), classes });
  const p = logisticProbabilities(model, x.slice(450 * width));
  const right = labels.slice(450).filter((label, i) => {
    const row = Array.from(p.subarray(i * classes, (i + 1) * classes));
    return row.indexOf(Math.max(...row)) === label;
  });
  return right.length / 450;
}

test("everybody tells the shared part, the first the private one, and nobody alone the synergy", () => {
  for (const m of [0, 1, 2, 3]) assert.ok(told(m, (c) => c >> 2, 3) > 0.8, `shared, ${m}`);
  assert.ok(told(0, (c) => (c >> 1) & 1, 2) > 0.8);
  // five standard errors of a coin thrown 450 times: 0.12
  for (const m of [1, 2, 3]) assert.ok(Math.abs(told(m, (c) => (c >> 1) & 1, 2) - 0.5) < 0.12, `private, ${m}`);
  for (const m of [0, 1, 2, 3]) assert.ok(Math.abs(told(m, (c) => c & 1, 2) - 0.5) < 0.12, `synergy, ${m}`);
});

test("the third and the fourth tell the factor, the first does not", () => {
  const best = (m: number): number => {
    const x = means(m);
    const width = x.length / data.count;
    const f = Array.from(data.factor!);
    return Math.max(...Array.from({ length: width }, (_, k) => Math.abs(pearson(rows.map((i) => x[i * width + k]!), f))));
  };
  assert.ok(best(2) > 0.2 && best(3) > 0.2, `${best(2)}, ${best(3)}`);
  assert.ok(best(0) < 5 / Math.sqrt(data.count));
});

test("ceilings follow from the parts, and the same seed gives the same samples", () => {
  assert.equal(informationCeiling(["first", "second", "third", "fourth"]), 1);
  assert.deepEqual([["first"], ["second", "third"], ["fourth"], []].map(informationCeiling), [1 / 2, 1 / 2, 1 / 4, 1 / 12]);
  assert.deepEqual(simulateInformation({ samples: 900, seed: 1, noise: 0.5 }).modalities[1]!.values, data.modalities[1]!.values);
});

test("statistics come from training rows, and what was not measured is 0 and not valid", () => {
  const modality = { name: "m", tokens: 2, width: 1, kind: "blocks", values: Float32Array.of(1, 10, 3, NaN, 100, 20) } as const;
  const scaler = fitTokenScaler(modality, [0, 1]);
  assert.deepEqual([[...scaler.mean], [...scaler.scale]], [[2, 10], [1, 1]]);
  const { values, validity } = scaleTokens(modality, scaler);
  assert.deepEqual([[...values], [...validity]], [[-1, 0, 1, 0, 10, 10], [1, 1, 1, 0, 1, 1]]);
});
