/** What attention means: who is read, who is not, and that nothing else decides. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import {
  crossModalAttention,
  jit,
  loadModel,
  MultiHeadAttention,
  pairwiseAttention,
  randomFor,
  saveModel,
  temporalAttention,
} from "fusion";
import { withStepSeed } from "fusion/dist/engine/step-seed";
import { assertClose } from "../close";

const [batch, query, key, channels, keyChannels, dim, heads] = [3, 4, 5, 3, 2, 6, 2];
const config = { heads, dim, seed: 1 };
const normal = (seed: number, shape: number[]): tf.Tensor => tf.randomNormal(shape, 0, 1, "float32", seed);
const numbers = (x: tf.Tensor): number[] => [...x.dataSync()];
const isZero = (x: tf.Tensor): boolean => numbers(x).every((v) => v === 0);

let made = 0;
/** Random weights, biases included, since zeros would hide a dropped term. */
function attention(
  more: Partial<ConstructorParameters<typeof MultiHeadAttention>[0]> = {},
): MultiHeadAttention {
  const layer = new MultiHeadAttention({ ...config, name: `attention_${made++}`, ...more });
  layer.build([
    [batch, query, channels],
    [batch, key, keyChannels],
  ]);
  const random = randomFor(2, "weights");
  const draw = (w: tf.Tensor): tf.Tensor =>
    tf.tensor(
      Float32Array.from({ length: w.size }, () => 0.5 * random.normal()),
      w.shape,
    );
  layer.setWeights(layer.getWeights().map(draw));
  return layer;
}
const layer = attention();
const variables = layer.weights.map((w) => w.read() as tf.Variable);
const lossWeights = normal(7, [batch, query, dim]);

/** Outputs, weights, and the gradients of a weighted sum of the outputs by everything. */
const step = ({ queries, keys, allowed }: tf.NamedTensorMap): tf.NamedTensorMap => {
  const apply = (q: tf.Tensor, k: tf.Tensor) => layer.apply([q, k, allowed!]) as tf.Tensor[];
  const gradients = tf.grads((q, k) => apply(q!, k!)[0]!.mul(lossWeights).sum() as tf.Scalar);
  const [dQueries, dKeys, ...rest] = gradients([queries!, keys!, ...variables]);
  const [outputs, weights] = apply(queries!, keys!);
  const parts = rest.map((gradient, i) => [`d ${layer.weights[i]!.originalName}`, gradient]);
  return {
    outputs: outputs!,
    weights: weights!,
    dQueries: dQueries!,
    dKeys: dKeys!,
    ...Object.fromEntries(parts),
  };
};
const ways = [
  ["eager", step],
  ["compiled", jit("attention", step, variables)],
] as const;

/** [batch, key]: the first window sees all, the second two keys, the third none. */
const allowed = tf.tensor2d([
  [1, 1, 1, 1, 1],
  [0, 1, 0, 1, 0],
  [0, 0, 0, 0, 0],
]);
const plain = {
  queries: normal(1, [batch, query, channels]),
  keys: normal(2, [batch, key, keyChannels]),
  allowed,
};

