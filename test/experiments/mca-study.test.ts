/** The studies of MCA: what is asked, the same bytes twice, and results that know when they are old. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { breakPoints, lossRows, type McaResult, retrievalRows } from "fusion";
import { mcaStudies, mcaStudyNames } from "fusion/dist/experiments/mca-design";
import { McaRunOptions } from "fusion/dist/experiments/mca-options";
import { mcaStudy } from "fusion/dist/experiments/mca-study";

const folders = { prepared: "", find: (): string => assert.fail("simulated data need no folder") };
const study = mcaStudy("mca-simulated");

test("every run is described once, with fields that exist", () => {
  for (const name of mcaStudyNames)
    for (const profile of ["tiny", "standard", "full"] as const) {
      const runs = mcaStudies[name].runs(profile).map((run) => JSON.stringify(run));
      assert.equal(new Set(runs).size, runs.length, `${name}, ${profile}`);
    }
  const [run] = mcaStudies["mca-simulated"].runs("tiny");
  assert.throws(() => McaRunOptions.parse({ ...run, loss_masking: true }), /loss_masking/);
  // three methods and five supervised ones at five p, and the floor: four groups of people, two seeds
  const grid = mcaStudies["mca-pamap2"].runs("full").filter((run) => run.families.length === 4);
  assert.ok(grid.length >= 4 * 2 * (1 + 5 * 8));
});

test("a run gives the same bytes twice, holds every set, and is stale once its code or its question is another", async () => {
  const runs = await study.runs("tiny", folders);
  assert.equal(new Set(runs.map(({ key }) => key)).size, runs.length);
  const mca = runs.find(({ title }) => title.startsWith("MCA, p 0.6"))!;
  const [once, twice] = [await mca.make({}), await mca.make({})] as McaResult[];
  assert.equal(JSON.stringify(once), JSON.stringify(twice));
  assert.equal(once!.subsets.length, 15);
  assert.ok(once!.tests.every((one) => one.retrieval.length === 8 && one.space !== null));
  assert.ok(Math.abs(once!.mask.left - once!.mask.expected!) < 0.06); // 144 samples of four
  const folder = mkdtempSync(join(tmpdir(), "mca-"));
  const file = join(folder, "run.json");
  const isStale = (result: object): boolean => {
    writeFileSync(file, JSON.stringify(result));
    return study.isStale(file);
  };
  assert.equal(isStale(once!), false);
  assert.equal(isStale({ ...once!, code: "older" }), true);
  assert.equal(isStale({ ...once!, options: { ...once!.options, steps: 7 } }), true);
  rmSync(folder, { recursive: true });
});

test("the signal stops a run, which then has no result", async () => {
  const [, mca] = await study.runs("tiny", folders);
  assert.equal(await mca!.make({ signal: AbortSignal.abort() }), undefined);
});

test("a break point is where the paired interval lies below 0", async () => {
  const runs = await study.runs("tiny", folders);
  const some = (await Promise.all(
    runs.filter(({ title }) => /^(majority|Zorro|best single)/.test(title)).map((run) => run.make({})),
  )) as McaResult[];
  const shifted = (by: (p: number) => number): McaResult[] =>
    some.map((result) =>
      result.options.method === "majority"
        ? result
        : {
            ...result,
            tests: result.tests.map((one) => ({
              ...one,
              groups: Object.fromEntries(
                ["a", "b", "c"].map((g, i) => [
                  g,
                  0.5 + i / 100 + (result.options.method === "zorro" ? by(one.p) + i / 1000 : 0),
                ]),
              ),
            })),
          },
    );
  assert.equal(breakPoints(shifted((p) => 0.1 - p))[0]!.p, 0.6);
  // below at both, and whatever the order of the files it is the smaller p
  const below = shifted(() => -0.1);
  for (const results of [below, [...below].reverse()]) assert.equal(breakPoints(results)[0]!.p, 0);
  assert.equal(breakPoints(shifted(() => 0.1))[0]!.p, undefined);
  assert.equal(lossRows(some).filter(({ method }) => method === "Zorro").length, 4);
  assert.ok(retrievalRows(some).every(({ method }) => method === "Zorro"));
});
