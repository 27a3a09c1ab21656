/** What is committed in results/ is whole, made by one engine, and agrees with itself. */
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { accuracy, type ExperimentName, experiments, keptDescription, type Result } from "fusion";
import { type Experiment, experiment, isSimulated } from "fusion/dist/experiments/experiment";
import { presetsOf } from "fusion/dist/experiments/presets-of";
import { readResults } from "fusion/dist/experiments/store";

const folder = "results";

/** Described, but not run whole yet; each leaves this list with the commit of its results. */
const unfinished: Partial<Record<ExperimentName, "in part" | "not run">> = {};

/** Those whom a leave-one-subject-out experiment holds out, one after the other, unless it names them. */
const people: Readonly<Record<string, number>> = { pamap2: 8, "pamap2-simulated": 8, "sp-sw-har": 23 };

/** How many folds an experiment has. */
function foldsOf({ split, data }: Experiment): number {
  if (split.kind === "leave-one-subject-out") return split.heldOut?.length ?? people[data]!;
  if (split.kind === "optimism") return 3 * people[data]!;
  return split.kind === "subject-groups" ? split.groups : 1;
}

/** Whole: every preset on every fold with every seed, once; in part: some presets so, and nothing else. */
function stateOf(name: ExperimentName, results: readonly Result[]): "whole" | "in part" | "not run" {
  const described = experiment(name);
  const wanted = presetsOf(described).map(({ presetName }) => presetName);
  const folds = new Set(results.map(({ fold }) => `${fold.split} ${fold.heldOut}`));
  const found = new Set(results.map(({ presetName }) => presetName));
  for (const preset of found) {
    assert.ok(wanted.includes(preset), `${name} has no preset ${preset}; run: npm run experiment -- ${name}`);
    const runs = results
      .filter(({ presetName }) => presetName === preset)
      .map(({ fold, seed }) => `${fold.split} ${fold.heldOut}, seed ${seed}`);
    const all = [...folds].flatMap((fold) => described.seeds.map((seed) => `${fold}, seed ${seed}`));
    assert.deepEqual(runs.sort(), all.sort(), `${preset} of ${name}`);
  }
  if (found.size > 0) assert.equal(folds.size, foldsOf(described), name);
  return found.size === 0 ? "not run" : found.size === wanted.length ? "whole" : "in part";
}

for (const name of Object.keys(experiments) as ExperimentName[]) {
  const profile = isSimulated(name) ? "standard" : "full";
  const results: Result[] = readResults(folder, profile, name);

  test(`${name} is there for every fold, preset and seed, or listed as unfinished`, () => {
    assert.equal(stateOf(name, results), unfinished[name] ?? "whole");
  });
  if (results.length === 0) continue;

  test(`${name} was made by one engine, on one data set, each preset by one code`, () => {
    const one = (values: readonly string[]): number => new Set(values).size;
    assert.equal(one(results.map(({ engine }) => JSON.stringify(engine))), 1);
    assert.ok(results.every(({ engine }) => engine.name === "wheel" && engine.threads === 1));
    // an alignment or another length makes other windows of the same recordings, and a preset's name says so
    const windowsOf = (r: Result): string => (experiment(name).variants ? r.presetName : "all");
    for (const windows of new Set(results.map(windowsOf)))
      assert.equal(one(results.filter((r) => windowsOf(r) === windows).map(({ data }) => data.hash)), 1);
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
      const named = fold.heldOut.replace(/^group .*: /, ""); // "group 2 of 3: 103, 106", or "last trials" of all
      if (/\d/.test(named))
        assert.deepEqual(
          subjects.map(({ subject }) => subject),
          named.split(", "),
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
