/** What is committed in results/ is whole, made by one engine, and agrees with itself. */
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { accuracy, type ExperimentName, experiments, keptDescription, type Result } from "fusion";
import { experiment, isSimulated } from "fusion/dist/experiments/experiment";
import { readResults } from "fusion/dist/experiments/store";

const folder = "results";

for (const name of Object.keys(experiments) as ExperimentName[]) {
  const profile = isSimulated(name) ? "standard" : "full";
  const results: Result[] = readResults(folder, profile, name);

  test(`${name} is there for every held-out subject, arm and seed`, () => {
    const { seeds, split, presets } = experiment(name);
    const people = ["101", "102", "103", "104", "105", "106", "107", "108"];
    const folds =
      split.kind === "fixed-subjects"
        ? [`fixed subjects ${split.test.join(", ")}`]
        : (split.kind === "optimism" ? ["random", "blocked", "leave-one-subject-out"] : [split.kind]).flatMap(
            (arm) => people.map((person) => `${arm} ${person}`),
          );
    const wanted = presets.flatMap((preset) =>
      folds.flatMap((fold) => seeds.map((seed) => `${preset} ${fold} ${seed}`)),
    );
    const found = results.map(
      ({ presetName, fold, seed }) => `${presetName} ${fold.split} ${fold.heldOut} ${seed}`,
    );
    assert.deepEqual(found.sort(), wanted.sort());
  });

  test(`${name} was made by one engine, on one data set, each preset by one code`, () => {
    const one = (values: readonly string[]): number => new Set(values).size;
    assert.equal(one(results.map(({ engine }) => JSON.stringify(engine))), 1);
    assert.ok(results.every(({ engine }) => engine.name === "wheel" && engine.threads === 1));
    assert.equal(one(results.map(({ data }) => data.hash)), 1);
    for (const preset of new Set(results.map(({ presetName }) => presetName)))
      assert.equal(
        one(results.filter(({ presetName }) => presetName === preset).map(({ code }) => code)),
        1,
        `half of the results of ${preset} are stale; run: npm run experiment -- ${name}`,
      );
  });

  test(`${name}: scores follow from the confusion matrices`, () => {
    for (const { key, pooled, subjects, fold } of results) {
      assert.ok(Math.abs(accuracy(pooled.confusion) - pooled.accuracy) < 1e-12, key);
      assert.equal(pooled.windows, fold.test, key);
      assert.deepEqual(
        subjects.map(({ subject }) => subject),
        fold.heldOut.split(", "),
        key,
      );
    }
  });
}

test("each result has its circumstances beside it, and nothing else lies there", () => {
  for (const profile of readdirSync(folder).filter((name) => ["standard", "full"].includes(name)))
    for (const name of readdirSync(join(folder, profile)))
      if (Object.keys(experiments).includes(name))
        for (const file of readdirSync(join(folder, profile, name)).filter((f) => !f.endsWith(".logits"))) {
          const twin = file.endsWith(".run.json")
            ? file.replace(".run.json", ".json")
            : file.replace(".json", ".run.json");
          assert.ok(
            /^[0-9a-f]{16}(\.run)?\.json$/.test(file) && existsSync(join(folder, profile, name, twin)),
            file,
          );
        }
});

test("the description of PAMAP2's part has the counts that others found", () => {
  const { published, rows } = keptDescription("pamap2", { keptResults: folder });
  // 313,265 rows: floor((313265 - 100) / 50) + 1 windows; the held-out 30 % and its half are rounded up
  assert.deepEqual(
    [published.windows, published.train, published.validation, published.test],
    [6264, 4384, 940, 940],
  );
  assert.equal(published.lost.each["hand"], 865);
  assert.equal(rows.find((r) => r.subject === "109")!.rows, 6391);
});
