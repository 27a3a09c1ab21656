/** A run that is killed anywhere and started again ends with the bytes of one that was not. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { engineIdentity, randomFor } from "fusion";
import { type Death, type Ended, trainInChild } from "./child-process";

const native = engineIdentity().name !== "wasm";
const epochs = native ? 8 : 4;

/** In this order, one death a process; each process goes on where the one before had its last whole checkpoint. */
const deaths: readonly Death[] = native
  ? [
      { at: "batch", time: 3 }, // before any checkpoint
      { at: "write", time: 1 }, // amid the first one
      { at: "batch", time: 9 }, // amid epoch 2
      { at: "sync", time: 1 },
      { at: "rename", time: 1 },
      { at: "renamed", time: 1 }, // epoch 2 stands, older ones are not yet removed
      { at: "remove", time: 1 }, // epoch 3 stands beside 1 and 2
    ]
  : [
      { at: "write", time: 2 },
      { at: "renamed", time: 1 },
    ];

test("SIGKILL during steps and at each moment of writing costs at most an epoch, and no byte", async () => {
  const folder = mkdtempSync(join(tmpdir(), "fusion-killed-"));
  try {
    const whole = await trainInChild({ epochs });
    assert.equal(whole.seen.length, 6 * epochs);
    const died: Ended[] = [];
    for (const death of deaths) {
      const ended = await trainInChild({ epochs, checkpoints: folder, death });
      assert.equal(ended.hash, undefined, `it was to die: ${JSON.stringify(death)}`);
      died.push(ended);
    }
    if (native)
      assert.deepEqual(
        died.map(({ seen }) => seen[0]),
        ["1.1", "1.1", "1.1", "2.1", "2.1", "2.1", "3.1"],
        "each goes on after the last epoch that was written whole",
      );
    // from outside, at moments that nobody chose: seeded delays after the first batch
    const random = randomFor(5, "kills");
    for (let kill = 0; kill < (native ? 3 : 1); kill++)
      await trainInChild({ epochs, checkpoints: folder }, 5 + 150 * random.uniform());
    const end = await trainInChild({ epochs, checkpoints: folder });
    assert.equal(end.hash, whole.hash);
    assert.deepEqual(end.history, whole.history);
    assert.deepEqual(end.torn, [], "nothing half-written was ever taken for a checkpoint");
    const left = readdirSync(folder).sort();
    assert.deepEqual(
      left,
      [epochs - 1, epochs].map((epoch) => `epoch-0000${epoch}.checkpoint`),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