for (const [way, run] of ways) {
  test(`${way}: a hidden key and a query that sees none may hold anything; no bit of value or gradient moves`, () => {
    const expected = Object.entries(run(plain)).map(([what, x]) => [what, numbers(x)]);
    const none = allowed.max(1, true).expandDims(2).equal(0);
    const spoilers = fc.oneof(fc.constantFrom(NaN, Infinity, -Infinity, 3e38), fc.float({ noNaN: true }));
    const property = fc.property(spoilers, spoilers, (first, second) => {
      const queries = tf.where(none, tf.fill(plain.queries.shape, first), plain.queries);
      const keys = tf.where(allowed.expandDims(2).equal(0), tf.fill(plain.keys.shape, second), plain.keys);
      const got = Object.entries(run({ queries, keys, allowed })).map(([what, x]) => [what, numbers(x)]);
      assert.deepEqual(got, expected);
    });
    fc.assert(property, { seed: 1, numRuns: 20 });
    assert.ok(expected.every(([, values]) => (values as number[]).every(Number.isFinite)));
  });

  test(`${way}: weights sum to 1 over allowed keys, a hidden key's weight and gradient are exactly 0, an empty row is 0`, () => {
    const bit = fc.constantFrom(0, 1);
    const property = fc.property(
      fc.array(bit, { minLength: batch * query * key, maxLength: batch * query * key }),
      (bits) => {
        const mask = tf.tensor3d(bits, [batch, query, key]);
        const { outputs, weights, dQueries, dKeys } = run({ ...plain, allowed: mask });
        const open = mask.arraySync();
        const all = weights!.arraySync() as number[][][][]; // [batch, head, query, key]
        for (let b = 0; b < batch; b++) {
          for (let q = 0; q < query; q++) {
            const row = open[b]![q]!;
            for (const head of all[b]!) {
              const sum = head[q]!.reduce((a, c) => a + c);
              // five weights, each a few roundings of 2⁻²⁴
              assert.ok(Math.abs(sum - Math.max(...row)) < 2 ** -20, `${sum}`);
              row.forEach((a, k) => assert.ok(a === 1 || head[q]![k] === 0));
            }
            if (Math.max(...row) === 0)
              assert.ok([outputs!, dQueries!].every((x) => isZero(x.slice([b, q], [1, 1]))));
          }
          for (let k = 0; k < key; k++)
            if (open[b]!.every((row) => row[k] === 0)) assert.ok(isZero(dKeys!.slice([b, k], [1, 1])));
        }
      },
    );
    fc.assert(property, { seed: 1, numRuns: 20 });
  });
}

test("the weights change with the query", () => {
  const weights = (queries: tf.Tensor) => (layer.apply([queries, plain.keys, allowed]) as tf.Tensor[])[1]!;
  const moved = weights(plain.queries).sub(weights(plain.queries.neg())).abs().max([1, 2, 3]);
  const [first, second, third] = numbers(moved);
  assert.ok(first! > 0.1 && second! > 0.1);
  assert.equal(third, 0); // where nothing is allowed
});

test("a mask of ones is no mask, and a mask may be given once for all windows, heads or queries", () => {
  const run = (mask?: tf.Tensor) =>
    numbers((layer.apply([plain.queries, plain.keys, ...(mask ? [mask] : [])]) as tf.Tensor[])[0]!);
  const once = tf.tensor4d([1, 0, 1, 1, 0], [1, 1, 1, key]);
  for (const shape of [
    [batch, key],
    [batch, query, key],
    [batch, 1, query, key],
    [batch, heads, query, key],
    [1, heads, 1, key],
  ]) {
    assertClose(run(tf.ones(shape)), run(), 1e-6);
    if (shape.length === 4) assertClose(run(once.mul(tf.ones(shape))), run(once), 1e-6);
  }
});

test("a mask for one head hides from that head alone", () => {
  const mask = tf.tensor4d([1, 1, 1, 1, 1, 0, 0, 1, 0, 0], [1, heads, 1, key]);
  const [, weights] = layer.apply([plain.queries, plain.keys, mask]) as tf.Tensor[];
  const [, free] = layer.apply([plain.queries, plain.keys]) as tf.Tensor[];
  const head = (x: tf.Tensor, h: number) => x.slice([0, h, 0, 0], [-1, 1, -1, -1]);
  assertClose(numbers(head(weights!, 0)), numbers(head(free!, 0)), 1e-6);
  const only = head(weights!, 1).slice([0, 0, 0, 2], [-1, -1, -1, 1]);
  assertClose(numbers(only), new Array(batch * query).fill(1), 2 ** -23);
});

test("a window alone is as in company", () => {
  const [together] = layer.apply([plain.queries, plain.keys, allowed]) as tf.Tensor[];
  for (let b = 0; b < batch; b++) {
    const row = (x: tf.Tensor) => x.slice([b], [1]);
    const [alone] = layer.apply([plain.queries, plain.keys, allowed].map(row)) as tf.Tensor[];
    // other products may sum in another order: a few dozen roundings of 2⁻²⁴ on numbers below 10
    assertClose(numbers(alone!), numbers(row(together!)), 36 * 10 * 2 ** -24, 0);
  }
});

