/** Variants change data and nothing else, and are presets of their own to every table. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { experiment, type ExperimentName, experimentNames } from "fusion/dist/experiments/experiment";
import { type Plan, planOf, requestsOfPlan } from "fusion/dist/experiments/plan";
import { presetsOf } from "fusion/dist/experiments/presets-of";
import { runKey } from "fusion/dist/experiments/run-key";
import { newFolder } from "../new-folder";

const prepared = newFolder("fusion-variants");
const folders = { prepared, find: () => assert.fail("simulated data are made") };
const described = planOf("alignment-simulated", "tiny");
/** A few seconds of each person and activity; half of them still hold a window. */
const plan: Plan = {
  ...described,
  problem: { ...described.problem, secondsPerActivity: 12 },
  presets: described.presets.slice(0, 3),
};
const subjects = (windows: { readonly subject: readonly string[] }, part: Int32Array): string[] => [
  ...new Set(Array.from(part, (w) => windows.subject[w]!)),
];

test("alignments: the same presets and folds on other windows, each run with a key of its own", async () => {
  const requests = await requestsOfPlan(plan, folders);
  const names = [...new Set(requests.map(({ presetName }) => presetName))];
  assert.deepEqual(names, ["early-conv, own-rate", "early-conv, sparse-rows", "early-conv, naive"]);
  assert.equal(new Set(requests.map((request) => runKey(request))).size, requests.length);
  assert.equal(new Set(requests.map(({ preset }) => JSON.stringify(preset))).size, 1);
  assert.equal(new Set(requests.map(({ windows }) => windows.hash)).size, names.length);
  for (const { fold } of requests)
    assert.deepEqual(fold.test, requests.find((first) => first.fold.heldOut === fold.heldOut)!.fold.test);
});

test("fewer people and longer windows: as the variant says", async () => {
  const one: Plan = {
    ...plan,
    problem: { ...plan.problem, split: { kind: "leave-one-subject-out", exclude: ["109"], holdBack: false } },
    presets: [
      { ...plan.presets[0]!, variant: { trainingSubjects: 2 } },
      { ...plan.presets[0]!, variant: { lengthSeconds: 3 } },
    ],
    heldOut: 1,
  };
  const [few, long] = await requestsOfPlan(one, folders);
  assert.equal(subjects(few!.windows, few!.fold.train).length, 2);
  assert.equal(few!.windows.lengthSeconds, 5.12);
  assert.equal(long!.windows.lengthSeconds, 3);
  assert.equal(subjects(long!.windows, long!.fold.train).length, 7);
  assert.equal(long!.fold.stop.length, 0);
});

test("every experiment's variants have names of their own, and as many steps where people are fewer", () => {
  for (const name of experimentNames as readonly ExperimentName[]) {
    const named = presetsOf(experiment(name));
    assert.equal(new Set(named.map(({ presetName }) => presetName)).size, named.length, name);
    for (const { preset, variant } of named)
      if (variant?.trainingSubjects && "training" in preset)
        assert.equal(variant.trainingSubjects * preset.training.epochs, 84, "7 people, 12 epochs");
  }
});
