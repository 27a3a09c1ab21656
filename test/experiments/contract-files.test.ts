/** The assignment's files follow from results number by number, and fit their published schemas by another validator. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Ajv2020 from "ajv/dist/2020";
import { contractFiles } from "fusion/dist/experiments/contract-files";
import { contractSchemas } from "fusion/dist/experiments/contract-schemas";
import { experimentNames } from "fusion/dist/experiments/experiment";
import { presets } from "fusion/dist/experiments/preset";
import { schemaFiles } from "fusion/dist/experiments/report-files";
import { jsonSchema, type SchemaName, schemaNames } from "fusion/dist/experiments/schemas";
import { madeResult } from "./made-results";

/** A tenth for each sensor beyond 0.2; the heart is dead. */
const live = (present: readonly string[]): number =>
  0.2 + 0.1 * present.filter((name) => name !== "heart").length;
const results = [
  madeResult({ presetName: "early-conv", subject: "101", seed: 1, accuracy: live }),
  madeResult({ presetName: "early-conv", subject: "101", seed: 2, accuracy: (set) => live(set) + 0.1 }),
  madeResult({ presetName: "early-conv", subject: "102", seed: 1, accuracy: (set) => live(set) + 0.3 }),
  madeResult({
    presetName: "only-hand",
    preset: { ...presets["early-conv"], modalities: ["hand"] },
    subject: "101",
    accuracy: () => 0.3,
  }),
  madeResult({ presetName: "majority", preset: presets["majority"], subject: "101", accuracy: () => 0.2 }),
];
const inference = {
  preset: "early-conv",
  batch: 1,
  parameters: 7,
  calls: 9,
  p50: 2,
  p95: 4,
  mean: 3,
  deviation: 1,
};
const files = contractFiles("made", results, [inference]);
const near = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-12, `${a} is not ${b}`);

test("a score is the mean over subjects of each one's mean over seeds", () => {
  const early = files.fusion_comparison.results["early_fusion"]!;
  near(early.accuracy, (0.55 + 0.8) / 2); // 101: 0.5 and 0.6, 102: 0.8
  near(early.f1_macro, early.accuracy / 2);
  near(early.nll, 1 - early.accuracy);
  assert.deepEqual([early.loss, early.seeds, early.trials, early.parameters], [early.nll, 2, 1, 7]);
  assert.deepEqual([early.inference_ms, early.inference_ms_std, early.inference_ms_p95], [3, 1, 4]);
  // 30 windows of confidence 0.7, of which 5 + 6 + 8 are right
  near(early.ece, 0.7 - 19 / 30);
});

test("what has fewer sensors, or fuses nothing, is a baseline", () => {
  const { results: fusions, baselines } = files.fusion_comparison;
  assert.deepEqual(
    [Object.keys(fusions), Object.keys(baselines)],
    [["early_fusion"], ["only_hand", "majority"]],
  );
  assert.equal(baselines["majority"]!.inference_ms, null);
  assert.equal(baselines["majority"]!.accuracy_interval, null);
});

test("all three dialects of the missing-sensor file, with the sets by name", () => {
  const { missing_modality: file } = files;
  const early = (file as unknown as Record<string, typeof file>)["early"]!;
  assert.equal(Object.keys(early.all_combinations).length, 15);
  assert.deepEqual(file.all_combinations, early.all_combinations);
  assert.deepEqual(file.modality_subsets["imu_only"], file.all_combinations["hand+chest+ankle"]);
  assert.deepEqual(file.modality_subsets["heart_only"], file.single_modalities["heart"]);
  assert.deepEqual(file.modality_subsets["all"], file.full_modalities);
  near(file.full_modalities.accuracy - file.single_modalities["hand"]!.accuracy, 0.2);
  near(file.shapley_values["hand"]!, 0.1);
  near(file.shapley_values["heart"]!, 0);
  assert.ok(file.modality_importance["heart"]! < 0, "the published formula's flaw is kept under its name");
  near(
    Object.values(file.modality_importance).reduce((a, b) => a + Math.abs(b), 0),
    1,
  );
});

test("the bins of the calibration file give its error again", () => {
  const { ece, bins, samples_per_bin, accuracy_per_bin, confidence_per_bin, samples } =
    files.uncertainty.calibration_metrics;
  assert.deepEqual([bins.length, samples, samples_per_bin[10]], [15, 30, 30]);
  near(ece, Math.abs(accuracy_per_bin[10]! - confidence_per_bin[10]!));
  assert.equal(accuracy_per_bin[0], null, "an empty bin has no accuracy");
  assert.equal(ece, files.fusion_comparison.results["early_fusion"]!.ece, "one number for one thing");
});

test("results without the sets of sensors are refused, with the command that renews them", () =>
  assert.throws(
    () => contractFiles("old", [{ ...results[0]!, subsets: [] }]),
    /contractFiles: expected results with the scores of all sets of sensors, got results of older code of old; run: npm run results -- old/,
  ));

const validator = (name: SchemaName) => new Ajv2020({ allErrors: true }).compile(jsonSchema(name));

for (const name of Object.keys(contractSchemas) as (keyof typeof contractSchemas)[])
  test(`${name}.json fits its JSON Schema, and a typing error does not`, () => {
    const fits = validator(name);
    const content = JSON.parse(JSON.stringify(files[name])) as Record<string, unknown>;
    assert.ok(fits(content), JSON.stringify(fits.errors));
    assert.deepEqual(contractSchemas[name].parse(content), content);
    for (const broken of [
      { ...content, dataset: 5 },
      { ...content, subjects: undefined, about: "x" },
    ])
      assert.ok(!fits(JSON.parse(JSON.stringify(broken))));
  });

test("a result fits its schema, and not without its seed", () => {
  const fits = validator("result");
  const result = JSON.parse(JSON.stringify(results[0])) as object;
  assert.ok(fits(result), JSON.stringify(fits.errors));
  assert.ok(!fits({ ...result, seed: undefined }) && !fits({ ...result, more: 1 }));
});

test("published schemas are those of this code; run: npm run tables", () => {
  for (const { path, text } of schemaFiles()) assert.equal(readFileSync(path, "utf8"), text, path);
  assert.deepEqual(
    readdirSync("results/schemas").sort(),
    schemaNames.map((name) => `${name}.schema.json`).sort(),
  );
});

test("every committed result and contract file fits its published schema", () => {
  const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
  const check = (name: string, file: string): void => {
    const fits = cached(name);
    assert.ok(fits(read(file)), `${file}: ${JSON.stringify(fits.errors?.slice(0, 3))}`);
  };
  const compiled = new Map<string, ReturnType<Ajv2020["compile"]>>();
  const cached = (name: string) => {
    const known =
      compiled.get(name) ?? new Ajv2020().compile(read(`results/schemas/${name}.schema.json`) as object);
    compiled.set(name, known);
    return known;
  };
  for (const profile of ["standard", "full"])
    for (const experiment of readdirSync(join("results", profile)))
      for (const file of readdirSync(join("results", profile, experiment)))
        if (/^[0-9a-f]{16}\.json$/.test(file) && (experimentNames as readonly string[]).includes(experiment))
          check("result", join("results", profile, experiment, file));
  const contract = join("results", "contract");
  if (existsSync(contract))
    for (const experiment of readdirSync(contract))
      for (const file of readdirSync(join(contract, experiment)))
        check(file.replace(/\.json$/, ""), join(contract, experiment, file));
});
