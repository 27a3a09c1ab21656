/** What an experiment compares: what it borrows, its own, and more seeds; never on other windows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { comparedResults } from "fusion/dist/experiments/compared-results";
import {
  experiment,
  experimentNames,
  type ExperimentName,
  seedsOf,
} from "fusion/dist/experiments/experiment";
import type { Result } from "fusion/dist/experiments/result";
import { madeResult } from "./made-results";

const made = (experiment: ExperimentName, presetName: string, seed: number, test = 10): Result => {
  const result = madeResult({ presetName, subject: "101", seed, accuracy: () => 0.5 });
  return { ...result, experiment, fold: { ...result.fold, test } };
};
const written = [
  made("loso-pamap2", "early-conv", 1),
  made("loso-pamap2", "early-conv", 7),
  made("loso-pamap2", "early-published", 1),
  made("fusion-pamap2", "hybrid-conv", 1),
  made("fusion-seeds-pamap2", "hybrid-conv", 2),
];
const of = (results: readonly Result[]) => (name: ExperimentName) =>
  results.filter(({ experiment }) => experiment === name);

test("its own, what it borrows by preset and seed, and more seeds", () => {
  const compared = comparedResults("fusion-pamap2", of(written));
  assert.deepEqual(
    compared.map(({ presetName, seed }) => `${presetName} ${seed}`),
    ["early-conv 1", "hybrid-conv 1", "hybrid-conv 2"],
  );
});

test("a result on other windows is named", () => {
  for (const [name, preset] of [
    ["loso-pamap2", "early-conv"],
    ["fusion-seeds-pamap2", "hybrid-conv"],
  ] as const) {
    const other = [...written.filter(({ experiment }) => experiment !== name), made(name, preset, 1, 11)];
    assert.throws(() => comparedResults("fusion-pamap2", of(other)), {
      message: `comparedResults: expected ${preset} of ${name} on the folds of fusion-pamap2, got leave-one-subject-out, held out 101 with 11 windows; borrow from an experiment on the same windows and split`,
    });
  }
});

test("what stands beside an experiment, and its further seeds, can be had: same data, windows and split, no seed twice", () => {
  for (const name of experimentNames) {
    const { beside = {}, moreSeeds, ...own } = experiment(name);
    for (const other of [...Object.keys(beside), ...(moreSeeds ? [moreSeeds] : [])]) {
      assert.ok((experimentNames as readonly string[]).includes(other), `${name}: ${other}`);
      const { data, window, split } = experiment(other as ExperimentName);
      assert.deepEqual(
        { data, window, split },
        { data: own.data, window: own.window, split: own.split },
        `${name}: ${other}`,
      );
    }
    if (!moreSeeds) continue;
    assert.ok(experiment(moreSeeds as ExperimentName).seeds.every((seed) => !own.seeds.includes(seed)));
    assert.equal(seedsOf(moreSeeds as ExperimentName), name);
  }
});
