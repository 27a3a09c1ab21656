import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cutWindows } from "fusion/dist/data/cut-windows";
import { gather } from "fusion/dist/data/gather";
import type { SequenceTrack } from "fusion/dist/data/windows";
import { recording, sequence } from "./tiny";

const _ = NaN;

test("a window has the target of its middle, and sees beyond the borders of segments, not of recordings", () => {
  const one = recording("1", [[0, 4, 0], [4, 7, 1]]);
  const two = recording("2", [[0, 3, 1]], { modalities: { a: sequence([100, 101, 102], 1) }, space: one.space });
  const windows = cutWindows([one, two], { lengthSeconds: 4, strideSeconds: 2, labelSeconds: 2 });
  assert.deepEqual(windows.subject, ["1", "1", "1", "2"]);
  assert.deepEqual(Array.from(windows.targets), [0, 0, 1, 1]);
  assert.deepEqual(Array.from(windows.segment), [0, 0, 1, 2]);
  assert.deepEqual(Array.from(windows.startSeconds), [-1, 1, 3, -1]);
  const found = gather(windows, "a", [0, 1, 2, 3], { invalid: "keep" });
  assert.deepEqual(Array.from(found.values), [_, 0, 1, 2, 1, 2, 3, 4, 3, 4, 5, 6, _, 100, 101, 102]);
  assert.deepEqual(Array.from(found.validity), [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1]);
});

test("the commonest target has the window, of several segments taken together; the longest of them gives its number", () => {
  const parts = [[0, 2, 0], [2, 5, 1], [5, 8, 0]] as const;
  const of = (labelSeconds: number) => cutWindows([recording("1", parts)], { lengthSeconds: 8, strideSeconds: 8, labelSeconds });
  assert.deepEqual([of(8).targets[0], of(8).segment[0]], [0, 2]); // 5 s of class 0 against 3 s of class 1
  assert.deepEqual([of(5).targets[0], of(5).segment[0]], [1, 1]); // [0, 5)
});

test("a window whose middle is not labelled for more than half is left out", () => {
  const windows = cutWindows([recording("1", [[0, 2, 0], [6, 8, 0]])], { lengthSeconds: 2, strideSeconds: 1, labelSeconds: 2 });
  assert.deepEqual(Array.from(windows.startSeconds), [0, 6]);
});

test("the label's part is all of the window, or it is refused where it is longer", () => {
  const parts = [[0, 4, 0]] as const;
  const whole = cutWindows([recording("1", parts)], { lengthSeconds: 2, strideSeconds: 1, labelSeconds: 2 });
  const inside = cutWindows([recording("1", parts)], { lengthSeconds: 2, strideSeconds: 1 });
  assert.deepEqual([whole.startSeconds, whole.targets], [inside.startSeconds, inside.targets]);
  assert.notEqual(whole.hash, inside.hash);
  assert.throws(() => cutWindows([recording("1", parts)], { lengthSeconds: 2, strideSeconds: 1, labelSeconds: 3 }), {
    message: "cutWindows: expected labelSeconds above 0 and up to lengthSeconds (2), got 3; shorten it",
  });
});

test("no window holds a sample of another recording", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 9 }),
      (lengths, lengthSeconds) => {
        const space = { kind: "class", classes: ["class 0"] } as const;
        const recordings = lengths.map((length, r) => {
          const a = sequence(Array.from({ length }, (_, i) => 100 * r + i), 1);
          return recording(`${r}`, [[0, length, 0]], { modalities: { a }, space });
        });
        const windows = cutWindows(recordings, { lengthSeconds, strideSeconds: 1, labelSeconds: 1 });
        assert.equal(windows.count, lengths.reduce((a, b) => a + b));
        for (let w = 0; w < windows.count; w++) {
          const { values, validity } = gather(windows, "a", [w], { invalid: "keep" });
          const measured = Array.from(values).filter((_, i) => validity[i]);
          assert.ok(measured.length > 0 && measured.every((x) => Math.floor(x / 100) === Number(windows.subject[w])));
        }
        assert.ok((windows.tracks["a"] as SequenceTrack).time === lengthSeconds);
      },
    ),
    { seed: 1 },
  );
});