test("the caller's mask and tokens are untouched", () => {
  const before = [plain.queries, plain.keys, allowed].map(numbers);
  tf.dispose(step(plain));
  assert.deepEqual([plain.queries, plain.keys, allowed].map(numbers), before);
});

test("temporal attention without positions: another order of the steps, the same answers in that order; masked steps answer 0", () => {
  const [tokens, validity] = [tf.input({ shape: [6, 3] }), tf.input({ shape: [6] })];
  for (const causal of [false, true]) {
    const { outputs } = temporalAttention(
      { ...config, name: `temporal_${causal}`, causal },
      { tokens, validity },
    );
    const model = tf.model({ inputs: [tokens, validity], outputs });
    const order = tf.tensor1d([4, 2, 0, 5, 1, 3], "int32");
    const [x, valid] = [normal(1, [2, 6, 3]), tf.tensor2d([1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 0], [2, 6])];
    const y = model.predict([x, valid]) as tf.Tensor;
    const turned = model.predict([x.gather(order, 1), valid.gather(order, 1)]) as tf.Tensor;
    const off = Math.max(...numbers(turned.sub(y.gather(order, 1)).abs()));
    if (causal)
      assert.ok(off > 0.01, `${off}`); // time runs one way
    else assert.ok(off < 36 * 2 ** -24 * 4, `${off}`);
    const masked = valid.expandDims(2).equal(0).cast("float32");
    assert.ok(isZero(y.mul(masked)));
    assert.ok(numbers(y.abs().max(2)).every((v, i) => v > 0 === (numbers(valid)[i] === 1)));
  }
});

test("temporal attention inside a model, its tokens used again behind it and its weights read", () => {
  const [input, validity] = [tf.input({ shape: [6, 3] }), tf.input({ shape: [6] })];
  const ones = tf.layers.reLU({ name: "inner_validity" }).apply(validity) as tf.SymbolicTensor;
  const tokens = tf.layers.reLU({ name: "inner_tokens" }).apply(input) as tf.SymbolicTensor;
  const { outputs, weights } = temporalAttention(
    { heads: 1, dim: 3, seed: 1, name: "inner" },
    { tokens, validity: ones },
  );
  const sum = tf.layers.add({ name: "inner_sum" }).apply([tokens, outputs]) as tf.SymbolicTensor;
  const again = tf.layers.reLU({ name: "inner_validity_again" }).apply(ones) as tf.SymbolicTensor;
  const model = tf.model({ inputs: [input, validity], outputs: [sum, weights, again, outputs] });
  const x = normal(1, [2, 6, 3]);
  const [y, w, , o] = model.predict([x, tf.ones([2, 6])]) as tf.Tensor[];
  assertClose(numbers(y!), numbers(x.relu().add(o!)), 0, 0);
  assertClose(numbers(w!.sum(3)), new Array(12).fill(1), 2 ** -20);
});

test("causal attention reads no later step", () => {
  const [tokens, validity] = [tf.input({ shape: [6, 3] }), tf.input({ shape: [6] })];
  const { outputs, weights } = temporalAttention(
    { ...config, name: "causal", causal: true },
    { tokens, validity },
  );
  const model = tf.model({ inputs: [tokens, validity], outputs: [outputs, weights] });
  const x = normal(1, [1, 6, 3]);
  const later = tf.tensor1d([0, 0, 0, 0, 1, 1]).reshape([1, 6, 1]);
  const [y, w] = model.predict([x, tf.ones([1, 6])]) as tf.Tensor[];
  const [z] = model.predict([x.add(later.mul(100)), tf.ones([1, 6])]) as tf.Tensor[];
  const past = (y: tf.Tensor) => numbers(y.slice([0, 0, 0], [-1, 4, -1]));
  assert.deepEqual(past(z!), past(y!));
  const rows = w!.slice([0, 0], [1, 1]).reshape([6, 6]).arraySync() as number[][];
  rows.forEach((row, q) => row.forEach((weight, k) => assert.equal(weight > 0, k <= q)));
});

