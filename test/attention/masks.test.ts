/** Every mask against the truth table of its doc comment, and one property of each. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { attend, causalMask, pairMask, presenceMask, validityMask } from "fusion";
import { PairMask } from "fusion/dist/attention/pair-mask";

test("the validity mask shows every query the valid keys", () => {
  const mask = validityMask(tf.tensor2d([[1, 0, 1]]));
  assert.deepEqual(mask.arraySync(), [[[[1, 0, 1]]]]);
});

test("the pair mask shows valid keys to valid queries and nothing to the others", () => {
  const validity = tf.tensor2d([[1, 0]]);
  assert.deepEqual(pairMask(validity, tf.tensor2d([[1, 0, 1]])).arraySync(), [
    [
      [
        [1, 0, 1],
        [0, 0, 0],
      ],
    ],
  ]);
});

const triangle = [
  [1, 0, 0],
  [1, 1, 0],
  [1, 1, 1],
];

test("the causal mask shows now and before", () => {
  assert.deepEqual(causalMask(3).arraySync(), [[triangle]]);
});

test("the presence mask shows the tokens of the modalities that are there", () => {
  const presence = tf.tensor2d([
    [1, 1],
    [1, 0],
    [0, 1],
    [0, 0],
  ]);
  assert.deepEqual(presenceMask(presence, [2, 1]).squeeze([1, 2]).arraySync(), [
    [1, 1, 1],
    [1, 1, 0],
    [0, 0, 1],
    [0, 0, 0],
  ]);
});

test("the presence mask names the number of modalities that it was told", () => {
  assert.throws(() => presenceMask(tf.tensor2d([[1, 1, 1]]), [2, 1]), {
    message:
      "presenceMask: presence: expected [batch, modality=2], got [1, 3]; give one number of tokens for each modality",
  });
});

test("the product of two masks allows what both allow", () => {
  const both = validityMask(tf.tensor2d([[1, 0, 1]])).mul(causalMask(3));
  assert.deepEqual(both.arraySync(), [
    [
      [
        [1, 0, 0],
        [1, 0, 0],
        [1, 0, 1],
      ],
    ],
  ]);
});

test("the layer PairMask is the function, times the causal mask where asked for, and comes back from its config", () => {
  const validity = tf.tensor2d([[1, 0, 1]]);
  for (const causal of [false, true]) {
    const layer = new PairMask({ name: `pair_${causal}`, causal });
    const again = PairMask.fromConfig(PairMask, layer.getConfig()) as PairMask;
    const plain = pairMask(validity, validity);
    const expected = (causal ? plain.mul(causalMask(3)) : plain).squeeze([1]).arraySync();
    for (const mask of [layer, again])
      for (const inputs of [validity, [validity, validity]])
        assert.deepEqual((mask.apply(inputs) as tf.Tensor).arraySync(), expected);
  }
});

const [batch, key, dim] = [2, 5, 2];
const tokens = (seed: number): tf.Tensor4D => tf.randomNormal([batch, 2, key, dim], 0, 1, "float32", seed);
const [q, k, v] = [tokens(1), tokens(2), tokens(3)];
const bits = fc.array(fc.constantFrom(0, 1), { minLength: batch * key, maxLength: batch * key });
/** Each mask of `key` keys, made of ten zeros and ones. */
const masks: Readonly<Record<string, (bits: number[]) => tf.Tensor4D>> = {
  validity: (bits) => validityMask(tf.tensor2d(bits, [batch, key])),
  pair: (bits) => pairMask(tf.tensor2d([...bits].reverse(), [batch, key]), tf.tensor2d(bits, [batch, key])),
  causal: () => causalMask(key),
  presence: (bits) => presenceMask(tf.tensor2d(bits.slice(0, 2 * batch), [batch, 2]), [3, 2]),
  "validity and causal": (bits) => validityMask(tf.tensor2d(bits, [batch, key])).mul(causalMask(key)),
};

for (const [name, make] of Object.entries(masks))
  test(`${name}: a hidden key may hold any number and moves no bit; an only key is all that is read`, () => {
    const property = fc.property(
      bits,
      fc.nat(key - 1),
      fc.float({ noNaN: true, min: 2, max: 1e6 }),
      (bits, hidden, value) => {
        tf.tidy(() => {
          const allowed = make(bits);
          const spoil = (x: tf.Tensor4D): tf.Tensor4D => {
            const here = tf.oneHot(tf.scalar(hidden, "int32"), key).reshape([1, 1, key, 1]).greater(0);
            return tf.where(here, tf.fill(x.shape, value), x);
          };
          const plain = attend(q, k, v, allowed).outputs.arraySync() as number[][][][];
          const spoilt = attend(q, spoil(k), spoil(v), allowed).outputs.arraySync() as number[][][][];
          const full = allowed.add(tf.zeros([batch, 2, key, key])).arraySync() as number[][][][];
          full.forEach((heads, b) =>
            heads.forEach((rows, h) =>
              rows.forEach((row, i) => {
                const [before, after] = [plain[b]![h]![i]!, spoilt[b]![h]![i]!];
                if (!row[hidden]) assert.deepEqual(after, before);
                else if (row.reduce((sum, x) => sum + x) === 1)
                  // the only key: its weight is 1, or 1 - 2⁻²⁴ in TensorFlow's softmax
                  after.forEach((x) => assert.ok(Math.abs(x - value) <= 2 ** -23 * value));
              }),
            ),
          );
        });
      },
    );
    fc.assert(property, { seed: 1, numRuns: 50 });
  });
