/** What an encoder's structure says it sees, against what it sees. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { convConvolutions, convEncoder } from "fusion/dist/encoders/conv";
import type { EncoderFactory } from "fusion/dist/encoders/encoder";
import { type Convolution, receptiveField, stepsSeen } from "fusion/dist/encoders/receptive-field";
import { tcnConvolutions, tcnEncoder } from "fusion/dist/encoders/tcn";

const [channels, dim] = [2, 12];

/** For each token the steps whose change changes it, in windows that are open throughout. */
function stepsThatCount(build: EncoderFactory, time: number): number[][] {
  const [values, validity] = [tf.input({ shape: [time, channels] }), tf.input({ shape: [time] })];
  const encoded = build({ modality: "m", time, channels, dim, seed: 1 })(values, validity);
  const tokenCount = encoded.tokens.shape[1]!;
  const model = tf.model({ inputs: [values, validity], outputs: encoded.tokens });
  const rows = tf.range(0, time).reshape([time, 1, 1]);
  const at = tf.equal(rows, rows.reshape([1, time, 1])).cast("float32"); // [window, time, 1]: window w is changed in step w
  const count = Array.from({ length: tokenCount }, () => new Set<number>());
  // in one window a rectifier may hide the last step of a field; not in all
  for (let seed = 0; seed < 5; seed++) {
    const window = tf.randomNormal([1, time, channels], 0, 1, "float32", seed);
    // the same place in a batch, since the last rows of a product may be rounded otherwise
    const [plain, changed] = [window.tile([time, 1, 1]), window.add(at.mul(3))].map((windows) =>
      (model.predict([windows, tf.ones([time, time])]) as tf.Tensor3D).arraySync(),
    );
    for (let step = 0; step < time; step++)
      count.forEach((steps, token) => {
        if (changed![step]![token]!.some((x, i) => x !== plain![step]![token]![i])) steps.add(step);
      });
  }
  model.dispose();
  return count.map((steps) => [...steps].sort((a, b) => a - b));
}

const small = { blocks: 3, kernelSize: 3, stepsPerToken: 2 };
const cases: readonly [string, EncoderFactory, readonly Convolution[]][] = [
  ["conv", convEncoder, convConvolutions],
  ["tcn", tcnEncoder(small), tcnConvolutions(small)],
  ["causal tcn", tcnEncoder({ ...small, causal: true }), tcnConvolutions({ ...small, causal: true })],
  [
    "tcn, a token for each step",
    tcnEncoder({ ...small, stepsPerToken: 1, kernelSize: 2, causal: true }),
    tcnConvolutions({ ...small, stepsPerToken: 1, kernelSize: 2, causal: true }),
  ],
];

for (const [name, build, convolutions] of cases)
  for (const time of [64, 61])
    test(`${name}: exactly the steps that its structure names move a token, ${time} steps`, () => {
      stepsThatCount(build, time).forEach((steps, token) => {
        const { first, last } = stepsSeen(convolutions, time, token);
        assert.deepEqual(
          steps,
          Array.from({ length: last - first + 1 }, (_, i) => first + i),
          `token ${token}`,
        );
      });
    });

test("the field is as wide as a token in the middle of a long window sees, and the two of the registry are known", () => {
  // by hand: 1 + 4 · (1 + 2 + 4) = 29, and 4 + 4 · 2 · 2 · (1 + 2 + 4 + 8) = 244
  assert.equal(receptiveField(convConvolutions), 29);
  assert.equal(receptiveField(tcnConvolutions({})), 244);
  assert.equal(receptiveField(tcnConvolutions({ causal: true })), 244);
  for (const [, , convolutions] of cases) {
    const { first, last } = stepsSeen(convolutions, 4096, 250);
    assert.equal(last - first + 1, receptiveField(convolutions));
  }
});
