/** Trials in order: the last of each person and class are asked, and no trial is on two sides. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cutWindows } from "fusion/dist/data/cut-windows";
import { leakAudit } from "fusion/dist/data/leak-audit";
import type { Recording } from "fusion/dist/data/recording";
import { trialsInOrder } from "fusion/dist/data/trials-in-order";

/** Trials of four windows of 1 s; classes take turns. */
function recording(subject: string, trialsPerClass: number): Recording {
  const trials = Array.from({ length: 2 * trialsPerClass }, (_, trial) => trial);
  return {
    ...{ dataset: "test", subject, session: subject, space: { kind: "class", classes: ["a", "b"] } },
    modalities: {
      eeg: {
        ...{ kind: "sequence", channels: [{ name: "x", unit: "1" }], rateHz: 2 },
        seconds: Float64Array.from({ length: trials.length * 8 }, (_, i) => i / 2),
        values: new Float32Array(trials.length * 8),
      },
    },
    segments: trials.map((trial) => ({
      startSeconds: 4 * trial,
      endSeconds: 4 * trial + 4,
      target: [trial % 2],
    })),
  };
}
const windowsOf = (...recordings: Recording[]) =>
  cutWindows(recordings, { lengthSeconds: 1, strideSeconds: 1 });

test("of 20 trials of a person and class the first 56 windows are learned from, the last 24 asked", () => {
  const windows = windowsOf(recording("1", 20), recording("2", 20));
  const [fold] = trialsInOrder(windows);
  const counts = [fold!.train, fold!.stop, fold!.calibration, fold!.test].map((part) => part.length / 4);
  assert.deepEqual(counts, [40, 8, 8, 24]); // for each of two people and two classes
  for (const subject of ["1", "2"])
    for (const id of [0, 1]) {
      const of = (part: Int32Array) =>
        Array.from(part).filter((w) => windows.subject[w] === subject && windows.targets[w] === id);
      assert.equal(of(fold!.test).length, 24);
      const last = Math.max(...[...of(fold!.train), ...of(fold!.stop), ...of(fold!.calibration)]);
      assert.ok(last < Math.min(...of(fold!.test)));
    }
});

test("no trial and no sample is shared; the people are", () => {
  const windows = windowsOf(recording("1", 20));
  const [fold] = trialsInOrder(windows);
  const { train, stop, calibration, leaking } = leakAudit(windows, fold!);
  for (const part of [train, stop, calibration]) {
    assert.deepEqual([part.samples.windows, part.segment.windows], [0, 0]);
    assert.equal(part.subject.share, 1);
  }
  assert.equal(leaking.windows, 0);
});

test("four trials of a class are the least", () => {
  const [fold] = trialsInOrder(windowsOf(recording("1", 4)));
  assert.deepEqual(
    [fold!.train, fold!.stop, fold!.calibration, fold!.test].map((part) => part.length),
    [8, 8, 8, 8],
  );
  assert.throws(() => trialsInOrder(windowsOf(recording("1", 3))), /expected 4 or more segments .*got 3/);
});
