/** A whole experiment, on simulated data of seconds. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { amounts } from "fusion/dist/experiments/experiment";
import { type GridOptions, runExperiment } from "fusion/dist/experiments/grid";
import { Interrupted } from "fusion/dist/experiments/run";

const folder = mkdtempSync(join(tmpdir(), "fusion-grid-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const name = "optimism-simulated";
const find = () => assert.fail("simulated data are made, not found");

/** How often each run reported a batch, by its number. */
async function experiment(results: string, options: Partial<GridOptions> = {}) {
  const trained = new Map<number, number>();
  const made = await runExperiment(name, {
    ...{
      profile: "tiny",
      folders: { find, prepared: join(folder, "prepared") },
      results: join(folder, results),
    },
    progress: (done) => ({
      update: () => void trained.set(done, (trained.get(done) ?? 0) + 1),
      clear: () => {},
    }),
    ...options,
  });
  return { made, trained: [...trained.keys()] };
}

const bytesOf = (results: string): Record<string, string> => {
  const from = join(folder, results, "tiny", name);
  const files = readdirSync(from).filter((file) => !file.endsWith(".run.json"));
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(from, file), "utf8")]));
};

test("an experiment runs what is not there, goes on after an interrupt, and gives the same bytes wherever", async () => {
  const first = await experiment("a");
  const arms = [...new Set(first.made.map((result) => result.fold.split))];
  assert.equal(arms.length, 3, "three ways of choosing whom to learn from");
  assert.equal(first.made.length, amounts.tiny.heldOut! * arms.length);
  assert.equal(new Set(first.made.map(({ key }) => key)).size, first.made.length);
  assert.deepEqual(first.trained, [0, 1, 2, 3, 4, 5]);

  const again = await experiment("a");
  assert.deepEqual(again, { made: first.made, trained: [] }, "nothing is left to do");
  const reused = await experiment("b", { reuse: [join(folder, "a")] });
  assert.deepEqual(reused, { made: first.made, trained: [] }, "results from another folder serve");

  // interrupted in the second run's last epoch, then started again
  const controller = new AbortController();
  const checkpoints = join(folder, "checkpoints");
  const progress: GridOptions["progress"] = (done) => ({
    update: ({ epoch }) => done === 1 && epoch === 2 && controller.abort(),
    clear: () => {},
  });
  await assert.rejects(experiment("c", { checkpoints, signal: controller.signal, progress }), Interrupted);
  assert.equal(readdirSync(checkpoints).length, 1, "of the unfinished run alone");
  const resumed = await experiment("c", { checkpoints });
  assert.deepEqual(resumed.trained, [1, 2, 3, 4, 5]);
  assert.deepEqual(readdirSync(checkpoints), []);
  assert.deepEqual(bytesOf("c"), bytesOf("a"));
});