test("gradients are those of finite differences", () => {
  const mask = tf.tensor3d(
    Array.from({ length: batch * query * key }, (_, i) => (i % 7 === 0 || (i >= 20 && i < 25) ? 0 : 1)),
    [batch, query, key],
  );
  const loss = (queries: tf.Tensor, keys: tf.Tensor): number =>
    (layer.apply([queries, keys, mask]) as tf.Tensor[])[0]!.mul(lossWeights).sum().dataSync()[0]!;
  const gradients = step({ ...plain, allowed: mask });
  // central differences: an error of h² f‴ / 6, and of a few roundings of 2⁻²⁴ · 30 over h, each below 1e-3
  const h = 2 ** -6;
  for (const what of ["queries", "keys"] as const) {
    const gradient = numbers(gradients[what === "queries" ? "dQueries" : "dKeys"]!);
    const x = plain[what];
    const values = numbers(x);
    values.forEach((value, i) => {
      const at = (to: number): number => {
        const moved = tf.tensor(
          Float32Array.from(values, (v, j) => (j === i ? to : v)),
          x.shape,
        );
        return what === "queries" ? loss(moved, plain.keys) : loss(plain.queries, moved);
      };
      const slope = (at(value + h) - at(value - h)) / (2 * h);
      assert.ok(
        Math.abs(slope - gradient[i]!) < 2e-3 * (1 + Math.abs(slope)),
        `${what}[${i}]: ${slope}, ${gradient[i]}`,
      );
    });
  }
});

test("a gradient flows from the weights too", () => {
  const target = normal(9, [batch, heads, query, key]);
  const loss = (queries: tf.Tensor) =>
    (layer.apply([queries, plain.keys, allowed]) as tf.Tensor[])[1]!.mul(target).sum() as tf.Scalar;
  const gradient = tf.grad(loss)(plain.queries);
  const h = 2 ** -6;
  const nudge = tf.oneHot(tf.scalar(4, "int32"), plain.queries.size).reshape(plain.queries.shape).mul(h);
  const [up, down] = [loss(plain.queries.add(nudge)), loss(plain.queries.sub(nudge))];
  const slope = (up.dataSync()[0]! - down.dataSync()[0]!) / (2 * h);
  assert.ok(Math.abs(slope - numbers(gradient)[4]!) < 1e-3, `${slope}, ${numbers(gradient)[4]}`);
  assert.ok(Math.abs(slope) > 0.01);
});

test("shapes and sizes, whatever they are", () => {
  const size = fc.integer({ min: 1, max: 5 });
  const property = fc.property(
    size,
    size,
    size,
    size,
    size,
    size,
    fc.boolean(),
    (b, q, k, c, d, h, useBias) => {
      tf.tidy(() => {
        const layer = new MultiHeadAttention({
          name: `shape_${made++}`,
          heads: h,
          dim: h * d,
          seed: 1,
          useBias,
        });
        const inputs = [tf.ones([b, q, c]), tf.ones([b, k, d]), tf.ones([b, k])];
        const [outputs, weights] = layer.apply(inputs) as tf.Tensor[];
        assert.deepEqual(
          [outputs!.shape, weights!.shape],
          layer.computeOutputShape(inputs.map((x) => x.shape)),
        );
        assert.deepEqual(outputs!.shape, [b, q, h * d]);
        assert.deepEqual(weights!.shape, [b, h, q, k]);
        const bias = useBias ? 1 : 0;
        assert.equal(layer.countParams(), (c + bias + 2 * (d + bias) + h * d + bias) * h * d);
        // all keys are equal, so their weights are
        assertClose(numbers(weights!), new Array(b * h * q * k).fill(1 / k), 2 ** -22, 0);
        layer.dispose();
      });
    },
  );
  fc.assert(property, { seed: 1, numRuns: 30 });
});

