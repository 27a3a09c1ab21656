/** Signatures and their distance: by hand, against PyTorch, and what must not matter. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { randomFor } from "fusion";
import { gatedMean, type Reduction } from "fusion/dist/transfer/gated-mean";
import { headBlocks } from "fusion/dist/transfer/head-blocks";
import { type Normalisation, normalisations } from "fusion/dist/transfer/normalise";
import { signature } from "fusion/dist/transfer/signature";
import { signatureDistance } from "fusion/dist/transfer/signature-distance";
import { assertClose } from "../close";
import fixture from "../fixtures/dcat_loss.json";

const keysA = tf.tensor3d([[[1, 0], [0, 1], [1, 1]]]); // prettier-ignore
const valuesA = tf.tensor3d([[[1, 2], [0, 1], [1, 0]]]); // prettier-ignore
const keysB = tf.tensor3d([[[1, 1], [0, 2]]]); // prettier-ignore
const valuesB = tf.tensor3d([[[1, 0], [1, 1]]]); // prettier-ignore

const of = (keys: tf.Tensor3D, values: tf.Tensor3D) => ({
  signatures: signature(keys, values),
  tokens: tf.fill([keys.shape[0]], keys.shape[1]) as tf.Tensor1D,
});

test("a signature of three and one of two moments, by hand", () => {
  assert.deepEqual(signature(keysA, valuesA).arraySync(), [[[2, 2], [1, 1]]]); // prettier-ignore
  assert.deepEqual(signature(keysB, valuesB).arraySync(), [[[1, 0], [3, 2]]]); // prettier-ignore
});

/**
 * By hand: none √(1 + 4 + 4 + 1) = √10; by_T [[2/3 - 1/2, 2/3], [1/3 - 3/2, 1/3 - 1]]; unit_frobenius: S_A / √10, S_B / √14;
 * sqrt_d √10 / √2; l2_rows: [1, 1] / √2 against [1, 0] and [3, 2] / √13; softmax_rows: ½ against σ(1) in both rows.
 */
const expected: Readonly<Record<Normalisation, number>> = {
  none: 3.162278,
  by_T: 1.509231,
  unit_frobenius: 0.903761,
  sqrt_d: 2.236068,
  l2_rows: Math.sqrt((Math.SQRT1_2 - 1) ** 2 + 0.5 + (Math.SQRT1_2 - 3 / 13 ** 0.5) ** 2 + (Math.SQRT1_2 - 2 / 13 ** 0.5) ** 2), // prettier-ignore
  softmax_rows: 2 * (1 / (1 + Math.exp(-1)) - 0.5),
};

for (const normalisation of normalisations)
  test(`the distance of the two under ${normalisation}, by hand`, () => {
    const distance = signatureDistance(of(keysB, valuesB), of(keysA, valuesA), { normalisation });
    assertClose(distance.dataSync(), [expected[normalisation]], 2e-6);
  });

interface Case {
  readonly name: string;
  readonly float32_atol: { readonly expected: number; readonly gradients: number };
  readonly normalisation: "none" | "by_time" | "unit_frobenius";
  readonly reduction: Reduction;
  readonly inputs: Readonly<Record<"K_A" | "V_A" | "K_B" | "V_B", number[][][]>> & {
    readonly source_logits: number[][];
    readonly labels: number[];
  };
  readonly expected: {
    readonly gate: number[];
    readonly signature_A: number[][][];
    readonly signature_B: number[][][];
    readonly per_sample: number[];
    readonly loss: number;
  };
  readonly gradients: { readonly K_B: number[][][]; readonly V_B: number[][][] };
}

for (const one of fixture.cases as readonly Case[])
  test(`gate, signatures, loss and gradients agree with PyTorch on "${one.name}"`, () => {
    const { inputs, float32_atol: atol } = one;
    const normalisation = one.normalisation === "by_time" ? "by_T" : one.normalisation;
    const source = of(tf.tensor3d(inputs.K_A), tf.tensor3d(inputs.V_A));
    const gate = tf.tensor2d(inputs.source_logits).argMax(1).equal(tf.tensor1d(inputs.labels, "int32"));
    const open = gate.cast("float32");
    assertClose(open.dataSync(), one.expected.gate, 0);
    assertClose(source.signatures.dataSync(), one.expected.signature_A, atol.expected);
    const [keys, values] = [tf.tensor3d(inputs.K_B), tf.tensor3d(inputs.V_B)];
    assertClose(signature(keys, values).dataSync(), one.expected.signature_B, atol.expected);
    const distances = (k: tf.Tensor3D, v: tf.Tensor3D) =>
      signatureDistance(of(k, v), source, { normalisation });
    assertClose(distances(keys, values).dataSync(), one.expected.per_sample, atol.expected);
    const { value, grads } = tf.valueAndGrads((k, v) =>
      gatedMean<tf.Scalar>(distances(k as tf.Tensor3D, v as tf.Tensor3D), open, one.reduction),
    )([keys, values]);
    assertClose(value.dataSync(), [one.expected.loss], atol.expected);
    assertClose(grads[0]!.dataSync(), one.gradients.K_B, atol.gradients);
    assertClose(grads[1]!.dataSync(), one.gradients.V_B, atol.gradients);
  });

