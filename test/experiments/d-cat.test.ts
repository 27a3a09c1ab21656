/** The transfer chapter's trainings: temperature, domains, gates out of fold, a run without its cache, and gains by hand. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Batch } from "fusion";
import { trainAlone } from "fusion/dist/experiments/d-cat-alone";
import { openDCat } from "fusion/dist/experiments/d-cat-data";
import { dCat, learnerFor, type Task } from "fusion/dist/experiments/d-cat-design";
import { domainEdit } from "fusion/dist/experiments/d-cat-domains";
import { labelOf } from "fusion/dist/experiments/d-cat-label";
import { dCatNames } from "fusion/dist/experiments/d-cat-questions";
import { tasksOf } from "fusion/dist/experiments/d-cat-tasks";
import type { DCatResult } from "fusion/dist/experiments/d-cat-result";
import { runTask } from "fusion/dist/experiments/d-cat-run";
import { innerFolds } from "fusion/dist/experiments/d-cat-sources";
import { gains, negativeTransfer } from "fusion/dist/experiments/d-cat-summary";
import { temperatureOf } from "fusion/dist/experiments/d-cat-temperature";
import { folderCache, noCache } from "fusion/dist/transfer/cache";
import temperatures from "../fixtures/temperature_scaling.json";

for (const { name, inputs, expected } of temperatures.cases)
  test(`the temperature agrees with scipy's on "${name}"`, () => {
    const logits = inputs.logits.map((row) => Float32Array.from(row));
    const labels = (inputs as unknown as { labels: number[] }).labels;
    const { temperature } = expected as unknown as { temperature: number };
    // logits are rounded to float32, whose flat minimum the fixture allows for
    assert.ok(Math.abs(temperatureOf(logits, labels) - temperature) < 1e-3);
  });

test("a turn by 30° acts on measured units; half the rate says each second step again", () => {
  const scaler = { arm: { mean: [1, 0, 0], deviation: [2, 1, 1], count: [1, 1, 1] } };
  const batch = (): Batch => ({
    inputs: {
      arm_values: { shape: [1, 2, 3], values: Float32Array.of(0, 0, 5, 1, 2, 3) },
      arm_validity: { shape: [1, 2], values: Float32Array.of(1, 1) },
    },
    targets: { shape: [1, 1], values: Float32Array.of(0) },
  });
  const turned = batch();
  domainEdit("turned by 30°", "arm", scaler)!(turned);
  const { values } = turned.inputs["arm_values"]!;
  // [1, 0] becomes [cos, sin]; scaled again (cos - 1) / 2
  assert.ok(Math.abs(values[0]! - (Math.sqrt(3) / 2 - 1) / 2) < 1e-6 && Math.abs(values[1]! - 0.5) < 1e-6);
  assert.equal(values[2], 5);
  const held = batch();
  domainEdit("half the rate", "arm", scaler)!(held);
  assert.deepEqual([...held.inputs["arm_values"]!.values], [0, 0, 5, 0, 0, 5]);
  assert.equal(
    domainEdit("turned by 30°", "heart", { heart: { mean: [1], deviation: [1], count: [1] } }),
    undefined,
  );
});

const folders = { prepared: tmpdir(), find: () => assert.fail("simulated data need no folder") };
const learner = learnerFor("shared-private", "fitted", "tiny");
const task: Task = {
  ...{ data: "shared-private", split: "ood", fold: 0, seed: 1, target: "poor" },
  method: { ...dCat, sources: ["rich"], gate: "out-of-fold" },
  ...{ learner, sourceLearner: learner, fitness: { target: "fitted", source: "fitted" } },
};

test("out-of-fold bits judge each training window once, by people that its judge had not seen", async () => {
  const { windows, folds } = await openDCat("shared-private", "tiny", folders);
  for (const split of ["ood", "id"] as const) {
    const fold = folds[split][0]!;
    const halves = innerFolds({ windows, fold });
    const judged = halves.flatMap(({ rows }) => [...rows]).sort((a, b) => a - b);
    assert.deepEqual(judged, [...fold.train.keys()]);
    const unit = (w: number): string => (split === "ood" ? windows.subject[w]! : `${windows.segment[w]}`);
    for (const { fold: inner, rows } of halves) {
      const taught = new Set(Array.from(inner.train, unit));
      assert.ok(Array.from(rows).every((row) => !taught.has(unit(fold.train[row]!))));
      assert.ok(inner.train.every((w) => fold.train.includes(w)));
    }
  }
});

test("a run gives the same bytes without its cache, with an empty one and with a full one", async () => {
  const { windows, folds } = await openDCat("shared-private", "tiny", folders);
  const folder = mkdtempSync(join(tmpdir(), "fusion-d-cat-"));
  try {
    const cache = folderCache(folder, 1e8);
    const data = { windows, fold: folds.ood[0]! };
    const outcomes = [];
    for (const one of [noCache, cache, cache]) outcomes.push(await runTask(task, data, { cache: one }));
    const [without, empty, full] = outcomes.map((outcome) => JSON.stringify(outcome));
    assert.equal(empty, without);
    assert.equal(full, without);
    assert.deepEqual(outcomes[0]!.inputs, ["poor_values", "poor_validity", "presence"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the trainings of each study differ, and none has another's label in the same place", () => {
  for (const name of dCatNames) {
    const tasks = tasksOf(name, "full");
    const places = tasks.map((t) => {
      const sources = t.method.kind === "alone" ? [] : t.method.sources;
      return JSON.stringify([t.data, t.split, t.fold, t.seed, sources, t.target, labelOf(t)]);
    });
    assert.equal(new Set(places).size, tasks.length, name);
  }
});

test("a study that is broken off has first folds first and its second seed last, and makes nothing that another has made", () => {
  const first = new Set(tasksOf("d-cat-first", "full").map((one) => JSON.stringify(one)));
  for (const name of ["d-cat-utd-mhad", "d-cat-sp-sw-har", "d-cat-pamap2"] as const) {
    const tasks = tasksOf(name, "full");
    assert.ok(
      tasks.every((one) => !first.has(JSON.stringify(one))),
      name,
    );
    const seeds = tasks.map(({ seed }) => seed);
    assert.deepEqual(seeds, [...seeds].sort((a, b) => a - b), name); // prettier-ignore
  }
  const { fold, split } = tasksOf("d-cat-pamap2", "full")[32]!; // behind 4 alone and 12 directions on two first folds
  assert.deepEqual([fold, split], [1, "ood"]);
  const known =
    (data: string) =>
    (one: Task): string =>
      one.data === data ? `${one.split} ${one.fold}` : "";
  const early = tasksOf("d-cat-utd-mhad", "full").slice(0, 100).map(known("utd-mhad")); // prettier-ignore
  assert.deepEqual(new Set(early), new Set(["ood 0", "id 0"]));
});

test("a sensor that was trained alone is in the cache as a source: the same weights as trained for that purpose", async () => {
  const { windows, folds } = await openDCat("shared-private", "tiny", folders);
  const kept: Float32Array[][] = [];
  const remembers = { read: () => undefined, write: (_: string, tensors: readonly Float32Array[]) => void kept.push([...tensors]) }; // prettier-ignore
  const fold = folds.ood[0]!;
  await runTask(
    { ...task, target: "rich", method: { kind: "alone" } },
    { windows, fold },
    { cache: remembers },
  );
  const model = await trainAlone({ windows, fold, sensor: "rich", learner, seed: 1 }, remembers, {});
  model!.dispose();
  assert.equal(kept.length, 2);
  assert.deepEqual(kept[0], kept[1]);
});

test("gains are paired by person, fold and seed; what is worse is in the report of negative transfer", () => {
  const scored = (method: Task["method"], fold: number, macroF1: number): DCatResult => {
    const numbers = { windows: 1, accuracy: macroF1, macroF1, negativeLogLikelihood: 1, ece: 0 };
    const scores = { ...numbers, scaled: { negativeLogLikelihood: 1, ece: 0 } };
    const people = ["a", "b", "c"].map((p) => ({ subject: `${p}${fold}`, ...scores }));
    return {
      task: { ...task, method, fold },
      scores: [{ domain: "as recorded", pooled: scores, subjects: people }],
    } as unknown as DCatResult;
  };
  const method = { ...dCat, sources: ["rich"] };
  const results = [0, 1].flatMap((fold) => [
    scored({ kind: "alone" }, fold, 0.5 + fold / 4),
    scored(method, fold, 0.625 + fold / 4),
    scored({ ...method, lambda: 10 }, fold, 0.25 + fold / 4),
  ]);
  const rows = gains(results);
  assert.deepEqual(
    rows.map(({ first, mean, verdict, subjects }) => [first, mean, verdict, subjects]),
    [
      ["D-CAT, λ 1", 0.125, "better", 6],
      ["D-CAT, λ 10", -0.25, "worse", 6],
    ],
  );
  assert.deepEqual(negativeTransfer(results).map(({ first }) => first), ["D-CAT, λ 10"]); // prettier-ignore
});
