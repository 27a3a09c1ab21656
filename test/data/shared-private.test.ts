/** The simulation of shared and private causes, and the split by sessions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sharedPrivate, sharedPrivateSensors, simulateSharedPrivate } from "fusion";
import { sessionsInOrder } from "fusion/dist/data/sessions-in-order";
import { cutWindows } from "fusion";

const { windows, truth } = simulateSharedPrivate({ subjects: 8, windowsPerSubject: 300, seed: 1 });

test("a class is a shared and a private movement, each drawn alike", () => {
  truth.forEach((one, w) => assert.equal(windows.targets[w], 2 * one.shared + one.private));
  // 2,400 draws of probability 1/3 and 1/2: five standard errors are 0.05
  for (const shared of [0, 1, 2])
    assert.ok(Math.abs(truth.filter((t) => t.shared === shared).length / truth.length - 1 / 3) < 0.05);
  for (const shared of [0, 1, 2]) {
    const some = truth.filter((t) => t.shared === shared);
    assert.ok(Math.abs(some.filter((t) => t.private === 1).length / some.length - 1 / 2) < 0.08);
  }
});

/** Power of the first axis at a frequency, of one window. */
function power(sensor: string, window: number, hz: number): number {
  const track = windows.tracks[sensor]!;
  if (track.kind !== "sequence") throw new Error("expected a sequence");
  const at = track.offset[window]!;
  let [re, im] = [0, 0];
  for (let step = 0; step < track.time; step++)
    for (const axis of [0, 2]) {
      const x = track.values[(at + step) * 3 + axis]!;
      re += x * Math.cos((2 * Math.PI * hz * step) / sharedPrivate.rateHz);
      im += x * Math.sin((2 * Math.PI * hz * step) / sharedPrivate.rateHz);
    }
  return re * re + im * im;
}

const meanPower = (sensor: string, wanted: (w: number) => boolean, hz: number): number => {
  const some = truth.flatMap((_, w) => (wanted(w) ? [power(sensor, w, hz)] : []));
  return some.reduce((a, b) => a + b, 0) / some.length;
};

test("every sensor hears the shared movement as loudly as it is told, and rich alone the private one", () => {
  for (const sensor of sharedPrivateSensors)
    sharedPrivate.sharedHz.forEach((hz, id) => {
      const [with_, without] = [true, false].map((is) => meanPower(sensor, (w) => (truth[w]!.shared === id) === is, hz));
      assert.ok(with_! > 1.3 * without!, `${sensor} ${hz} Hz: ${with_} ${without}`);
    });
  sharedPrivate.privateHz.forEach((hz, id) => {
    const ratio = (sensor: string): number =>
      meanPower(sensor, (w) => truth[w]!.private === id, hz) / meanPower(sensor, (w) => truth[w]!.private !== id, hz);
    assert.ok(ratio("rich") > 3, `rich ${ratio("rich")}`);
    // 1,200 windows each, of power that is exponentially distributed: five standard errors of a ratio are 0.2
    for (const sensor of ["second", "poor"]) assert.ok(Math.abs(ratio(sensor) - 1) < 0.2, `${sensor} ${ratio(sensor)}`);
  });
});

test("the same seed gives the same windows, another one others", () => {
  const small = { subjects: 2, windowsPerSubject: 3 };
  const hash = (seed: number): string => simulateSharedPrivate({ ...small, seed }).windows.hash;
  assert.equal(hash(1), hash(1));
  assert.notEqual(hash(1), hash(2));
});

test("sessions in order: of ten 5, 1, 1 and 3; of four 2, 1 and 1; no session on two sides", () => {
  const of = (sessions: number) => {
    const recordings = ["s1", "s2"].flatMap((subject) =>
      Array.from({ length: sessions }, (_, i) => ({ subject, session: `${subject} ${i}` })),
    );
    return cutWindows(
      recordings.map(({ subject, session }) => ({
        dataset: "x",
        ...{ subject, session },
        space: { kind: "class" as const, classes: ["a"] },
        modalities: {
          arm: {
            kind: "sequence" as const,
            channels: [{ name: "c", unit: "1" }],
            rateHz: 4,
            seconds: Float64Array.from({ length: 8 }, (_, i) => i / 4),
            values: Float32Array.from({ length: 8 }, (_, i) => i),
          },
        },
        segments: [{ startSeconds: 0, endSeconds: 2, target: [0] }],
      })),
      { lengthSeconds: 1, strideSeconds: 1 },
    );
  };
  const sizes = (sessions: number): number[] => {
    const cut = of(sessions);
    const fold = sessionsInOrder(cut, { of: "subject" });
    const parts = [fold.train, fold.stop, fold.calibration, fold.test];
    const names = parts.map((part) => new Set(Array.from(part, (w) => cut.segments[cut.segment[w]!]!.session)));
    assert.equal(new Set(names.flatMap((n) => [...n])).size, names.reduce((sum, n) => sum + n.size, 0));
    return names.map((n) => n.size);
  };
  assert.deepEqual(sizes(10), [10, 2, 2, 6]); // of two people
  assert.deepEqual(sizes(4), [4, 1, 1, 2]);
  assert.throws(() => sizes(2), /expected 3 or more sessions of each subject, got 2/);
});
