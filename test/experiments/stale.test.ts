import assert from "node:assert/strict";
import { test } from "node:test";
import { amounts } from "fusion/dist/experiments/amounts";
import { experiment, experimentNames } from "fusion/dist/experiments/experiment";
import { Preset } from "fusion/dist/experiments/preset";
import { presetsOf } from "fusion/dist/experiments/presets-of";
import { codeOfRun } from "fusion/dist/experiments/run-key";
import { isStale } from "fusion/dist/experiments/stale";

for (const name of experimentNames)
  test(`${name}: a result of this code and preset is fresh, whatever the order of a preset's fields when it is read`, () => {
    const described = experiment(name);
    for (const { presetName, preset: own, variant } of presetsOf(described)) {
      const preset = Preset.parse(amounts.full.preset(own)); // as it comes out of a file
      const source = { ...described, alignment: variant?.alignment };
      const code = codeOfRun({ preset, source, stress: described.stress });
      const result = { experiment: name, profile: "full", presetName, preset, code } as const;
      assert.equal(isStale(result), false, presetName);
      assert.equal(isStale({ ...result, code: "other" }), true);
      assert.equal(isStale({ ...result, presetName: "nobody" }), true);
      assert.equal(isStale({ ...result, preset: { ...preset, modalities: ["nose"] } }), true);
    }
  });
