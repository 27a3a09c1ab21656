/** The files: layout, faults, people, seed, and how hard they are. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { cutWindows } from "fusion/dist/data/cut-windows";
import { pamap2Simulated } from "fusion/dist/data/pamap2-simulated";
import type { Recording } from "fusion/dist/data/recording";
import { simulateHeart } from "fusion/dist/data/simulate-pamap2-heart";
import { noiseTable } from "fusion/dist/data/simulate-pamap2-noise";
import { simulatedPerson } from "fusion/dist/data/simulate-pamap2-person";
import { measure, misplacement } from "fusion/dist/data/simulate-pamap2-sensor";
import { simulateLoss } from "fusion/dist/data/simulate-pamap2-faults";
import { simulateSession } from "fusion/dist/data/simulate-pamap2-session";
import { simulatePamap2 } from "fusion/dist/data/simulate-pamap2";
import { randomFor } from "fusion/dist/random";
import { fitLogisticRegression, logisticProbabilities } from "fusion/dist/train/logistic-regression";
import { newFolder } from "../new-folder";

const folder = newFolder("fusion-simulated");
const sessions = new Map<string, Float32Array>();
function column(subject: string, c: number, seconds = 20): Float32Array {
  const key = `${subject} ${seconds}`;
  const values = sessions.get(key) ?? simulateSession(42, subject, seconds).values;
  sessions.set(key, values);
  return values.filter((_, i) => i % 54 === c);
}

test("lines have 54 columns, 0.01 s apart, with the original's words for what is missing", () => {
  const [path] = simulatePamap2(join(folder, "lines"), { secondsPerActivity: 5, subjects: ["101"] });
  const lines = readFileSync(path!, "utf8").split("\n");
  assert.equal(lines.pop(), "");
  const number = /^(NaN|-?\d+(\.\d{2,6})?)$/;
  const rows = lines.map((line) => line.split(" "));
  assert.ok(rows.every((row) => row.length === 54 && row.every((field) => number.test(field))));
  const first = Math.round(100 * Number(rows[0]![0]));
  rows.forEach((row, i) => assert.equal(Math.round(100 * Number(row[0])), first + i));
  assert.deepEqual(rows[0]!.slice(16, 20), ["1", "0", "0", "0"]);
});

test("a line says what the session says, to half of the last decimal", () => {
  const { values } = simulateSession(42, "101", 5);
  const text = readFileSync(join(folder, "lines/Protocol/subject101.dat"), "utf8").trimEnd().split(/[ \n]/);
  const half = [0.5, 0.05, 0.005, 0.0005, 0.00005];
  text.forEach((field, i) => {
    if (i % 54 === 0) return; // time is the writer's
    const decimals = field.split(".")[1]?.length ?? 0;
    if (Number.isNaN(values[i])) assert.equal(field, "NaN");
    else assert.ok(Math.abs(Number(field) - values[i]!) <= half[decimals]! * 1.001, `${field} for ${values[i]}`);
  });
});

test("same options, same bytes, written once; other options replace them", () => {
  const options = { secondsPerActivity: 2, subjects: ["108", "109"] } as const;
  const [a, b] = [join(folder, "a"), join(folder, "b")];
  const files = simulatePamap2(a, options);
  const content = files.map((f) => readFileSync(f));
  assert.deepEqual(simulatePamap2(b, options).map((f) => readFileSync(f)), content);
  const written = statSync(files[0]!).mtimeMs;
  assert.deepEqual(simulatePamap2(a, options), files);
  assert.equal(statSync(files[0]!).mtimeMs, written);

  const zipped = simulatePamap2(a, { ...options, gzip: true });
  assert.deepEqual(readdirSync(join(a, "Protocol")).sort(), ["subject108.dat.gz", "subject109.dat.gz"]);
  assert.deepEqual(gunzipSync(readFileSync(zipped[0]!)), content[0]);
  const other = simulatePamap2(b, { ...options, seed: 7 });
  assert.notDeepEqual(readFileSync(other[0]!), content[0]);
});

test("a run that broke off is done again", () => {
  const options = { secondsPerActivity: 2, subjects: ["109"] } as const;
  const [file] = simulatePamap2(join(folder, "torn"), options);
  const whole = readFileSync(file!);
  rmSync(file!);
  simulatePamap2(join(folder, "torn"), options);
  assert.deepEqual(readFileSync(file!), whole);
});

test("who did what is as in the original", () => {
  const done = (subject: string): string =>
    [...new Set(column(subject, 1, 1))].sort((a, b) => a - b).join(" ");
  assert.equal(done("101"), "0 1 2 3 4 5 6 7 12 13 16 17 24");
  assert.equal(done("103"), "0 1 2 3 4 12 13 16 17");
  assert.equal(done("107"), "0 1 2 3 4 5 6 7 12 13 16 17");
  assert.equal(done("109"), "0 24");
  assert.equal(column("104", 1).filter((a) => a === 5).length, 1);
  assert.equal(column("106", 1).filter((a) => a === 24).length, 256);
});

test("the heart writes 9 times a second, whole beats", () => {
  const heart = column("101", 2);
  const written = heart.filter((h) => !Number.isNaN(h));
  const share = written.length / heart.length; // every 11th row, one time in ten the 10th: 1 / 10.9
  assert.ok(Math.abs(share - 1 / 10.9) < 0.001, `${share}`);
  assert.ok(written.every((h) => Number.isInteger(h) && h > 40 && h < 220));
});

test("the heart is late: 1 - 1/e of the way after one time constant", () => {
  const person = simulatedPerson(1, "slow", false);
  const { rest, reserve, rise } = person.heart;
  const row = Math.round(100 * rise);
  const late = Array.from({ length: 50 }, (_, i) => {
    const random = randomFor(1, "late", i);
    const beats = simulateHeart(new Float32Array(row + 12).fill(0.8), person, noiseTable(random), random);
    return beats.slice(row).find((b) => !Number.isNaN(b))!;
  });
  const mean = late.reduce((sum, b) => sum + b, 0) / late.length;
  // 2.5 bpm of restlessness over 50 hearts is 0.35; up to 11 rows later the heart is 0.4 further on
  assert.ok(Math.abs(mean - (rest + 0.8 * reserve * (1 - Math.exp(-1)))) < 1.5, `${mean}`);
});

test("packets are lost as often as in the original, whole IMUs in bursts", () => {
  for (const [imu, rate] of [
    ["hand", 0.0044],
    ["chest", 0.0011],
    ["ankle", 0.0044],
  ] as const) {
    const lost = Array.from({ length: 100 }, (_, p) => simulateLoss(imu, 10_000, randomFor(1, imu, p)));
    const share = lost.reduce((sum, x) => sum + x.filter(Boolean).length, 0) / (100 * 10_000);
    // over 100 persons: 7 % from their log-normal factors, 6 % from spells, 4 % from bursts: 10 %, of which 3 are allowed
    assert.ok(Math.abs(share / rate - 1) < 0.3, `${imu}: ${share}`);
  }
  const hand = Array.from({ length: 17 }, (_, c) => column("101", 3 + c));
  hand[0]!.forEach((t, row) => assert.ok(hand.every((x) => Number.isNaN(x[row]) === Number.isNaN(t))));
});

test("acc6 ends at 6 g where acc16 goes on", () => {
  const peak = (x: Float32Array): number => x.reduce((max, v) => Math.max(max, Math.abs(v) || 0), 0);
  assert.ok(peak(column("109", 38)) > 80);
  assert.equal(peak(column("109", 41)), Math.fround(6 * 9.81));
});

test("the left-handed mirror the plane of x and z, spin the other way round", () => {
  const zero = { acc16: [0, 0, 0], acc6: [0, 0, 0], gyro: [0, 0, 0], mag: [0, 0, 0] } as const;
  const fit = { mirrored: true, misalignment: [0, 0, 0], drift: [0, 0, 0], bias: zero } as const;
  const truth = { acceleration: [1, 2, 3], spin: [4, 5, 6], field: [7, 8, 9] } as const;
  const out = new Float32Array(12);
  measure(truth, fit, misplacement(fit, 0), { next: () => 0 }, out, 0);
  assert.deepEqual([...out], [1, -2, 3, 1, -2, 3, -4, 5, -6, 7, -8, 9]);
  const mean = (subject: string): number => {
    const y = column(subject, 5).filter((v) => !Number.isNaN(v));
    return y.reduce((sum, v) => sum + v, 0) / y.length;
  };
  assert.ok(mean("101") > 0 && mean("108") < 0);
});

test("what makes no sense is refused", () => {
  assert.throws(() => simulatePamap2(folder, { seed: 0.5 }), {
    message: "simulatePamap2: expected a whole number as seed, got 0.5; try 42",
  });
  assert.throws(() => simulatePamap2(folder, { secondsPerActivity: 0 }), /expected 1 to 3600 seconds per activity, got 0/);
  assert.throws(() => simulatePamap2(folder, { subjects: ["110"] }), /expected subjects among \[101, .*got \[110\]/);
});

/** [window, feature]: mean and deviation of each channel over what was measured. */
function meansAndDeviations(recordings: readonly Recording[]) {
  const cut = cutWindows(recordings, { lengthSeconds: 5.12, strideSeconds: 5.12 });
  const rows = Array.from({ length: cut.count }, (_, w) =>
    cut.names.flatMap((name) => {
      const track = cut.tracks[name]!;
      if (track.kind !== "sequence") throw new Error(`${name}: expected a sequence`);
      const width = track.channels.length;
      const first = track.offset[w]! * width;
      return track.channels.flatMap((_, c) => {
        const values = Array.from({ length: track.time }, (_, t) => track.values[first + t * width + c]!);
        const there = values.filter((v) => !Number.isNaN(v));
        const mean = there.reduce((sum, v) => sum + v, 0) / there.length;
        return [mean, Math.sqrt(there.reduce((sum, v) => sum + (v - mean) ** 2, 0) / there.length)];
      });
    }),
  );
  return { rows, classes: Array.from(cut.targets), subjects: cut.subject };
}

