/** A whole grid, on simulated data of seconds. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FailedRuns } from "fusion/dist/experiments/failed-runs";
import { type PlanOptions, runPlan } from "fusion/dist/experiments/grid";
import type { GridProgress } from "fusion/dist/experiments/grid-progress";
import { readLogits } from "fusion/dist/experiments/logits-file";
import type { Plan } from "fusion/dist/experiments/plan";
import { Interrupted } from "fusion/dist/experiments/run";
import { keysOf, logitsFile, removeReplaced } from "fusion/dist/experiments/store";
import { surveyOf } from "fusion/dist/experiments/survey";
import { broken, noFolders, small, smallPlan } from "./small-plan";
import { newFolder } from "../new-folder";

const folder = newFolder("fusion-grid");

const plan = smallPlan({ small }, [1, 2]);
const withBroken = smallPlan({ broken, small }, [1, 2]);

/** Runs it, and counts the runs that were made; `watch` sees each progress. */
async function grid(
  results: string,
  options: Partial<PlanOptions> = {},
  what: Plan = plan,
  watch: (progress: GridProgress) => void = () => {},
) {
  const ended: string[] = [];
  const made = await runPlan(what, {
    ...{ folders: noFolders, results: join(folder, results) },
    progress: { update: watch, ended: ({ title }) => void ended.push(title), clear: () => {} },
    ...options,
  });
  return { made, ended };
}

const bytesOf = (results: string): Record<string, string> => {
  const from = join(folder, results, "tiny", "small");
  const files = readdirSync(from).filter((file) => !file.endsWith(".run.json"));
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(from, file), "latin1")]));
};

test("a grid makes what is not there, and takes what is", async () => {
  const first = await grid("one");
  assert.deepEqual(
    first.ended,
    [1, 2].map((seed) => `small, fixed subjects, held out 10, 11, seed ${seed}`),
  );
  assert.deepEqual(
    first.made.map(({ seed }) => seed),
    [1, 2],
  );
  assert.deepEqual(await grid("one"), { made: first.made, ended: [] }, "nothing is left to do");
  const reused = await grid("reused", { reuse: [join(folder, "one")] });
  assert.deepEqual(reused, { made: first.made, ended: [] }, "results from another folder serve");
});

test("a survey counts what is there, missing and stale, and the logits where they are wanted", async () => {
  const places = { folders: noFolders, results: join(folder, "one") };
  const keys = (await surveyOf(plan, places)).runs.map(({ key }) => key);
  const counts = async (what: Plan, logits = false) => {
    const { runs, missing, stale } = await surveyOf(what, { ...places, logits });
    return [runs.length, missing.length, stale.length];
  };
  assert.deepEqual(await counts(plan, true), [2, 0, 0]);
  assert.deepEqual(await counts(smallPlan({ small }, [2, 3, 4])), [3, 2, 1]);
  assert.deepEqual(await counts(smallPlan({ small: { ...small, dim: 8 } }, [1])), [1, 1, 2]);
  rmSync(logitsFile(places.results, "tiny", "small", keys[0]!));
  assert.deepEqual(await counts(plan), [2, 0, 0], "a result without its logits is a result");
  assert.deepEqual(await counts(plan, true), [2, 1, 0]);
  assert.deepEqual((await grid("one", { logits: true })).ended.length, 1);
  assert.deepEqual(await counts(plan, true), [2, 0, 0]);
});

test("where checkpoints are kept, what only scores is made anew without training", async () => {
  const checkpoints = join(folder, "trainings");
  const options = { checkpoints, keepCheckpoints: true };
  const epochsSeen = async (results: string, what: Plan): Promise<readonly (number | undefined)[]> => {
    const epochs: (number | undefined)[] = [];
    await grid(
      results,
      options,
      what,
      ({ running }) => void epochs.push(...running.map((r) => r.training?.epoch)),
    );
    return epochs.filter((epoch) => epoch !== undefined);
  };
  const one = smallPlan({ small }, [1]);
  assert.ok((await epochsSeen("trained", one)).length > 0);
  const [trainingFolder, ...others] = readdirSync(checkpoints);
  assert.deepEqual(others, []);
  assert.deepEqual(await epochsSeen("scored", one), [], "nothing was trained");
  assert.deepEqual(bytesOf("scored"), bytesOf("trained"));
  const seconds = Number(readFileSync(join(checkpoints, trainingFolder!, "seconds.json"), "utf8"));
  const [file] = readdirSync(join(folder, "scored", "tiny", "small")).filter((f) => f.endsWith(".run.json"));
  const { seconds: told } = JSON.parse(
    readFileSync(join(folder, "scored", "tiny", "small", file!), "utf8"),
  ) as { seconds: number };
  assert.ok(
    told <= seconds && seconds - told < 1,
    `its cost is that of the training, too: ${told} of ${seconds} s`,
  );
});

