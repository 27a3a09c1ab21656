import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { dataStates } from "fusion/dist/data/data-state";

const words = { title: "", licence: "", citation: "", homepage: "" };
const sets = [
  { ...words, name: "whole", files: ["a.dat | a.dat.gz", "b.dat"] },
  { ...words, name: "half", files: ["a.dat", "b.dat"] },
  { ...words, name: "none", files: ["a.dat"] },
  { ...words, name: "simulated", files: [] },
];

test("a data set is present, partial, absent or made, and the first folder that has one is taken", () => {
  const [first, second] = ["first", "second"].map((name) => join(mkdtempSync(join(tmpdir(), "states-")), name));
  const write = (folder: string, file: string): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), "");
  };
  write(join(second!, "whole"), "a.dat.gz");
  write(join(second!, "whole"), "b.dat");
  write(join(first!, "half"), "a.dat");
  write(join(second!, "half"), "a.dat");
  write(join(second!, "half"), "b.dat"); // not seen: a reader takes the first folder, too
  assert.deepEqual(dataStates(sets, [first!, second!]), [
    { name: "whole", state: "present", folder: join(second!, "whole"), missing: [] },
    { name: "half", state: "partial", folder: join(first!, "half"), missing: ["b.dat"] },
    { name: "none", state: "absent", missing: ["a.dat"] },
    { name: "simulated", state: "made", missing: [] },
  ]);
});
