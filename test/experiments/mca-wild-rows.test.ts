/** Rows of results on data with gaps of their own, from results made by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { finishedSplits, type McaResult, wildRows } from "fusion";
import { mcaStudies, mcaStudyNames } from "fusion/dist/experiments/mca-design";
import { MissingnessDescription } from "fusion/dist/experiments/missingness-description";
import { readMissingness } from "fusion/dist/experiments/missingness-files";

const [first] = mcaStudies["mca-acc"].runs("full");

/** @param recall1 with and without the query's modality */
const result = (
  method: string,
  split: number,
  groups: Readonly<Record<string, number>>,
  recall1?: readonly [number, number],
): McaResult =>
  ({
    options: { ...first, method, split },
    tests: [
      {
        ...{ p: 0, groups, scores: { macroF1: split + 0.5 } },
        retrieval: (recall1 ?? []).map((r, i) => ({ withQuery: i === 0, gallery: 20, recall1: r })),
      },
    ],
  }) as unknown as McaResult;

const results = [
  result("majority", 0, { a: 0, b: 1 }),
  result("single", 0, { a: 1, b: 1 }),
  result("mca", 0, { a: 1, b: 0.5 }, [0.75, 0.25]),
  result("majority", 1, { c: 1 }),
  result("single", 1, { c: 0 }),
  result("mca", 1, { c: 0.75 }, [0.25, 0.25]),
];

test("each group counts once, and is held against itself", () => {
  const [majority, single, mca] = wildRows(results);
  assert.ok(Math.abs(mca!.accuracy - 2.25 / 3) < 1e-12);
  assert.ok(Math.abs(mca!.overMajority.mean - (1 - 0.5 - 0.25) / 3) < 1e-12);
  assert.ok(Math.abs(mca!.overSingle!.mean - (0 - 0.5 + 0.75) / 3) < 1e-12);
  assert.deepEqual([mca!.macroF1, mca!.recall1], [1, { withQuery: 0.5, without: 0.25, chance: 0.05 }]);
  assert.deepEqual(
    [majority!.overMajority.mean, single!.overSingle, single!.recall1],
    [0, undefined, undefined],
  );
  assert.ok(mca!.lower < mca!.accuracy && mca!.upper === 1);
});

test("splits that lack a method are left out, and other groups are refused", () => {
  const half = results.slice(0, 5);
  assert.deepEqual(finishedSplits(half), results.slice(0, 3));
  assert.throws(
    () => wildRows(results.slice(1)),
    /wildRows: expected the same groups for each method, .*; finish the study's runs$/,
  );
});

test("no network of these studies has more than 64 tokens, as their issue sizes them", () => {
  for (const name of mcaStudyNames)
    for (const { tokensPerChannel, steps, batchSize, depth } of mcaStudies[name].runs("full"))
      assert.ok(tokensPerChannel === 1 && steps <= 1500 && batchSize === 32 && depth === 2, name);
  // of each modality, and a token for each set of two or more
  for (const [modalities, tokens] of [
    [3, 12],
    [4, 12],
    [5, 7],
  ] as const)
    assert.ok(modalities * tokens + 2 ** modalities - modalities - 1 <= 64);
});

test("descriptions that are kept are in the form of this code, and lie by names of their data sets", () => {
  for (const dataSet of ["extrasensory", "tcga-acc", "tcga-brca"]) {
    const kept = readMissingness("results", dataSet);
    assert.doesNotThrow(() => MissingnessDescription.parse(kept));
    assert.equal(kept.dataSet, dataSet);
    const sets = kept.sets.reduce((sum, { samples }) => sum + samples, 0);
    assert.equal(sets, kept.samples);
  }
  assert.throws(
    () => readMissingness("results", "nothing"),
    /got none; where the data are, run: npm run results -- describe-nothing$/,
  );
});