test("a linear model of means and deviations gets 60 to 95 % of unseen people's windows right", async () => {
  const recordings = await pamap2Simulated.read(join(folder, "difficulty"), { simulation: { secondsPerActivity: 24 } });
  assert.deepEqual([...new Set(recordings.map((r) => r.dataset))], ["pamap2-simulated"]);
  const { rows, classes, subjects } = meansAndDeviations(recordings);
  const names = [...new Set(classes)].sort((a, b) => a - b);
  assert.equal(names.length, 12);
  let right = 0;
  for (const heldOut of new Set(subjects)) {
    const of = (held: boolean): number[] => rows.flatMap((_, w) => ((subjects[w] === heldOut) === held ? [w] : []));
    const stack = (part: number[]): Float64Array => Float64Array.from(part.flatMap((w) => rows[w]!));
    const [train, held] = [of(false), of(true)];
    const labels = train.map((w) => names.indexOf(classes[w]!));
    const model = fitLogisticRegression({ features: stack(train), labels, classes: 12 }, { tolerance: 1e-3 });
    const p = logisticProbabilities(model, stack(held));
    held.forEach((w, i) => {
      const row = [...p.subarray(12 * i, 12 * i + 12)];
      right += Number(names[row.indexOf(Math.max(...row))] === classes[w]);
    });
  }
  const accuracy = right / rows.length;
  assert.ok(accuracy > 0.6 && accuracy < 0.95, `${accuracy}`);
});
