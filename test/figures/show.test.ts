import assert from "node:assert/strict";
import { test } from "node:test";
import { markdownTable } from "fusion";

test("a table has the first row's fields as columns, numbers to the right and with digits", () => {
  const table = markdownTable([
    { split: "random", score: 0.98765, windows: 1234 },
    { split: "strict", score: 1, windows: 7 },
  ]);
  assert.equal(
    table,
    "| split | score | windows |\n| --- | ---: | ---: |\n| random | 0.988 | 1,234 |\n| strict | 1.000 | 7 |",
  );
});

test("what is missing says so", () => {
  assert.equal(markdownTable([{ heart: NaN }], 1).split("\n").at(-1), "| NaN |");
});

test("an empty table is an error, since it would hide one", () => {
  assert.throws(() => markdownTable([]), /markdownTable: expected a row or more, got none/);
});
