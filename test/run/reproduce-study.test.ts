/** A study's committed result is made again: equal where nothing has changed, different or stale where something has. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { openWorkspace } from "fusion/dist/workspace";
import type { Study } from "fusion/dist/experiments/study";
import { runStudy } from "fusion/dist/experiments/study-grid";
import { reproduceStudy } from "../../scripts/reproduce/study";
import { newFolder } from "../new-folder";

const root = newFolder("fusion-reproduce-study");
const place = openWorkspace(root, {});
const halves = (key: string): Study => ({
  name: "halves",
  data: [],
  kept: "tiny",
  runs: () =>
    Promise.resolve([{ key, title: "one half", weight: 1, make: () => Promise.resolve({ key, half: 0.5 }) }]),
  isStale: () => false,
});
const verdicts = async (study: Study): Promise<string[]> =>
  (await reproduceStudy(study, place, { all: false })).map(({ verdict }) => verdict);

test("equal, different, stale; and a study without results says how they are made", async () => {
  await assert.rejects(
    verdicts(halves("aa")),
    /npm run reproduce: expected a result in .*halves, got none; make them: npm run experiment -- halves/,
  );
  const [file] = await runStudy(halves("aa"), {
    ...{ profile: "tiny", results: place.keptResults },
    folders: { prepared: place.prepared, find: () => assert.fail("no data are asked for") },
  });
  assert.deepEqual(await verdicts(halves("aa")), ["equal"]);
  writeFileSync(file!, readFileSync(file!, "utf8").replace("0.5", "0.6"));
  const [{ verdict, said }] = (await reproduceStudy(halves("aa"), place, { all: false })) as [
    { verdict: string; said: string },
  ];
  assert.equal(verdict, "different");
  assert.match(said, /halves, one half\n.*\n {2}different: half\n/);
  assert.deepEqual(await verdicts(halves("bb")), ["stale"]);
});
