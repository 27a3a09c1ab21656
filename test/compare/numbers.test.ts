import assert from "node:assert/strict";
import { test } from "node:test";
import { compareJson, compareText, worst } from "../../scripts/compare/numbers";

test("texts agree within the tolerance if only numbers differ, each by at most 1e-4 of the larger", () => {
  const pairs: [old: string, fresh: string, agreement: string][] = [
    ["accuracy 0.5000", "accuracy 0.5000", "equal"],
    ["accuracy 0.50000", "accuracy 0.50004", "within tolerance"], // 8e-5
    ["accuracy 0.50000", "accuracy 0.50006", "different"], // 1.2e-4
    ["loss -1e-8", "loss -1.00005e-8", "within tolerance"],
    ["38,856 windows", "38,857 windows", "within tolerance"], // 2.6e-5
    ["3,856 windows", "3,857 windows", "different"], // 2.6e-4
    ["gain −2.0", "gain 2.0", "different"],
    ["0", "0.00001", "different"], // nothing is near 0 but 0
    ["hand 0.5", "chest 0.5", "different"],
    ["0.5 0.5", "0.5", "different"],
    ["NaN", "0.5", "different"],
  ];
  for (const [old, fresh, agreement] of pairs) {
    assert.equal(compareText(old, fresh), agreement, `${old} | ${fresh}`);
    assert.equal(compareText(fresh, old), agreement, `${fresh} | ${old}`);
  }
});

test("JSON agrees within the tolerance if it has the same keys and words", () => {
  const spec = { data: { values: [{ x: 1, y: "hand" }] }, mark: "bar", width: null };
  const other = (x: unknown): unknown => ({ ...spec, data: { values: [x] } });
  assert.equal(compareJson(spec, other({ x: 1, y: "hand" })), "equal");
  assert.equal(compareJson(spec, other({ x: 1.00005, y: "hand" })), "within tolerance");
  for (const x of [
    { x: 1.001, y: "hand" },
    { x: 1, y: "chest" },
    { x: 1 },
    { x: 1, z: "hand" },
    { x: "1", y: "hand" },
    null,
    1,
    [],
  ])
    assert.equal(compareJson(spec, other(x)), "different", JSON.stringify(x));
});

test("the worst of several agreements counts", () => {
  assert.equal(worst([]), "equal");
  assert.equal(worst(["equal", "within tolerance"]), "within tolerance");
  assert.equal(worst(["within tolerance", "different", "equal"]), "different");
});
