import assert from "node:assert/strict";
import { test } from "node:test";
import { loneSensorRows, othersNumbers } from "fusion";
import { NetworkPreset, presets } from "fusion/dist/experiments/preset";
import { madeResult } from "./made-results";

const only = (sensor: string) => NetworkPreset.parse({ ...presets["early-conv"], modalities: [sensor] });

test("a fusion with one sensor left, beside the model that never had another", () => {
  const fused =
    (name: string, hand: number, chest: number) =>
    (present: readonly string[]): number =>
      present.join() === "hand" ? hand : present.join() === "chest" ? chest : name.length / 100;
  const results = [
    ...["101", "102"].map((subject, i) =>
      madeResult({ presetName: "early-conv", subject, accuracy: fused("a", 0.5 + 0.2 * i, 0.4) }),
    ),
    madeResult({ presetName: "gated-conv", subject: "101", accuracy: fused("b", 0.9, 0.1) }),
    madeResult({ presetName: "only-hand", preset: only("hand"), subject: "101", accuracy: () => 0.8 }),
    madeResult({ presetName: "only-chest", preset: only("chest"), subject: "101", accuracy: () => 0.3 }),
  ];
  const rows = loneSensorRows(results).map(({ sensor, method, fused, trainedAlone, difference }) =>
    [sensor, method, ...[fused, trainedAlone, difference].map((x) => x.toFixed(2))].join(" "),
  );
  // early with the hand alone: (.5 + .7) / 2
  assert.deepEqual(rows, [
    "hand gated-conv 0.90 0.80 0.10",
    "hand early-conv 0.60 0.80 -0.20",
    "chest early-conv 0.40 0.30 0.10",
    "chest gated-conv 0.10 0.30 -0.20",
  ]);
});

test("others' numbers are shares, each with its evidence", () => {
  for (const { accuracy, evidence } of Object.values(othersNumbers).flat())
    assert.ok(accuracy > 0 && accuracy < 1 && evidence.length > 10);
  const best = (name: keyof typeof othersNumbers): number =>
    Math.max(...othersNumbers[name].map(({ accuracy }) => accuracy));
  assert.deepEqual([best("utd-mhad"), best("sp-sw-har")], [0.977, 0.902]);
});
