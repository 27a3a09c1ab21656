/** Windows without any measurement: answered by training's frequencies, and said so, once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Batch } from "fusion/dist/data/gather-batch";
import { fitScaler } from "fusion/dist/data/scaler";
import { answerUnheard, logFrequencies } from "fusion/dist/train/answer-unheard";
import { predictor } from "fusion/dist/train/predict";
import { problemFold, problemModel, problemWindows } from "./problem";

const windows = problemWindows();
const fold = problemFold(windows);
const prior = logFrequencies([0, 0, 1, 2], 3);

/** As a failed sensor, in the given places of each batch of 4. */
const silence =
  (places: readonly number[], what: "presence" | "validity") =>
  ({ inputs }: Batch): void => {
    for (const place of places) {
      if (what === "presence") inputs["presence"]!.values.fill(0, place * 2, (place + 1) * 2);
      else
        for (const name of windows.names)
          inputs[`${name}_validity`]!.values.fill(0, place * 16, (place + 1) * 16);
    }
  };

function wrapped() {
  const [said, own] = [[] as string[], predictor(problemModel(), fitScaler(windows, fold), 4)];
  return { said, own, predict: answerUnheard(own, prior, (message) => said.push(message)) };
}

test("the logits are logarithms of frequencies, and a class that training lacks is half a window", () => {
  assert.deepEqual(
    [...logFrequencies([0, 2, 2, 2], 3)],
    [Math.log(1 / 4), Math.log(1 / 8), Math.log(3 / 4)].map(Math.fround),
  );
});

for (const what of ["presence", "validity"] as const)
  test(`windows without any ${what} get the prior, the others what the model says`, async () => {
    const { said, own, predict } = wrapped();
    const indices = fold.test.slice(0, 10); // two batches of 4, and one of 2 that is filled up
    const edit = silence([1, 2], what);
    const [plain, answered] = [
      await own(windows, indices, { edit }),
      await predict(windows, indices, { edit }),
    ];
    assert.equal(answered.length, 10);
    answered.forEach((row, i) => assert.deepEqual(row, [1, 2].includes(i % 4) ? prior : plain[i], `${i}`));
    assert.deepEqual(said.length, 1);
    assert.match(said[0]!, /^predict: expected a measured step .* got none in 5 of 10; .* class frequencies/);
    await predict(windows, indices, { edit });
    assert.equal(said.length, 1, "said once");
  });

test("where something was measured everywhere it is silent and changes no bit", async () => {
  const { said, own, predict } = wrapped();
  const left = ({ inputs }: Batch): void => {
    inputs["presence"]!.values.forEach((_, i, values) => (values[i] = i % 2)); // "room" alone
  };
  assert.deepEqual(
    await predict(windows, fold.test, { edit: left }),
    await own(windows, fold.test, { edit: left }),
  );
  assert.deepEqual(said, []);
});

test("an interrupt passes through", async () => {
  const { predict } = wrapped();
  assert.equal(await predict(windows, fold.test, { signal: AbortSignal.abort() }), undefined);
});
