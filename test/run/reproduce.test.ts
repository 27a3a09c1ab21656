/** The reviewer's tool: what it chooses, what it says, and where it looks for a figure's numbers. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { reproduced } from "fusion/dist/experiments/reproduced";
import { writeResult } from "fusion/dist/experiments/store";
import { madeResult } from "../experiments/made-results";
import { chooseResults } from "../../scripts/reproduce/choose";
import { numbersOf, sayFigure, sourceOf } from "../../scripts/reproduce/figure";
import type { Recomputed } from "../../scripts/reproduce/recompute";
import { exitCode, sayRecomputed, verdictOf } from "../../scripts/reproduce/say";
import { newFolder } from "../new-folder";

const folder = newFolder("fusion-reproduce");

const at = (right: number) => (present: readonly string[]) => (present.length === 0 ? 0.2 : right);
const keep = (experiment: string, profile: "standard" | "full", key: string, seconds: number) =>
  writeResult(
    folder,
    {
      ...madeResult({ presetName: "early-conv", subject: "101", accuracy: at(0.5) }),
      experiment,
      profile,
      key,
    },
    { seconds, finished: "", host: "", commit: "" },
  );
keep("loso-pamap2", "full", "00000000000000aa", 5);
keep("loso-pamap2", "full", "00000000000000bb", 3);
keep("optimism-simulated", "standard", "11110000000000cc", 9);

const keys = (asked: readonly string[], here = true, all = false): string[] =>
  chooseResults(folder, asked, { all, isHere: () => here }).map(({ result }) => result.key);

test("the cheapest run whose data are here, of all or of an experiment; every one only where told; one by its key", () => {
  assert.deepEqual(keys([]), ["00000000000000bb"]);
  assert.deepEqual(keys([], false), ["11110000000000cc"], "simulated data are everywhere");
  assert.deepEqual(keys(["loso-pamap2"]), ["00000000000000bb"]);
  assert.deepEqual(keys(["loso-pamap2"], true, true), ["00000000000000aa", "00000000000000bb"]);
  assert.deepEqual(keys(["1111"]), ["11110000000000cc"]);
});

test("what is not there is named, with what is", () => {
  assert.throws(
    () => keys(["0000"]),
    /or the beginning of one committed key, got "0000", which fits 2 results/,
  );
  assert.throws(() => keys(["nobody"]), /expected an experiment of \[optimism-pamap2, .*got "nobody"/);
  assert.throws(
    () => keys(["loso-pamap2"], false),
    /expected the data of loso-pamap2 \(pamap2\) here, got none/,
  );
});

const [committed] = chooseResults(folder, ["1111"], { isHere: () => true });
const again = (right: number, stale: boolean): Recomputed => {
  const got = { ...madeResult({ presetName: "early-conv", subject: "101", accuracy: at(right) }) };
  const { experiment, profile } = committed!.result;
  const outcome = reproduced(committed!.result, { ...got, experiment, profile });
  return { committed: { ...committed!, stale }, seconds: 1, outcome: { ...outcome, sameBytes: true } };
};

test("it says committed, got, tolerance and verdict, and ends accordingly", () => {
  const [same, other, old] = [again(0.5, false), again(0.6, false), again(0.6, true)];
  assert.deepEqual([same, other, old].map(verdictOf), ["equal", "different", "stale"]);
  assert.deepEqual(
    [[same], [same, other, old], [same, old]].map((all) => exitCode(all.map(verdictOf))),
    [0, 1, 3],
  );
  assert.match(sayRecomputed(same), / accuracy +0\.500000 +0\.500000 +0 +equal\n[^]*equal, byte for byte/);
  assert.match(sayRecomputed(other), / accuracy +0\.500000 +0\.600000 +0 +different\n/);
  assert.match(
    sayRecomputed(old),
    /stale: made by older code; under this code its numbers are different; npm run results -- optimism-simulated renews it/,
  );
});

test("a figure's notebook is found, and the experiments that its section reads", () => {
  const notebooks = join(folder, "notebooks");
  mkdirSync(notebooks);
  const cell = (source: string) => ({
    cell_type: "code",
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  });
  const cells = [
    '## One\nkeptResults("loso-pamap2")',
    '## Two\nkeptResults("attention-pamap2", workspace)',
    'saveFigure("09-two"',
  ];
  writeFileSync(join(notebooks, "09-nine.ipynb"), JSON.stringify({ cells: cells.map(cell) }));
  assert.deepEqual(sourceOf(notebooks, "09-two"), { notebook: "09-nine", kept: ["attention-pamap2"] });
  assert.throws(() => sourceOf(notebooks, "10-ten"), /expected a notebook that draws "10-ten", got none/);
});

test("numbers that moved come first, with the tolerance that they are held against", () => {
  const [a, b] = [
    {
      values: [
        { x: 1, y: 2 },
        { x: 3, y: 4 },
      ],
    },
    {
      values: [
        { x: 1, y: 2 },
        { x: 3, y: 5 },
      ],
    },
  ];
  const numbers = numbersOf(a, b);
  assert.equal(numbers.length, 4);
  const said = sayFigure("09-two", { notebook: "09-nine", kept: [] }, numbers, "different");
  assert.match(
    said,
    /^figure 09-two, drawn by 09-nine\n {2}values\.1\.y: committed 4, got 5, tolerance 0\.0001 of it, different\n/,
  );
  assert.match(said, /different: 3 of 4 numbers are the same/);
});
