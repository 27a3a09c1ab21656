/** A study's runs: made once, the same bytes in one process and in two, and none stopped by another's failure. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { z } from "zod";
import { FailedRuns } from "fusion/dist/experiments/failed-runs";
import { Interrupted } from "fusion/dist/experiments/run";
import { readStudyResult, readStudyResults, type Study, type StudyRun } from "fusion/dist/experiments/study";
import { runStudy, type StudyOptions } from "fusion/dist/experiments/study-grid";
import { studies, studyNamed } from "fusion/dist/experiments/study-registry";
import { dryRunStudy } from "../../scripts/run/studies";
import { newFolder } from "../new-folder";

const folder = newFolder("fusion-study");
const options = (name: string): StudyOptions => ({
  profile: "tiny",
  folders: { prepared: join(folder, "prepared"), find: () => assert.fail("simulated data are made") },
  results: join(folder, name),
});

const Form = z.strictObject({ key: z.string(), square: z.int() });
const squares = (make: (of: number) => object | undefined): Study => ({
  name: "squares",
  data: [],
  runs: () =>
    Promise.resolve(
      [1, 2, 3].map((of): StudyRun => ({
        ...{ key: `square-of-${of}`, title: `of ${of}`, weight: of },
        make: () => Promise.resolve(make(of)),
      })),
    ),
  isStale: () => false,
});

test("each run is made once; a form that does not fit names file and field", async () => {
  const made: number[] = [];
  const study = squares((of) => (made.push(of), { key: `square-of-${of}`, square: of * of }));
  const files = await runStudy(study, options("once"));
  assert.deepEqual(await runStudy(study, options("once")), files);
  assert.deepEqual(made, [1, 2, 3]);
  assert.deepEqual(readStudyResult(Form, files[1]!), { key: "square-of-2", square: 4 });
  assert.equal(readStudyResults(Form, join(folder, "once"), "tiny", "squares").length, 3);
  assert.throws(
    () => readStudyResult(z.strictObject({ key: z.string(), square: z.string() }), files[0]!),
    /readStudyResult: .*square-of-1\.json: expected a result, got square: .*; it was written by other code/,
  );
});

test("a dry run names what is there, missing and stale, how long it may take, and the command", async () => {
  const study = squares((of) => ({ square: of * of }));
  const to = join(folder, "dry");
  const ask = (): Promise<string> => dryRunStudy({ study, profile: "tiny", to, jobs: 2 });
  assert.match(
    await ask(),
    /^squares \(tiny\): 3 runs, of which 3 are missing; beside them 0 of other code or data\n/,
  );
  assert.match(
    await ask(),
    /no earlier run to guess the time by\nmake them: npm run experiment -- squares --jobs 2$/,
  );
  await runStudy(study, { ...options("dry"), wanted: ({ weight }) => weight === 2 });
  const made = join(to, "tiny", "squares");
  const circumstances = join(made, "square-of-2.run.json");
  const taken = JSON.parse(readFileSync(circumstances, "utf8")) as object;
  writeFileSync(circumstances, JSON.stringify({ ...taken, seconds: 120 })); // a minute for each of weight 1
  writeFileSync(join(made, "aaaa.json"), "{}");
  assert.deepEqual((await ask()).split("\n").slice(1), [
    "  missing square-of-1 of 1",
    "  there   square-of-2 of 2",
    "  missing square-of-3 of 3",
    "  stale   aaaa",
    "the missing ones take about 3:00 with 2 jobs, going by earlier runs (4:00 one after the other)",
    "make them, and remove the stale ones: npm run experiment -- squares --jobs 2",
  ]);
});

test("a run that fails stops no other and leaves nothing; one that was stopped stops all", async () => {
  const study = squares((of) => {
    if (of === 2) throw new Error("two will not do");
    return { square: of };
  });
  await assert.rejects(runStudy(study, options("failing")), (error: FailedRuns<string>) => {
    assert.deepEqual(
      error.failures.map(({ key }) => key),
      ["square-of-2"],
    );
    return /expected 3 runs, got 2, .*\n {2}square-of-2 of 2: two will not do/.test(error.message);
  });
  const left = readdirSync(join(folder, "failing", "tiny", "squares")).sort();
  assert.deepEqual(left, [
    "square-of-1.json",
    "square-of-1.run.json",
    "square-of-3.json",
    "square-of-3.run.json",
  ]);
  await assert.rejects(
    runStudy(
      squares(() => undefined),
      options("stopped"),
    ),
    Interrupted,
  );
});

test("two processes give the bytes of one", async () => {
  const study = studyNamed("collapse-simulated");
  const wanted = ({ title }: StudyRun): boolean => /^(early, corrected|late, corrected), seed 1$/.test(title);
  const [one, two] = await Promise.all(
    [1, 2].map((jobs) => runStudy(study, { ...options(`jobs-${jobs}`), jobs, wanted })),
  );
  assert.equal(one!.length, 2);
  one!.forEach((file, i) => assert.ok(readFileSync(file).equals(readFileSync(two![i]!)), file));
  assert.ok(one!.every((file) => statSync(file).size > 0 && !study.isStale(file)));
});

test("an unknown study is answered with the known ones, whose names differ", () => {
  assert.throws(
    () => studyNamed("collapse"),
    /study: expected one of \[collapse-simulated, .*\], got "collapse"/,
  );
  assert.equal(new Set(studies.map(({ name }) => name)).size, studies.length);
});