test("another seed or name, other weights; the same, the same", () => {
  const kernels = (seed: number, name: string) => {
    const layer = new MultiHeadAttention({ ...config, seed, name });
    layer.build([
      [1, 1, 3],
      [1, 1, 3],
    ]);
    return layer
      .getWeights()
      .filter((w) => w.rank === 2)
      .map(numbers);
  };
  const [first] = [kernels(1, "a")];
  assert.deepEqual(kernels(1, "a"), first);
  assert.notDeepEqual(kernels(2, "a"), first);
  assert.notDeepEqual(kernels(1, "b"), first);
  assert.equal(new Set(first.map((k) => JSON.stringify(k))).size, 4, "no two kernels alike");
});

test("dropout falls on the normalised weights, by step seed and name, in training alone; the weights shown are whole", () => {
  const layer = attention({ dropout: 0.5 });
  const run = (seed: number, training: boolean) =>
    withStepSeed(tf.tensor1d([1, seed], "int32"), () =>
      (layer.apply([plain.queries, plain.keys], { training }) as tf.Tensor[]).map(numbers),
    ) as number[][];
  assert.deepEqual(run(1, true), run(1, true));
  assert.notDeepEqual(run(1, true)[0], run(2, true)[0]);
  assert.deepEqual(run(1, false), run(2, false));
  assert.notDeepEqual(run(1, true)[0], run(1, false)[0]);
  assert.deepEqual(run(1, true)[1], run(1, false)[1]);
});

test("misuse names the layer, what was expected, and a way out", () => {
  const of = (more: object) => () => new MultiHeadAttention({ ...config, name: "m", ...more });
  assert.throws(of({ name: "" }), /MultiHeadAttention: expected a name, got none/);
  assert.throws(
    of({ heads: 4 }),
    /MultiHeadAttention: m: expected heads that divide dim, got 4 heads and dim 6/,
  );
  assert.throws(of({ dropout: 1 }), /MultiHeadAttention: m: expected a rate in \[0, 1\), got 1/);
  const wrong = tf.ones([batch, query]);
  assert.throws(() => layer.apply([plain.queries, plain.keys, wrong]), {
    message: `MultiHeadAttention: ${layer.name}: allowed: expected [batch=1|3, key=5], got [3, 4]; say for each key, or query and key`,
  });
});

test("cross-modal and pairwise attention ask for two modalities", () => {
  const own = { tokens: tf.input({ shape: [6, 3] }), validity: tf.input({ shape: [6] }) };
  assert.throws(
    () => crossModalAttention({ ...config, name: "m" }, own, own),
    /crossModalAttention: m: expected tokens of two modalities, got the same twice; use temporalAttention/,
  );
  assert.throws(
    () => pairwiseAttention({ ...config, name: "m" }, { hand: own }),
    /pairwiseAttention: m: expected 2 or more modalities, got \[hand\]; use temporalAttention for one/,
  );
});

test("a saved model comes back and answers the same", async () => {
  const [tokens, validity] = [tf.input({ shape: [6, 3] }), tf.input({ shape: [6] })];
  const { outputs, weights } = temporalAttention(
    { ...config, name: "saved", causal: true, dropout: 0.1 },
    { tokens, validity },
  );
  const model = tf.model({ inputs: [tokens, validity], outputs: [outputs, weights] });
  const inputs = [normal(1, [2, 6, 3]), tf.tensor2d([1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 0], [2, 6])];
  const folder = mkdtempSync(join(tmpdir(), "fusion-attention-"));
  try {
    await saveModel(model, folder);
    const again = await loadModel(folder);
    const [saved, loaded] = [model, again].map((m) => (m.predict(inputs) as tf.Tensor[]).map(numbers));
    assert.deepEqual(loaded, saved);
    assert.deepEqual(again.getLayer("saved").getConfig(), model.getLayer("saved").getConfig());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("no tensor stays behind, forward or backward", () => {
  tf.dispose(tf.tidy(() => step(plain)));
  const before = tf.memory().numTensors;
  tf.dispose(layer.apply([plain.queries, plain.keys, allowed]) as tf.Tensor[]);
  assert.equal(tf.memory().numTensors, before);
  const { value, grads } = tf.variableGrads(
    () => (layer.apply([plain.queries, plain.keys, allowed]) as tf.Tensor[])[0]!.sum() as tf.Scalar,
    variables,
  );
  tf.dispose([value, grads]);
  assert.equal(tf.memory().numTensors, before);
});