/** [1, token, dim] of standard normal numbers. */
function normal(seed: number, token: number, dim: number, what: string): tf.Tensor3D {
  const random = randomFor(seed, what);
  return tf.tensor3d(
    Float32Array.from({ length: token * dim }, () => random.normal()),
    [1, token, dim],
  );
}

/** Sums of up to 40 products of order 1 in another order: 40 · 2^-24 · the largest, with room. */
const reordered = 1e-4;

test("a permutation of time changes no signature", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1e6 }), (token, seed) => {
      const [keys, values] = [normal(seed, token, 4, "keys"), normal(seed, token, 4, "values")];
      const order = tf.tensor1d(Array.from(randomFor(seed, "order").permutation(token)), "int32");
      const permuted = signature(keys.gather(order, 1), values.gather(order, 1));
      assertClose(permuted.dataSync(), signature(keys, values).arraySync(), reordered);
    }),
    { seed: 1, numRuns: 50 },
  );
});

test("nor does an orthogonal mixing of moments, of keys and values alike", () => {
  const turns = fc.array(fc.tuple(fc.nat(7), fc.nat(7), fc.float({ min: -3, max: 3, noNaN: true })), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(turns, fc.integer({ min: 1, max: 1e6 }), (planes, seed) => {
      const [keys, values] = [normal(seed, 8, 3, "keys"), normal(seed, 8, 3, "values")];
      const mix = (x: tf.Tensor3D): tf.Tensor3D => {
        const rows = x.arraySync()[0]!;
        for (const [i, j, angle] of planes.filter(([a, b]) => a !== b)) {
          const [p, q] = [rows[i]!, rows[j]!];
          const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
          rows[i] = p.map((a, c) => cos * a - sin * q[c]!);
          rows[j] = p.map((a, c) => sin * a + cos * q[c]!);
        }
        return tf.tensor3d([rows]);
      };
      assertClose(
        signature(mix(keys), mix(values)).dataSync(),
        signature(keys, values).arraySync(),
        reordered,
      );
    }),
    { seed: 1, numRuns: 50 },
  );
});

test("a window told twice has the same signature by T, and twice the signature otherwise", () => {
  const [keys, values] = [normal(1, 7, 3, "keys"), normal(1, 7, 3, "values")];
  const twice = of(tf.concat([keys, keys], 1), tf.concat([values, values], 1));
  const once = of(keys, values);
  assert.ok(signatureDistance(twice, once, { normalisation: "by_T" }).dataSync()[0]! < reordered);
  assertClose(twice.signatures.dataSync(), once.signatures.mul<tf.Tensor3D>(2).arraySync(), reordered);
});

test("heads are the blocks on the diagonal, each its own keys and values", () => {
  const [keys, values] = [normal(2, 5, 6, "keys"), normal(2, 5, 6, "values")];
  const blocks = headBlocks(signature(keys, values), 3);
  assert.deepEqual(blocks.shape, [1, 3, 2, 2]);
  for (const head of [0, 1, 2]) {
    const part = (x: tf.Tensor3D): tf.Tensor3D => x.slice([0, 0, 2 * head], [-1, -1, 2]);
    const own = signature(part(keys), part(values));
    assertClose(blocks.slice([0, head], [1, 1]).dataSync(), own.arraySync(), reordered);
  }
  assert.throws(() => headBlocks(signature(keys, values), 4), /expected heads that divide dim 6, got 4/);
});

test("whole and per head are different losses; equal signatures have distance 1e-6 and no slope", () => {
  const [target, source] = [
    of(normal(3, 5, 4, "k"), normal(3, 5, 4, "v")),
    of(normal(4, 5, 4, "k"), normal(4, 5, 4, "v")),
  ];
  const distance = (heads: number) =>
    signatureDistance(target, source, { normalisation: "none", heads }).dataSync()[0]!;
  assert.ok(distance(1) > distance(2) && distance(2) > 0);
  for (const normalisation of normalisations) {
    const slope = tf.grad((s) =>
      signatureDistance({ ...target, signatures: s as tf.Tensor3D }, target, { normalisation }),
    )(target.signatures);
    assert.ok(slope.abs().max().dataSync()[0]! < 1e-6, normalisation);
  }
});

test("several sources have a mean each; without an open gate the loss is 0", () => {
  const losses = tf.tensor2d([[1, 10], [3, 30], [5, 50]]); // prettier-ignore
  const gate = tf.tensor2d([[1, 0], [0, 0], [1, 0]]); // prettier-ignore
  assert.deepEqual([...gatedMean(losses, gate, "mean_over_gated").dataSync()], [3, 0]);
  assert.deepEqual([...gatedMean(losses, gate, "mean_over_batch").dataSync()], [2, 0]);
});