test("two processes give the bytes of one; a run that fails stops no other and is named at the end", async () => {
  const models = join(folder, "models");
  await assert.rejects(grid("two", { jobs: 2, models }, withBroken), (error: Error) => {
    assert.ok(error instanceof FailedRuns, String(error));
    assert.deepEqual(
      error.failures.map(({ title }) => title).sort(),
      [1, 2].map((seed) => `broken, fixed subjects, held out 10, 11, seed ${seed}`),
    );
    assert.ok(
      error.failures.every((run) => /heads/.test(run.error.message)),
      error.message,
    );
    assert.equal(error.results.length, 2);
    assert.match(error.message, /expected 4 runs, got 2, since these failed; .*\n {2}[0-9a-f]{16} broken, /);
    return true;
  });
  assert.equal(Object.keys(bytesOf("one")).length, 4, "two results, and the logits of each");
  assert.deepEqual(bytesOf("two"), bytesOf("one"));
  for (const file of Object.keys(bytesOf("two")).filter((name) => name.endsWith(".json")))
    assert.ok(existsSync(join(models, file.replace(".json", ""), "model.json")), "models, too");
  // in this process, too
  const alone = grid("one", {}, smallPlan({ broken, small }, [1]));
  await assert.rejects(alone, (error: Error) => error instanceof FailedRuns && error.results.length === 1);
});

test("a process that is killed is a failed run, not a wait without end; the next start goes on from its last epoch", async () => {
  const checkpoints = join(folder, "checkpoints");
  let killed: number | undefined;
  const kill = ({ running }: GridProgress): void => {
    const late = running.find(({ training }) => training && training.epoch > 1);
    if (killed === undefined && late) process.kill((killed = late.process!), "SIGKILL");
  };
  await assert.rejects(grid("killed", { jobs: 2, checkpoints }, plan, kill), (error: Error) => {
    assert.ok(error instanceof FailedRuns, String(error));
    assert.equal(error.failures.length, 1);
    assert.match(error.failures[0]!.error.message, /^its process ended by SIGKILL; .*memory/);
    assert.equal(error.results.length, 1);
    return true;
  });
  assert.equal(readdirSync(checkpoints).length, 1, "of the killed run alone");
  const epochs = new Set<number | undefined>();
  const { ended } = await grid("killed", { checkpoints }, plan, ({ running }) =>
    running.forEach(({ training }) => epochs.add(training?.epoch)),
  );
  assert.equal(ended.length, 1);
  assert.ok(!epochs.has(1), `epochs ${[...epochs].join()}`);
  assert.deepEqual(readdirSync(checkpoints), []);
  assert.deepEqual(bytesOf("killed"), bytesOf("one"));
});

test("an interrupt stops all processes; the next start goes on", async () => {
  for (const jobs of [1, 2]) {
    const results = `interrupted-${jobs}`;
    const options = { jobs, checkpoints: join(folder, `checkpoints-${jobs}`) };
    const controller = new AbortController();
    const processes = new Set<number>();
    const stop = ({ running }: GridProgress): void => {
      for (const { process: id, training } of running) {
        if (id !== undefined) processes.add(id);
        if (training && training.epoch > 1) controller.abort();
      }
    };
    const { signal } = controller;
    const what = smallPlan({ small }, jobs === 1 ? [1] : [1, 2]);
    await assert.rejects(grid(results, { ...options, signal }, what, stop), Interrupted);
    assert.equal(processes.size, jobs === 1 ? 0 : 2);
    for (const id of processes) assert.throws(() => process.kill(id, 0), { code: "ESRCH" });
    assert.ok(keysOf(join(folder, results), "tiny", "small").length < jobs);
    await grid(results, { checkpoints: options.checkpoints }, what);
    for (const [file, bytes] of Object.entries(bytesOf(results))) assert.equal(bytes, bytesOf("one")[file]);
    assert.equal(keysOf(join(folder, results), "tiny", "small").length, jobs);
  }
});

test("logits are read as they were: their argmax has the accuracy of the result; a torn file is named", async () => {
  const { made } = await grid("one");
  const file = logitsFile(join(folder, "one"), "tiny", "small", made[0]!.key);
  const { key, classes, parts, subsets } = readLogits(file);
  assert.equal(key, made[0]!.key);
  assert.deepEqual(classes, made[0]!.classes);
  assert.deepEqual(
    subsets.map(({ present }) => present),
    [[], ["hand"], ["chest"], ["hand", "chest"]],
  );
  const { labels, subjects, windows } = parts.test;
  assert.deepEqual([...new Set(subjects)], ["10", "11"]);
  assert.equal(new Set(windows).size, made[0]!.fold.test);
  for (const { present, test: rows } of subsets) {
    assert.equal(rows.length, windows.length);
    const right = rows.filter((row, i) => row.indexOf(Math.max(...row)) === labels[i]).length;
    const told = made[0]!.subsets.find((subset) => subset.present.join() === present.join())!;
    assert.equal(right / rows.length, told.pooled.accuracy, present.join());
  }
  const whole = readFileSync(file);
  const torn = join(folder, "torn.logits");
  for (const bytes of [whole.subarray(0, -1), whole.subarray(0, 100), Buffer.from(whole).fill(1, 500, 501)]) {
    writeFileSync(torn, bytes);
    assert.throws(
      () => readLogits(torn),
      /readLogits: expected a whole file of logits, got .*torn.logits, which is torn/,
    );
  }
  assert.throws(
    () => readLogits(join(folder, "none.logits")),
    /readLogits: expected .*none.logits, got none; run: npm run/,
  );
});

test("replaced results go with all that lies beside them", () => {
  const results = join(folder, "reused");
  const old = removeReplaced(join(folder, "two"), "tiny", "small", []);
  assert.equal(old.length, 2);
  assert.deepEqual(readdirSync(join(folder, "two", "tiny", "small")), []);
  assert.deepEqual(removeReplaced(results, "tiny", "small", []), []);
});
