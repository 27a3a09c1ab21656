import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compareFigures } from "../../scripts/compare/figures";
import { compareNotebooks } from "../../scripts/compare/notebooks";
import type { Notebook, Output } from "../../scripts/run/notebook";
import { newPlace, writeFigure } from "../run/place";

test("figures are equal by their bytes, near by their data, new, gone or different", () => {
  const place = newPlace();
  const [kept, fresh] = [join(place, "kept"), join(place, "fresh")];
  const drawn: [name: string, old: number | undefined, now: number | undefined][] = [
    ["a-equal", 1, 1],
    ["b-near", 1, 1.00001],
    ["c-other", 1, 2],
    ["d-new", undefined, 1],
    ["e-gone", 1, undefined],
    ["f-restyled", 1, 1],
  ];
  for (const [name, old, now] of drawn) {
    if (old !== undefined) writeFigure(kept, name, old);
    if (now !== undefined) writeFigure(fresh, name, now);
  }
  writeFileSync(join(fresh, "f-restyled.svg"), "<svg/>"); // same data, drawn otherwise
  try {
    assert.deepEqual(
      compareFigures(kept, fresh).map(({ name, state }) => `${name}: ${state}`),
      [
        "a-equal: equal",
        "b-near: within tolerance",
        "c-other: different",
        "d-new: new",
        "e-gone: gone",
        "f-restyled: different",
      ],
    );
    assert.deepEqual(compareFigures(join(place, "none"), join(place, "none")), []);
  } finally {
    rmSync(place, { recursive: true });
  }
});

const notebook = (...cells: { source?: string; outputs: Output[] }[]): Notebook => ({
  metadata: {},
  cells: cells.map(({ source = "x", outputs }) => ({ cell_type: "code", source, outputs })),
});
const printed = (text: string | string[]): Output => ({ output_type: "stream", name: "stdout", text });
const shown = (data: Record<string, unknown>): Output => ({ output_type: "display_data", data });

test("notebooks are compared cell by cell in what they say", () => {
  const old = notebook({ outputs: [printed("a 1\n")] }, { outputs: [printed(["b 1\n", "c 2\n"])] });
  assert.deepEqual(compareNotebooks(old, old), { state: "equal", changed: [] });
  const near = notebook({ outputs: [printed("a 1\n")] }, { outputs: [printed("b 1.00001\nc 2\n")] });
  assert.deepEqual(compareNotebooks(old, near), {
    state: "within tolerance",
    changed: [{ cell: 2, old: "b 1\nc 2\n", fresh: "b 1.00001\nc 2\n", state: "within tolerance" }],
  });
  const far = notebook({ outputs: [printed("a 3\n")] }, { outputs: [printed("b 1.00001\nc 2\n")] });
  assert.equal(compareNotebooks(old, far).state, "different");
});

test("a picture's bytes do not count, its description does, and so does an error", () => {
  const picture = (png: string, text: string): Notebook =>
    notebook({ outputs: [shown({ "image/png": png, "text/plain": text })] });
  assert.equal(compareNotebooks(picture("a", "0.5"), picture("b", "0.5")).state, "equal");
  assert.equal(compareNotebooks(picture("a", "0.5"), picture("a", "0.6")).state, "different");
  const failed = notebook({ outputs: [{ output_type: "error", ename: "Error", evalue: "no" }] });
  assert.equal(compareNotebooks(picture("a", "0.5"), failed).state, "different");
});

test("a notebook that was committed without outputs is new, one with other cells was edited", () => {
  const ran = notebook({ outputs: [printed("1\n")] });
  assert.equal(compareNotebooks(notebook({ outputs: [] }), ran).state, "new");
  assert.equal(compareNotebooks(notebook({ source: "y", outputs: [printed("1\n")] }), ran).state, "edited");
});
