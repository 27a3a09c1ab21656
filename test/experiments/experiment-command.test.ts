/** `npm run experiment`: what it says without doing it, and one run alone by its key. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dryRun, makespan } from "../../scripts/run/dry-run";
import { newFolder } from "../new-folder";

const to = newFolder("fusion-command");
const name = "attention-coincidence";
const folder = join(to, "tiny", name);
const dry = (): Promise<string> => dryRun({ name, profile: "tiny", to, jobs: 2, logits: false });
const script = join(__dirname, "..", "..", "scripts", "experiment.js");
const command = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });

test("a dry run counts; one run by its key writes its own files; other code's results are named with the remedy", async () => {
  const before = await dry();
  assert.match(
    before,
    /^attention-coincidence \(tiny\): 3 runs, of which 0 are in .* and 3 missing; beside them 0 /,
  );
  assert.match(before, /no earlier run to guess the time by/);
  const keys = [...before.matchAll(/missing ([0-9a-f]{16}) /g)].map(([, key]) => key!);
  assert.equal(keys.length, 3);

  const options = [name, "--profile", "tiny", "--to", to];
  const ran = command(...options, "--run", keys[0]!);
  assert.equal(ran.status, 0, ran.stderr);
  assert.match(ran.stdout, new RegExp(`^${keys[0]!} pair-early, .*: accuracy 0\\.\\d{3}, macro-F1 0\\.`));
  const files = ["json", "logits", "run.json"].map((ending) => `${keys[0]!}.${ending}`);
  assert.deepEqual(readdirSync(folder).sort(), files);

  const other = JSON.parse(readFileSync(join(folder, files[0]!), "utf8")) as Record<string, unknown>;
  writeFileSync(join(folder, "aaaa.json"), JSON.stringify({ ...other, code: "older" }));
  copyFileSync(join(folder, files[0]!), join(folder, "bbbb.json")); // as it is, but for data, fold, seed or engine
  writeFileSync(join(folder, "cccc.json"), "{}");
  const later = await dry();
  assert.match(
    later,
    /3 runs, of which 1 are in .* and 2 missing; beside them 3 of other code, data or engine/,
  );
  assert.match(later, new RegExp(`there {3}${keys[0]!} pair-early`));
  assert.match(later, /stale {3}aaaa pair-early, .*: older code or another preset/);
  assert.match(later, /stale {3}bbbb pair-early, .*: other data, folds, seeds or engine/);
  assert.match(later, /stale {3}cccc in a form of older code/);
  assert.match(later, /the missing ones take about 0:\d\d with 2 jobs/);
  assert.ok(
    later.includes(`make them, and remove the stale ones: npm run experiment -- ${options.join(" ")}`),
    later,
  );
});

test("an unknown name or key is refused with what there is", () => {
  const named = command("loso");
  assert.equal(named.status, 1);
  assert.match(
    named.stderr,
    /npm run experiment: expected one of \[collapse-simulated, .*optimism-simulated, .*\], got "loso"; see --help/,
  );
  const keyed = command(name, "--profile", "tiny", "--to", to, "--run", "0123");
  assert.equal(keyed.status, 1);
  assert.match(
    keyed.stderr,
    /expected a key of a run of \[attention-coincidence\] under this code.*got 0123; list them/,
  );
});

test("a grid's time is that of its longest job", () => {
  assert.equal(makespan([3, 3, 3], 2), 6);
  assert.equal(makespan([5, 1, 1, 1], 2), 5);
  assert.equal(makespan([1, 2], 1), 3);
});
