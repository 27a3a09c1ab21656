import assert from "node:assert/strict";
import { test } from "node:test";
import { gather, type SequenceTrack, type Windows } from "fusion";
import { type Fault, faultKinds, faultSurvey } from "fusion/dist/data/fault";
import { withFault } from "fusion/dist/data/with-fault";
import { problemWindows } from "../train/problem";

const windows = problemWindows(["s1", "s2"], 0.5);
const asked = Int32Array.from({ length: windows.count }, (_, i) => i).filter((w) => windows.subject[w] === "s2");
const scale = (...deviation: number[]) => ({ mean: deviation.map(() => 5), deviation, count: [] });
const scaler = { arm: scale(2, 10), room: scale(1) };
const broken = (kind: Fault["kind"], amount: number, { sensor = "arm", seed = 1 } = {}): Windows =>
  withFault(windows, asked, { kind, amount, sensor }, { scaler, seed });
const trackOf = (w: Windows, sensor = "arm"): SequenceTrack => w.tracks[sensor] as SequenceTrack;
const was = trackOf(windows);
/** Samples of the asked windows: the second half of the track. */
const samples = Array.from({ length: was.validity.length }, (_, i) => i).filter((i) =>
  asked.some((w) => was.offset[w]! <= i && i < was.offset[w]! + was.time),
);
const row = (track: SequenceTrack, i: number): number[] => [...track.values.subarray(2 * i, 2 * i + 2)];

test("nothing but the failing sensor of the asked windows changes, and the windows themselves stay whole", () => {
  const before = was.values.slice();
  for (const fault of faultSurvey(["arm"])) {
    const { tracks, ...rest } = withFault(windows, asked, fault, { scaler, seed: 1 });
    const { tracks: old, ...same } = windows;
    assert.deepEqual(rest, same);
    assert.equal(tracks["room"], old["room"]);
    const arm = tracks["arm"] as SequenceTrack;
    assert.deepEqual(arm.values.subarray(0, 2 * samples[0]!), before.subarray(0, 2 * samples[0]!));
    const silent = fault.kind !== "loss";
    assert.equal(silent, Buffer.from(arm.validity).equals(Buffer.from(was.validity)), fault.kind);
    const [now, then] = [gather({ ...windows, tracks }, "arm", asked), gather(windows, "arm", asked)];
    assert.notDeepEqual(now, then, `${fault.kind} ${fault.amount} does nothing`);
  }
  assert.deepEqual(was.values, before);
});

test("a loss takes exactly its share of every window, and says so", () => {
  for (const amount of [0.25, 0.5, 0.75]) {
    const { validity, values } = gather(broken("loss", amount), "arm", asked);
    for (let w = 0; w < asked.length; w++) {
      const own = validity.subarray(w * was.time, (w + 1) * was.time);
      assert.equal(own.reduce((a, b) => a + b), (1 - amount) * was.time);
    }
    assert.ok(values.every((x, i) => (validity[Math.floor(i / 2)] === 0) === (x === 0)));
  }
});

test("a stuck sensor repeats its last value, for its share of every window or for all of the segment", () => {
  const half = trackOf(broken("stuck", 0.5));
  const repeats = samples.filter((i, at) => at > 0 && String(row(half, i)) === String(row(half, i - 1)));
  // the first sample of a segment has none before it to repeat
  assert.ok(0.5 - repeats.length / samples.length <= 3 / samples.length, `${repeats.length} of ${samples.length}`);
  assert.ok(repeats.length / samples.length <= 0.5);
  for (const i of samples.filter((s) => !repeats.includes(s))) assert.deepEqual(row(half, i), row(was, i));
  const whole = trackOf(broken("stuck", 1));
  const rows = new Set(samples.map((i) => String(row(whole, i))));
  assert.equal(rows.size, 3, "one for each segment");
});

test("a stuck sensor repeats what arrived, never a gap", () => {
  const [values, validity] = [was.values.slice(), was.validity.slice()];
  const start = samples[0]!;
  values.fill(NaN, 2 * start, 2 * start + 4);
  validity.fill(0, start, start + 2);
  const gappy: Windows = { ...windows, tracks: { ...windows.tracks, arm: { ...was, values, validity } } };
  const stuck = trackOf(withFault(gappy, asked, { kind: "stuck", amount: 1, sensor: "arm" }, { scaler, seed: 1 }));
  assert.ok(row(stuck, start + 1).every(Number.isNaN));
  assert.deepEqual(row(stuck, start + 9), row(was, start + 2));
});

test("noise has the deviation that was asked for, in units of training's", () => {
  const noisy = trackOf(broken("noise", 0.5));
  for (const [channel, deviation] of [1, 5].entries()) {
    const added = samples.map((i) => row(noisy, i)[channel]! - row(was, i)[channel]!);
    const sum = added.reduce((a, b) => a + b, 0);
    const square = added.reduce((a, b) => a + b * b, 0);
    // of n normal numbers the mean scatters by σ/√n and the deviation by σ/√(2n); 4 of these
    const n = added.length;
    assert.ok(Math.abs(sum / n) < (4 * deviation) / Math.sqrt(n));
    assert.ok(Math.abs(Math.sqrt(square / n) - deviation) < (4 * deviation) / Math.sqrt(2 * n));
  }
  assert.deepEqual(trackOf(broken("noise", 0.5)).values, noisy.values);
  assert.notDeepEqual(trackOf(broken("noise", 0.5, { seed: 2 })).values, noisy.values);
});

test("gain multiplies raw values; zero reads 0 and still counts as measured", () => {
  const [loud, dead] = [trackOf(broken("gain", 2)), trackOf(broken("zero", 1))];
  for (const i of samples) {
    assert.deepEqual(row(loud, i), row(was, i).map((x) => 2 * x));
    assert.deepEqual([...row(dead, i), dead.validity[i]], [0, 0, 1]);
  }
});

test("a drift begins at 0, ends at its amount, and grows evenly", () => {
  const drifted = trackOf(broken("drift", 2));
  const off = (at: number): number[] => row(drifted, samples.at(at)!).map((x, c) => Math.abs(x - row(was, samples.at(at)!)[c]!));
  const close = (got: number[], wanted: number[]): void =>
    got.forEach((x, c) => assert.ok(Math.abs(x - wanted[c]!) < 0.02 * wanted[c]! + 1e-5, `${got} for ${wanted}`));
  close(off(0), [0, 0]);
  close(off(-1), [4, 20]);
  close(off(Math.round(samples.length / 2)), [2, 10]);
});

test("a delayed sensor shows the past of the same segment, and at its beginning as much of it as there is", () => {
  const late = trackOf(broken("delay", 0.75)); // 12 steps of 16 Hz
  for (const segment of new Set(Array.from(asked, (w) => windows.segment[w]!))) {
    const own = Array.from(asked).filter((w) => windows.segment[w] === segment);
    const first = was.offset[own[0]!]!;
    assert.deepEqual(
      own.map((w) => late.offset[w]),
      own.map((_, k) => first + Math.max(0, 8 * k - 12)),
    );
  }
});

test("the survey has every kind, amount and sensor once; a vector cannot fail so", () => {
  const survey = faultSurvey(["arm", "room"]);
  const amounts = Object.values(faultKinds).reduce((sum, kind) => sum + kind.amounts.length, 0);
  assert.equal(new Set(survey.map((f) => JSON.stringify(f))).size, 2 * amounts);
  assert.throws(() => broken("gain", 2, { sensor: "leg" }), {
    message: "withFault: expected a sequence among [arm, room], got leg; name one",
  });
});
