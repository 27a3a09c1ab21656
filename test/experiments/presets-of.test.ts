import assert from "node:assert/strict";
import { test } from "node:test";
import { experiment } from "fusion/dist/experiments/experiment";
import { type NetworkPreset, presets, training } from "fusion/dist/experiments/preset";
import { presetsOf } from "fusion/dist/experiments/presets-of";

const modalities = ["phone", "watch"];
const named = (wanted: Parameters<typeof presetsOf>[0]): Record<string, NetworkPreset> =>
  Object.fromEntries(
    presetsOf(wanted).map(({ presetName, preset }) => [presetName, preset as NetworkPreset]),
  );

test("an experiment that asks for nothing has the presets as they are", () => {
  assert.deepEqual(presetsOf({ presets: ["early-conv", "majority"] }), [
    { presetName: "early-conv", preset: presets["early-conv"] },
    { presetName: "majority", preset: presets["majority"] },
  ]);
});

test("modalities and settings are the experiment's, for every preset alike; each alone is one more for each", () => {
  const settings = { dim: 8, training: { epochs: 3 } };
  const found = named({
    presets: ["gated-conv", "forest-statistics"],
    modalities,
    settings,
    eachAlone: "early-conv",
  });
  assert.deepEqual(Object.keys(found), ["gated-conv", "forest-statistics", "only-phone", "only-watch"]);
  assert.deepEqual(found["gated-conv"], {
    ...presets["gated-conv"],
    ...{ modalities, dim: 8, training: { ...training, epochs: 3 } },
  });
  assert.deepEqual(found["forest-statistics"], { ...presets["forest-statistics"], modalities });
  assert.deepEqual(found["only-watch"], {
    ...presets["early-conv"],
    modalities: ["watch"],
    dim: 8,
    training: { ...training, epochs: 3 },
  });
});

test("settings leave a preset what makes it one: without modality dropout it stays without", () => {
  const settings = { training: { modalityDropout: 0.3, epochs: 3 } };
  const found = named({ presets: ["early-conv", "early-conv-no-dropout"], settings });
  const rates = Object.values(found).map((preset) => [
    preset.training.modalityDropout,
    preset.training.epochs,
  ]);
  assert.deepEqual(rates, [
    [0.3, 3],
    [0, 3],
  ]);
});

for (const name of ["utd-mhad", "sp-sw-har", "sp-sw-har-groups", "sp-sw-har-context"] as const)
  test(`${name}: every preset is on the modalities of its data, and each of them alone is among the presets`, () => {
    const { modalities: all = [], ...described } = experiment(name);
    const found = presetsOf({ ...described, modalities: all });
    assert.equal(all.length, 2);
    for (const { presetName, preset } of found)
      assert.deepEqual(preset.modalities, presetName.startsWith("only-") ? [presetName.slice(5)] : all);
    assert.deepEqual(
      found.slice(-2).map(({ presetName }) => presetName),
      all.map((modality) => `only-${modality}`),
    );
  });
