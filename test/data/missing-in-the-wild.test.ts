/** Tokens from rows of features, whole groups in folds, and what gaps tell. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type LabelledPresence, missingDependence, toldByPresence } from "fusion/dist/data/missing-dependence";
import { gapsOf, missingBy, missingOverTime, missingTogether } from "fusion/dist/data/missing-tables";
import { featuresNamed, oneRow } from "fusion/dist/data/one-row";
import type { Recording, Vector } from "fusion/dist/data/recording";
import { fitTokenScaler } from "fusion/dist/data/token-data";
import { givenTokenSplit, tokenFolds } from "fusion/dist/data/token-folds";
import { tokensOfVectors } from "fusion/dist/data/tokens-of-vectors";
import { randomFor } from "fusion/dist/random";

const vector = (seconds: readonly number[], values: readonly number[]): Vector => ({
  ...{ kind: "vector", features: featuresNamed(["a", "b", "c"]) },
  ...{ seconds: Float64Array.from(seconds), values: Float32Array.from(values) },
});
const recording = (subject: string, targets: readonly number[], modalities: Recording["modalities"]): Recording => ({
  ...{ dataset: "made", subject, session: "s", modalities, space: { kind: "class", classes: ["x", "y"] } },
  segments: targets.map((target, i) => ({ startSeconds: i, endSeconds: i + 1, target: [target] })),
});

test("features become blocks of neighbours, joined, padded and absent as told", () => {
  const recordings = [
    recording("p", [0, 1, NaN], { one: vector([0, 1, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9]), two: vector([1], [7, 15, NaN]) }),
    recording("q", [1], { one: oneRow(featuresNamed(["a", "b", "c"]), [3, 2, 1]) }),
  ];
  const data = tokensOfVectors(recordings, {
    modalities: { both: { from: ["one", "two"] }, second: { from: ["two"], logarithm: true } },
    tokens: 2,
    classes: ["x", "y"],
    classOf: ([x]) => (Number.isNaN(x) ? undefined : x),
  });
  const [both, second] = data.modalities;
  assert.deepEqual([both!.tokens, both!.width, second!.tokens, second!.width], [2, 3, 2, 2]);
  assert.deepEqual([...both!.values], [1, 2, 3, NaN, NaN, NaN, 4, 5, 6, 7, 15, NaN, 3, 2, 1, NaN, NaN, NaN]);
  assert.deepEqual([...second!.values.subarray(4, 8)], [3, 4, NaN, NaN]); // log₂ 8, log₂ 16, not measured, filled up
  assert.deepEqual([...data.presence], [1, 0, 1, 1, 1, 0]);
  assert.deepEqual([data.ids, data.groups, [...data.labels]], [["p/s/0", "p/s/1", "q/s/0"], ["p", "p", "q"], [0, 1, 1]]);
  // statistics know nothing but the rows that they are told of
  assert.deepEqual([...fitTokenScaler(both!, [0, 1]).mean], [2.5, 3.5, 4.5, 7, 15, 0]);
});

test("a sequence is no row of features", () => {
  const wrong = recording("p", [0], { one: { kind: "sequence", channels: [], rateHz: 1, seconds: Float64Array.of(0), values: new Float32Array(0) } });
  const ask = (from: string) => () =>
    tokensOfVectors([wrong], { modalities: { m: { from: [from] } }, tokens: 2, classes: ["x"], classOf: () => 0 });
  assert.throws(ask("one"), { message: "tokensOfVectors: m: expected a vector one, got a sequence; name another" });
  assert.throws(ask("two"), { message: "tokensOfVectors: m: expected a vector two, got only one; name another" });
});

test("every group is tested once, and is nowhere else in that fold", () => {
  const groups = Array.from({ length: 90 }, (_, i) => `g${Math.floor(i / 2)}`);
  const labels = Int32Array.from(groups, (group) => Number(Number(group.slice(1)) % 3 === 0));
  const data = { groups, labels };
  const folds = tokenFolds(data, { folds: 4, seed: 1, byClass: true });
  const of = (rows: Int32Array): Set<string> => new Set(Array.from(rows, (row) => groups[row]!));
  for (const { train, validation, test } of folds) {
    assert.equal(train.length + validation.length + test.length, groups.length);
    assert.equal(of(train).size + of(validation).size + of(test).size, 45);
    const rare = new Set(Array.from(test).flatMap((row) => (labels[row] ? [groups[row]!] : []))).size;
    assert.ok(rare === 3 || rare === 4, `${rare}`); // of 15
  }
  assert.deepEqual(folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b), groups.map((_, i) => i));
  const given = givenTokenSplit(data, (group) => group === "g7" || group === "g8", { seed: 1 });
  assert.deepEqual([...given.test], [14, 15, 16, 17]);
  assert.deepEqual([of(given.train).size, of(given.validation).size], [34, 9]);
  assert.throws(() => tokenFolds({ groups: ["a", "b"], labels: new Int32Array(2) }, { folds: 2, seed: 1 }), /got 2 in 2 folds; ask for other folds$/);
});

/** Two people, two sensors; the second is lost in one stretch by the one and never by the other. */
const small: LabelledPresence = {
  presence: Uint8Array.of(1, 1, 1, 0, 1, 0, 0, 0, 1, 1, /* other */ 1, 1, 0, 1),
  modalities: 2,
  labels: Int32Array.of(0, 1, 1, 1, 0, 0, 1),
  classes: 2,
  groups: ["p", "p", "p", "p", "p", "q", "q"],
};

