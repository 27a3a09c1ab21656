import assert from "node:assert/strict";
import { test } from "node:test";
import { drawFigure } from "fusion/dist/figures/draw";
import { twoThermometersFigure } from "fusion/dist/figures/two-thermometers";

const rows = [
  { estimate: "good alone", error: 1.004, theory: 1 },
  { estimate: "mean", error: 1.577, theory: 1.581 },
];

test("the first figure says its numbers in words and holds its rows", () => {
  const spec = twoThermometersFigure(rows);
  assert.equal(spec.description, "Root mean square error in degrees Celsius: good alone 1.00, mean 1.58.");
  assert.deepEqual((spec as { data: unknown }).data, { values: rows });
});

test("the first figure draws a bar and a tick for each row", async () => {
  const { svg } = await drawFigure(twoThermometersFigure(rows));
  const marks = (role: string): number => svg.split(`aria-roledescription="${role}"`).length - 1;
  assert.deepEqual([marks("bar"), marks("tick")], [2, 2]);
});
