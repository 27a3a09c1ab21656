import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dataStates } from "fusion/dist/data/data-state";
import { findDataSet } from "fusion/dist/workspace";
import { newFolder } from "../new-folder";

const words = { title: "", licence: "", citation: "", homepage: "" };
const sets = [
  { ...words, name: "whole", files: ["a.dat | a.dat.gz", "b.dat"] },
  { ...words, name: "half", files: ["a.dat", "b.dat"] },
  { ...words, name: "none", files: ["a.dat"] },
  { ...words, name: "simulated", files: [] },
];

test("a data set is present, partial, absent or made, and the first folder that has one is taken", () => {
  const [first, second] = ["first", "second"].map((name) => join(newFolder("states"), name));
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

test("a folder may write _ for -; the first place that has either is taken, by whoever looks", () => {
  const [first, second] = ["first", "second"].map((name) => join(newFolder("states"), name));
  const dataFolders = [first!, second!];
  mkdirSync(join(second!, "two-words"), { recursive: true });
  const set = { ...words, name: "two-words", files: ["a.dat"] };
  const found = (): (string | undefined)[] => [
    findDataSet({ dataFolders }, "two-words"),
    dataStates([set], dataFolders)[0]!.folder,
  ];
  assert.deepEqual(found(), [join(second!, "two-words"), join(second!, "two-words")]);
  mkdirSync(join(first!, "two_words"), { recursive: true });
  assert.deepEqual(found(), [join(first!, "two_words"), join(first!, "two_words")]);
  assert.equal(findDataSet({ dataFolders }, "two_words"), join(first!, "two_words"));
  assert.equal(findDataSet({ dataFolders }, "other"), undefined);
});
