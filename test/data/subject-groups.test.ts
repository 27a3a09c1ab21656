import assert from "node:assert/strict";
import { test } from "node:test";
import { cutWindows } from "fusion/dist/data/cut-windows";
import { subjectGroups } from "fusion/dist/data/subject-groups";
import { recording } from "./tiny";

const names = Array.from({ length: 11 }, (_, i) => `s${i + 1}`);
const windows = cutWindows(
  names.map((name) => recording(name, [[0, 2, 0], [2, 4, 1]])),
  { lengthSeconds: 2, strideSeconds: 2 },
);
const who = (part: Int32Array): string[] => [...new Set(Array.from(part, (w) => windows.subject[w]!))];

test("every subject is tested once, in groups of nearly one size, and two others are held back", () => {
  const folds = subjectGroups(windows, { seed: 1, groups: 4 });
  assert.deepEqual(folds.map((fold) => who(fold.test).length).sort(), [2, 3, 3, 3]);
  assert.deepEqual(folds.flatMap((fold) => who(fold.test)).sort(), [...names].sort());
  for (const { heldOut, split, ...parts } of folds) {
    assert.equal(split, "subject groups");
    assert.equal(heldOut.split(": ")[1], who(parts.test).join(", "));
    const all = [parts.train, parts.stop, parts.calibration, parts.test].map(who);
    assert.deepEqual(all.slice(1, 3).map((some) => some.length), [1, 1]);
    assert.deepEqual(all.flat().sort(), [...names].sort()); // each in one part
  }
});

test("a seed deals the same groups again; excluded subjects take no part", () => {
  const groups = (seed: number, exclude?: string[]): string[] =>
    subjectGroups(windows, { seed, groups: 4, ...(exclude && { exclude }) }).map(({ heldOut }) => heldOut);
  assert.deepEqual(groups(1), groups(1));
  assert.notDeepEqual(groups(1), groups(2));
  assert.ok(groups(1, ["s1"]).every((group) => !/\bs1\b/.test(group)));
});

test("groups that leave too few beside them are refused", () => {
  assert.throws(() => subjectGroups(windows, { seed: 1, groups: 1 }), /expected 2 or more groups with 3 or more subjects beside each, got 1 of/);
  const five = { seed: 1, groups: 2, exclude: names.slice(5) };
  assert.throws(() => subjectGroups(windows, five), /got 2 of \[s1, s2, s3, s4, s5\]/);
  assert.equal(subjectGroups(windows, { ...five, holdBack: false }).length, 2);
});