test("tables of what is missing, by hand", () => {
  assert.deepEqual(missingBy(small, (i) => small.groups[i]!), [
    { key: "p", samples: 5, shares: [1 / 5, 3 / 5] },
    { key: "q", samples: 2, shares: [1 / 2, 0] },
  ]);
  const [pair] = missingTogether(small);
  assert.deepEqual([pair!.both, pair!.ifAlone], [1 / 7, (2 / 7) * (3 / 7)]);
  // (1/7 - 6/49) / √(2/7 · 5/7 · 3/7 · 4/7)
  assert.ok(Math.abs(pair!.phi - 1 / 49 / Math.sqrt(120 / 2401)) < 1e-12);
  // one gap of three; alone: 3/5 at the first of p, and four times 3/5 · 2/5
  const gaps = gapsOf(small, 1);
  assert.deepEqual([gaps.count, gaps.typical, gaps.longest], [1, 3, 3]);
  assert.ok(Math.abs(gaps.countIfAlone - (3 / 5 + 4 * (6 / 25))) < 1e-12);
  assert.deepEqual([gapsOf(small, 0).count, gapsOf(small, 0).longest], [2, 1]);
  assert.deepEqual(missingOverTime(small, 1, "p", 2), [1 / 2, 2 / 3]);
});

test("what the set of modalities tells is learned from the other groups", () => {
  // p: q's commonest class of all ties, the first; q's sets are 11 → 0 and 01 → 1
  const [p, q] = toldByPresence(small);
  assert.deepEqual([p!.told, p!.majority], [2 / 5, 2 / 5]);
  // q: p has 11 → 0, and nothing of 01, so its commonest class 1
  assert.deepEqual([q!.told, q!.majority, q!.samples], [1, 1 / 2, 2]);
});

const people = Array.from({ length: 6 * 400 }, (_, i) => `p${Math.floor(i / 400)}`);
/** Stretches of 0 and 1, of random lengths. */
const stretches = (purpose: string, replicate: number, mean: number): number[] => {
  const random = randomFor(1, purpose, replicate);
  let state = 0;
  return people.map(() => {
    if (random.uniform() < 1 / mean) state = Number(random.uniform() < 0.5);
    return state;
  });
};

test("a gap that follows the class is found", () => {
  const labels = Int32Array.from(stretches("labels", 1, 40));
  const presence = Uint8Array.from(labels, (label, i) => (i % 7 === 0 ? 1 - label : label));
  const data = { labels, presence, groups: people, modalities: 1, classes: 2 };
  assert.equal(missingDependence(data, 0, { placements: 199, seed: 1 }).p, 1 / 200);
  const never = missingDependence({ ...data, presence: presence.map(() => 1) }, 0, { placements: 9, seed: 1 });
  assert.deepEqual(never, { explained: NaN, p: NaN });
});

test("gaps that are only long are called a finding as often as promised; taken for independent, far more often", () => {
  const [replicates, level] = [40, 0.1];
  const findings = (asOne: boolean): number =>
    Array.from({ length: replicates }, (_, k) => {
      const labels = Int32Array.from(stretches("labels", k, 30));
      const presence = Uint8Array.from(stretches("gaps", k, 40));
      const data = { labels, presence, groups: people, modalities: 1, classes: 2 };
      return Number(missingDependence(data, 0, { placements: 49, seed: k, asOne }).p <= level);
    }).reduce((a, b) => a + b, 0);
  // binomial, mean 4, deviation 1.9
  assert.ok(findings(false) <= 10, `${findings(false)}`);
  assert.ok(findings(true) >= 16, `${findings(true)}`);
});
