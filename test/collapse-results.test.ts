/** The committed trainings behind the question of the collapse agree with themselves. */
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { answersUnder, type CollapseResult } from "fusion";
import { collapseNames } from "fusion/dist/experiments/collapse-design";
import { readCollapses } from "fusion/dist/experiments/collapse-result";

for (const name of collapseNames) {
  const results: CollapseResult[] = readCollapses("results", "full", name);
  if (results.length === 0) continue; // a notebook that draws it says so

  test(`${name}: one engine, one data set, each variant and seed once`, () => {
    const one = (values: readonly string[]): number => new Set(values).size;
    assert.equal(one(results.map(({ engine }) => JSON.stringify(engine))), 1);
    assert.equal(one(results.map(({ data }) => data.hash)), 1);
    assert.equal(one(results.map(({ variantName, seed }) => `${variantName} ${seed}`)), results.length);
    assert.ok(results.some(({ variantName }) => variantName === "published"));
  });

  test(`${name}: scores follow from counts, and every set of sensors is there`, () => {
    for (const { key, answers, windows } of results)
      for (const { subsets } of answers) {
        assert.equal(subsets.length, 15, key);
        for (const { correct, accuracy } of subsets)
          assert.ok(Math.abs(correct / windows.test - accuracy) < 1e-12, key);
      }
  });

  test(`${name}: what is known in advance: a useless continue, and all sensors that are there`, () => {
    for (const result of results.filter(
      (r) => r.variant.kind === "published" && r.variant.fusion === "hybrid",
    )) {
      assert.deepEqual(answersUnder(result, "continue added"), answersUnder(result, "published"), result.key);
      const all = (switched: string): number => answersUnder(result, switched).at(-1)!.correct;
      for (const switched of ["keys masked", "features zeroed", "mean of the present", "raw values kept"])
        assert.equal(all(switched), all("published"), `${result.key}: ${switched}`);
    }
  });

  test(`${name}: circumstances lie beside`, () => {
    const folder = join("results", "full", name);
    for (const file of readdirSync(folder).filter((f) => !f.endsWith(".run.json")))
      assert.ok(existsSync(join(folder, file.replace(".json", ".run.json"))), file);
  });
}
