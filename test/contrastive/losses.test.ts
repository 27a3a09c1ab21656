/** InfoNCE against the official numbers and PyTorch's, values and gradients; pairs against their counts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import {
  contrastPairs,
  disjointPairs,
  everythingLoss,
  everythingPasses,
  infoNce,
  infoNcePublished,
  modalityChannels,
  overlappingPairs,
  overlappingPairsPublished,
  pairLoss,
  pairsWithoutFirst,
  type Target,
} from "fusion";
import { infoNceOfProducts } from "fusion/dist/contrastive/info-nce";
import { infoNceWithColumns } from "fusion/dist/contrastive/info-nce-published";
import fixture from "../fixtures/info_nce.json";

const A = tf.tensor3d([
  [
    [1, 0],
    [0, 1],
    [1, 1],
  ],
]);
const B = tf.tensor3d([
  [
    [1, 0],
    [0.5, 1],
    [0, 1],
  ],
]);
const first = (x: tf.Tensor): number => x.dataSync()[0]!;

test("without normalisation it gives the official loss's numbers", () => {
  // methods: the official loss and an independent numpy agree on these six decimals
  const golden = [
    [1, [1, 1, 1], 0.945547, 0.968086, 0.956817],
    [1, [1, 0, 1], 0.987323, 0.861995, 0.924659],
    [1 / 0.07, [1, 1, 1], 2.612792, 2.843314, 2.728053],
    [1 / 0.07, [1, 0, 1], 3.572614, 0.693147, 2.132881],
  ] as const;
  for (const [scale, rows, there, back, loss] of golden) {
    const got = infoNcePublished(A, B, tf.tensor2d([[...rows]]), tf.scalar(Math.log(scale)));
    const numbers = [got.leftToRight, got.rightToLeft, got.loss].map(first);
    // six printed decimals, and float32 with scores up to 29
    [there, back, loss].forEach((x, i) =>
      assert.ok(Math.abs(numbers[i]! - x) < 3e-6, `${numbers.join()}, ${x}`),
    );
  }
});

test("the loss of everything-at-once sums both directions of cosines at temperature 0.05", () => {
  assert.ok(Math.abs(first(everythingLoss(A, B, tf.ones([1, 3]))) - 4.770966) < 5e-6);
});

interface Case {
  readonly name: string;
  readonly float32_atol: { readonly expected: number; readonly gradients: number };
  readonly normalise: boolean;
  readonly absent: string | null;
  readonly inputs: { readonly A: number[][]; readonly B: number[][]; readonly present?: number[] };
  readonly parameters: { readonly tau: number };
  readonly expected: { readonly loss: number; readonly a_to_b: number; readonly b_to_a: number };
  readonly gradients: { readonly A: number[][]; readonly B: number[][]; readonly tau: number };
}

for (const c of fixture.cases as unknown as Case[])
  test(`PyTorch's loss and gradients: ${c.name}`, () => {
    const { normalise, absent } = c;
    const present = tf.tensor2d([c.inputs.present ?? c.inputs.A.map(() => 1)]);
    const loss = !normalise ? infoNcePublished : absent === "rows" ? infoNceWithColumns : infoNce;
    const f = (a: tf.Tensor, b: tf.Tensor, tau: tf.Tensor) =>
      loss(a.expandDims(0), b.expandDims(0), present, tau as tf.Scalar);
    const inputs = [tf.tensor2d(c.inputs.A), tf.tensor2d(c.inputs.B), tf.scalar(c.parameters.tau)];
    const got = f(...(inputs as [tf.Tensor, tf.Tensor, tf.Tensor]));
    const near = (x: number, y: number, atol: number, what: string) =>
      assert.ok(Math.abs(x - y) <= atol + 1e-5 * Math.abs(y), `${what}: expected ${y}, got ${x}`);
    near(first(got.loss), c.expected.loss, c.float32_atol.expected, "loss");
    near(first(got.leftToRight), c.expected.a_to_b, c.float32_atol.expected, "a to b");
    near(first(got.rightToLeft), c.expected.b_to_a, c.float32_atol.expected, "b to a");
    const gradients = tf.grads((a, b, tau) => f(a!, b!, tau!).loss)(inputs);
    const expected = [c.gradients.A.flat(), c.gradients.B.flat(), [c.gradients.tau]];
    gradients.forEach((g, i) => {
      const values = g.dataSync();
      expected[i]!.forEach((y, k) => near(values[k]!, y, c.float32_atol.gradients, `gradient ${i}, ${k}`));
    });
  });

const target = (members: number[]): Target => ({
  members,
  kind: members.length === 1 ? "modality" : "channel",
});
const singles = (count: number): number[][] => Array.from({ length: count }, (_, m) => [m]);
const mca = [...singles(4), ...modalityChannels(4)].map(target);
const zorro = [...singles(4), [0, 1, 2, 3]].map(target);
const eao = everythingPasses(4).map(target);

test("the families have 60, 14, 10 and 4 pairs; everything-at-once 26 as published and 18 that are disjoint", () => {
  assert.equal(contrastPairs(mca, [1, 2, 3, 4]).length, 60);
  assert.equal(contrastPairs(mca, [1, 3]).length, 14);
  assert.equal(contrastPairs(zorro, [1, 2, 3, 4]).length, 10);
  assert.equal(contrastPairs(zorro, [1]).length, 4);
  assert.equal(overlappingPairsPublished(eao).length, 26);
  assert.equal(disjointPairs(eao).length, 18);
  // one trap at a time: without the first pair's two, and with each modality in three pairs that contain it
  assert.equal(pairsWithoutFirst(eao).length, 16);
  assert.equal(overlappingPairs(eao).length, 30);
  const shared = (pairs: ReturnType<typeof disjointPairs>) =>
    pairs.filter(({ left, right }) => eao[left]!.members.some((m) => eao[right]!.members.includes(m))).length;
  assert.deepEqual([shared(disjointPairs(eao)), shared(overlappingPairsPublished(eao))], [0, 10]);
});

/** Three modalities, five samples: embeddings that a seed makes, absent ones 0. */
function embedded(presence: number[][]) {
  const targets = [...singles(3), ...modalityChannels(3)].map(target);
  const values = Float32Array.from({ length: 5 * targets.length * 4 }, (_, i) => Math.sin(7 * i + 1));
  return {
    targets,
    embeddings: tf.tensor3d(values, [5, targets.length, 4]),
    presence: tf.tensor2d(presence),
  };
}
const gaps = [
  [1, 1, 1],
  [1, 1, 0],
  [1, 0, 1],
  [1, 1, 1],
  [0, 1, 0],
];

