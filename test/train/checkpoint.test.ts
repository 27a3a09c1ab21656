import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import fc from "fast-check";
import { readCheckpoint, removeCheckpoints, writeCheckpoint } from "fusion/dist/train/checkpoint";
import { fit } from "fusion/dist/train/fit";
import { problemFold, problemModel, problemOptions, problemWindows, weightsHash } from "./problem";

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "fusion-checkpoint-"));
  folders.push(folder);
  return folder;
};
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const example = (epoch: number) => ({
  ...{ epoch, run: "r", state: { loss: 0.1 + 0.2, text: "ä" } },
  tensors: [Float32Array.of(epoch, NaN, -0, 1e-45), new Float32Array(0)],
});
const fileOf = (folder: string, epoch: number) => join(folder, `epoch-0000${epoch}.checkpoint`);

test("what was written is read, bit by bit", () => {
  const folder = newFolder();
  writeCheckpoint(folder, example(1));
  const { checkpoint, torn } = readCheckpoint(folder, "r");
  assert.deepEqual(checkpoint, example(1));
  assert.ok(Object.is(checkpoint!.tensors[0]![2], -0));
  assert.deepEqual(torn, []);
  assert.deepEqual(readCheckpoint(join(folder, "none"), "r"), { checkpoint: undefined, torn: [] });
});

test("a checkpoint that lost its end or one bit is not taken for one; the one before is", () => {
  const folder = newFolder();
  writeCheckpoint(folder, example(1));
  writeCheckpoint(folder, example(2));
  const whole = readFileSync(fileOf(folder, 2));
  const damage = fc.oneof(
    fc.record({ length: fc.integer({ min: 0, max: whole.length - 1 }) }),
    fc.record({ byte: fc.integer({ min: 0, max: whole.length - 1 }), bit: fc.integer({ min: 0, max: 7 }) }),
  );
  const property = fc.property(damage, (what) => {
    const torn = Buffer.from(whole.subarray(0, "length" in what ? what.length : undefined));
    if ("byte" in what) torn[what.byte]! ^= 1 << what.bit;
    writeFileSync(fileOf(folder, 2), torn);
    const read = readCheckpoint(folder, "r");
    assert.equal(read.checkpoint?.epoch, 1);
    assert.deepEqual(read.torn, ["epoch-00002.checkpoint"]);
  });
  fc.assert(property, { seed: 1, numRuns: 300 });
});

test("a half-written file beside is ignored", () => {
  const folder = newFolder();
  writeCheckpoint(folder, example(1));
  writeFileSync(`${fileOf(folder, 2)}.part`, readFileSync(fileOf(folder, 1)).subarray(0, 60));
  assert.equal(readCheckpoint(folder, "r").checkpoint?.epoch, 1);
  assert.deepEqual(readCheckpoint(folder, "r").torn, []);
});

test("two checkpoints are kept, and torn ones of later epochs do not outlive a new beginning", () => {
  const folder = newFolder();
  for (const epoch of [1, 2, 3]) writeCheckpoint(folder, example(epoch));
  assert.deepEqual(readdirSync(folder).sort(), ["epoch-00002.checkpoint", "epoch-00003.checkpoint"]);
  for (const epoch of [2, 3]) truncateSync(fileOf(folder, epoch), 50);
  assert.equal(readCheckpoint(folder, "r").checkpoint, undefined, "both are torn");
  writeCheckpoint(folder, example(1)); // begun anew
  assert.equal(readCheckpoint(folder, "r").checkpoint?.epoch, 1, "not swept away as the oldest of three");
  removeCheckpoints(folder);
  assert.throws(() => readdirSync(folder));
});

test("another run's checkpoint is refused", () => {
  const folder = newFolder();
  writeCheckpoint(folder, example(1));
  assert.throws(() => readCheckpoint(folder, "other"), {
    message: `readCheckpoint: ${fileOf(folder, 1)}: expected the run other, got r; another preset, fold, seed, data set or engine wrote it: remove the folder to begin anew`,
  });
});

const windows = problemWindows();
const fold = problemFold(windows);

/** Trains to the end, or until an epoch has ended. */
async function train(folder?: string, run = "run", until = Infinity) {
  const controller = new AbortController();
  const model = problemModel();
  const fitted = await fit({
    ...{ model, windows, fold, seed: 1, options: problemOptions, signal: controller.signal },
    ...(folder !== undefined && { checkpoints: { folder, run } }),
    progress: { update: ({ epoch }) => epoch > until && controller.abort(), clear: () => {} },
  });
  return { hash: weightsHash(model), fitted };
}

test("a torn checkpoint costs an epoch, two torn ones all of them, and no byte of the result", async () => {
  const whole = await train();
  for (const tornEpochs of [[], [3], [2, 3]]) {
    const folder = newFolder();
    assert.ok((await train(folder, "run", 3)).fitted.interrupted);
    for (const epoch of tornEpochs)
      truncateSync(fileOf(folder, epoch), readFileSync(fileOf(folder, epoch)).length - 1);
    const { hash, fitted } = await train(folder);
    assert.equal(hash, whole.hash);
    assert.deepEqual(fitted.history, whole.fitted.history);
    assert.deepEqual(
      fitted.torn,
      [...tornEpochs].reverse().map((epoch) => `epoch-0000${epoch}.checkpoint`),
    );
  }
});

test("a finished run that is started again trains nothing and has the same weights", async () => {
  const folder = newFolder();
  const first = await train(folder);
  const again = await train(folder);
  assert.equal(again.hash, first.hash);
  assert.deepEqual(again.fitted, first.fitted);
});

test("training refuses another run's checkpoints before it begins", async () => {
  const folder = newFolder();
  mkdirSync(folder, { recursive: true });
  await train(folder, "one", 1);
  await assert.rejects(train(folder, "two"), /readCheckpoint: .*expected the run two, got one/);
});
