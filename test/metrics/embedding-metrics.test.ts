/** Retrieval, alignment, uniformity, effective rank and probes: fixtures, printed values, and what is known by thinking. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  alignment,
  collapseAlarm,
  effectiveRank,
  nearestNeighbours,
  pearson,
  ranksOf,
  recallAt,
  retrieval,
  uniformity,
} from "fusion";
import { auroc } from "fusion/dist/metrics/auroc";
import { normalised } from "fusion/dist/metrics/alignment-uniformity";
import { macroAuroc } from "fusion/dist/metrics/auroc";
import { commonest, neighbourVotes } from "fusion/dist/metrics/nearest-neighbours";
import { cosines, medianOf } from "fusion/dist/metrics/retrieval";
import { fitRidge, ridgePredictions } from "fusion/dist/train/ridge";
import { randomFor } from "fusion/dist/random";
import space from "../fixtures/alignment_uniformity.json";
import found from "../fixtures/retrieval.json";

const near = (x: number, y: number, tolerance: number) =>
  assert.ok(Math.abs(x - y) <= tolerance, `expected ${y}, got ${x}`);
const A = [1, 0, 0, 1, 1, 1];
const B = [1, 0, 0.5, 1, 0, 1];

test("the worked example of alignment and uniformity has its six decimals", () => {
  near(alignment(A, B, 2), 0.416667, 5e-7);
  near(alignment(normalised(A, 2), normalised(B, 2), 2), 0.265644, 5e-7);
  near(uniformity(A, 2), -2.339989, 5e-7);
  near(uniformity(normalised(A, 2), 2), -1.547913, 5e-7);
  near(uniformity(normalised(B, 2), 2), -1.342681, 5e-7);
});

interface SpaceCase {
  readonly name: string;
  readonly normalise: boolean;
  readonly alpha: number;
  readonly t: number;
  readonly inputs: { readonly x: number[][]; readonly y: number[][]; readonly present?: number[] };
  readonly expected: {
    readonly alignment: number;
    readonly uniformity_x: number;
    readonly uniformity_y: number;
  };
}
for (const { name, normalise, alpha, t, inputs, expected } of space.cases as unknown as SpaceCase[])
  test(`PyTorch's alignment and uniformity: ${name}`, () => {
    const dim = inputs.x[0]!.length;
    const [x, y] = [inputs.x, inputs.y].map((rows) =>
      normalise ? normalised(rows.flat(), dim) : rows.flat(),
    );
    const present = inputs.present && { present: inputs.present };
    // expected are float64 results rounded to float32
    near(alignment(x!, y!, dim, { alpha, ...present }), expected.alignment, 1e-6);
    near(uniformity(x!, dim, { t, ...present }), expected.uniformity_x, 1e-6);
    near(uniformity(y!, dim, { t, ...present }), expected.uniformity_y, 1e-6);
  });

interface RetrievalCase {
  readonly name: string;
  readonly inputs: {
    readonly similarity?: number[][];
    readonly query?: number[][];
    readonly gallery?: number[][];
  };
  readonly expected: Readonly<Record<"strict_rank" | "mean_tie_rank", number[]>> &
    Readonly<Record<"recall" | "recall_strict", Record<string, number>>> & { readonly median_rank: number };
}
for (const { name, inputs, expected } of found.cases as unknown as RetrievalCase[])
  test(`ranks and recall: ${name}`, () => {
    const { similarity, query, gallery } = inputs;
    const scores = similarity
      ? similarity.flat()
      : cosines(query!.flat(), gallery!.flat(), query![0]!.length);
    const { strict, meanTie } = ranksOf(scores, similarity?.length ?? query!.length);
    assert.deepEqual(
      [Array.from(strict), Array.from(meanTie)],
      [expected.strict_rank, expected.mean_tie_rank],
    );
    for (const [k, share] of Object.entries(expected.recall))
      near(recallAt(meanTie, Number(k)), share, 1e-12);
    for (const [k, share] of Object.entries(expected.recall_strict))
      near(recallAt(strict, Number(k)), share, 1e-12);
    assert.equal(medianOf(meanTie), expected.median_rank);
  });

test("the worked ranks, and a collapsed space that strict ranks call perfect", () => {
  const { strict, meanTie } = ranksOf(cosines(A, B, 2), 3);
  assert.deepEqual(
    [Array.from(strict), Array.from(meanTie)],
    [
      [0, 1, 1],
      [0, 1, 1.5],
    ],
  );
  const one = new Float64Array(8).fill(0.5);
  const { recall1, recall1Strict, medianRank, chance } = retrieval(one, one, 2);
  assert.deepEqual([recall1, recall1Strict, medianRank, chance[0]], [0, 1, 2.5, 2.5]);
});

test("effective rank: 1 on a line, 2 on a circle, 0 in a point; the alarm rings where it should", () => {
  const line = Array.from({ length: 20 }, (_, i) => [i, 2 * i, -i]).flat();
  near(effectiveRank(line, 3), 1, 1e-6);
  const circle = Array.from({ length: 20 }, (_, i) => [
    Math.cos((i * Math.PI) / 10),
    Math.sin((i * Math.PI) / 10),
    0,
  ]).flat();
  near(effectiveRank(circle, 3), 2, 1e-6);
  assert.equal(effectiveRank(new Float64Array(30).fill(2), 3), 0);
  assert.equal(collapseAlarm(0, 0).because.length, 2);
  assert.equal(collapseAlarm(2.1, -1).collapsed, false);
});

test("auroc counts pairs, ties as a half", () => {
  // positives 3, 1 against negatives 2, 1: 3 > 2, 3 > 1, 1 < 2, 1 = 1 → 2.5 of 4
  assert.equal(auroc([3, 1, 2, 1], [1, 1, 0, 0]), 2.5 / 4);
  assert.ok(Number.isNaN(auroc([1, 2], [1, 1])));
  near(macroAuroc([0.9, 0.1, 0.2, 0.8], [0, 1], 2), 1, 0);
});

test("neighbours vote, the nearest breaks a tie", () => {
  const train = [1, 0, 0.9, 0.1, 0, 1, 0.1, 0.9];
  assert.deepEqual([...nearestNeighbours(train, [0, 0, 1, 1], [1, 0.2, 0.2, 1], 2, 3)], [0, 1]);
  assert.deepEqual([...nearestNeighbours(train, [0, 0, 1, 1], [0.3, 0.9], 2, 4)], [1]);
});

test("ridge without a penalty finds the line, with one it is the known shrinkage", () => {
  const random = randomFor(1, "ridge");
  const x = Float64Array.from({ length: 60 }, () => random.normal());
  const y = Float64Array.from({ length: 30 }, (_, i) => 3 + 2 * x[2 * i]! - x[2 * i + 1]!);
  const told = ridgePredictions(fitRidge(x, y, 1e-9), x);
  told.forEach((value, i) => near(value, y[i]!, 1e-6));
  near(pearson(told, y), 1, 1e-9);
  // one standardised feature: w = Σ x y / (n + λ)
  const fit = fitRidge(Float64Array.of(-1, 1), [-1, 1], 2);
  near(fit.weights[0]!, 2 / (2 + 2), 1e-12);
});

test("a gallery may be longer than the queries, and chance is that of the gallery", () => {
  const query = [1, 0, 0, 1];
  const gallery = [1, 0, 0, 1, 1, 0, -1, 0]; // the third is as near to the first query as its own
  const { ranks, queries, chance } = retrieval(query, gallery, 2);
  assert.deepEqual([queries, Array.from(ranks)], [2, [1.5, 1]]);
  assert.deepEqual(chance, [2.5, 1 / 4, 1, 1]);
});

test("votes are counted in the order of nearness", () => {
  const train = [1, 0, 0.9, 0.1, 0, 1];
  const votes = neighbourVotes(train, [2, 0, 2], [1, 0], 2, 2);
  assert.deepEqual(votes.map((each) => [...each]), [[[2, 1], [0, 1]]]); // prettier-ignore
  assert.equal(commonest(votes[0]!), 2);
});