test("one call for all pairs is the mean over pairs of one call each", () => {
  const { targets, ...rest } = embedded(gaps);
  const pairs = contrastPairs(targets, [1, 2, 3, 4]);
  const options = { targets, complete: "all", contrast: "corrected" } as const;
  const all = first(pairLoss(rest, tf.scalar(1), { ...options, pairs }).loss);
  const each = pairs.map((pair) => first(pairLoss(rest, tf.scalar(1), { ...options, pairs: [pair] }).loss));
  const counted = each.filter((x) => x !== 0);
  // a pair with fewer than two complete samples does not count; {0, 2} and {1, 2} have two, all have
  assert.equal(counted.length, pairs.length);
  assert.ok(Math.abs(all - counted.reduce((a, b) => a + b, 0) / counted.length) < 1e-6);
});

test("a half channel trains as a whole one as published, and does not when corrected", () => {
  const { targets, ...rest } = embedded(gaps);
  const pair = [
    { family: 4 as const, left: 0, right: targets.findIndex(({ members }) => members.join() === "0,1") },
  ];
  const changed = { ...rest, embeddings: rest.embeddings.add(tf.oneHot([2], 5).reshape([5, 1, 1])) };
  const loss = (complete: "all" | "any", x: typeof rest) =>
    first(pairLoss(x, tf.scalar(1), { targets, pairs: pair, complete, contrast: "corrected" }).loss);
  assert.equal(loss("all", { ...rest, embeddings: changed.embeddings as tf.Tensor3D }), loss("all", rest)); // sample 2 lacks modality 1
  assert.notEqual(loss("any", { ...rest, embeddings: changed.embeddings as tf.Tensor3D }), loss("any", rest));
});

test("an absent sample's column repels as published, and has neither weight nor gradient when corrected", () => {
  const valid = tf.tensor2d([[1, 0, 1]]);
  const gradient = (f: typeof infoNce) => tf.grad((b) => f(A, b as tf.Tensor3D, valid, tf.scalar(1)).loss)(B);
  const absent = (g: tf.Tensor): number[] => Array.from(g.slice([0, 1, 0], [1, 1, 2]).dataSync());
  assert.deepEqual(absent(gradient(infoNce)).map(Math.abs), [0, 0]);
  assert.ok(absent(gradient(infoNcePublished)).every((g) => Math.abs(g) > 0.01));
});

test("rows of zeros have finite gradients", () => {
  const zero = tf.zeros<tf.Rank.R3>([1, 3, 2]);
  const g = tf.grad((a) => infoNce(a as tf.Tensor3D, B, tf.tensor2d([[1, 1, 0]]), tf.scalar(1)).loss)(zero);
  assert.ok(Array.from(g.dataSync()).every(Number.isFinite));
});

test("products and columns are one trap each: both together are as published, neither is corrected", () => {
  const valid = tf.tensor2d([[1, 0, 1]]);
  const [all, tau] = [tf.ones<tf.Rank.R2>([1, 3]), tf.scalar(1)];
  const loss = (way: typeof infoNce, mask = valid, a = A) => first(way(a, B, mask, tau).loss);
  // with nobody absent there is no column to stay
  assert.equal(loss(infoNceOfProducts, all), loss(infoNcePublished, all));
  assert.equal(loss(infoNceWithColumns, all), loss(infoNce, all));
  const longer = A.mul<tf.Tensor3D>(2);
  for (const [way, hearsLength] of [
    [infoNceOfProducts, true],
    [infoNceWithColumns, false],
  ] as const)
    assert.equal(Math.abs(loss(way, all, longer) - loss(way, all)) > 1e-3, hearsLength);
  const gradient = (way: typeof infoNce) => tf.grad((b) => way(A, b as tf.Tensor3D, valid, tau).loss)(B);
  const absent = (way: typeof infoNce): number =>
    Math.max(...gradient(way).slice([0, 1, 0], [1, 1, 2]).abs().dataSync());
  assert.equal(absent(infoNceOfProducts), 0);
  assert.ok(absent(infoNceWithColumns) > 0.01);
});
