import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { checkRecordings } from "fusion/dist/data/check-recordings";
import type { Sequence } from "fusion/dist/data/recording";
import { readSpSwHar } from "fusion/dist/data/sp-sw-har";
import { spreadBursts } from "fusion/dist/data/spread-bursts";
import { folderOf } from "./pamap2-lines";

const header = "x_acc,y_acc,z_acc,x_gyro,y_gyro,z_gyro,timestamp,label\n";
const line = (time: number | string, label: string, first: number | string = 1): string =>
  `${first},2,3,4,5,6.5,${time},${label}\n`;
const start = 1657533977800;
/** A row each 10 ms. */
const rows = (labels: readonly string[], from = start): string =>
  header + labels.map((label, i) => line(from + 10 * i, label)).join("");
const labels = ["SEATED", "SEATED", "STANDING_UP", "WALKING", "WALKING", "TURNING"];

test("an execution becomes a recording: phone and watch on one clock, the phone's runs of a label as segments", async () => {
  const folder = folderOf({
    "s02/s02_01_sp.csv": rows(labels),
    "s02/s02_01_sw.csv.gz": gzipSync(rows(labels, start - 5)),
    "s01/s01_10_sp.csv": rows(labels),
    "s01/s01_09_sp.csv": rows(labels),
    "executions_info.csv": "",
  });
  const recordings = await readSpSwHar(folder);
  assert.deepEqual(recordings.map(({ session }) => session), ["s01_09", "s01_10", "s02_01"]);
  assert.doesNotThrow(() => checkRecordings("test", recordings));
  const { subject, modalities, segments, space } = recordings[2]!;
  const [phone, watch] = [modalities["phone"], modalities["watch"]] as [Sequence, Sequence];
  assert.deepEqual([subject, Object.keys(modalities)], ["s02", ["phone", "watch"]]);
  assert.deepEqual(Array.from(phone.values.subarray(0, 7)), [1, 2, 3, 4, 5, 6.5, 1]);
  const near = (a: ArrayLike<number>, b: readonly number[]): void =>
    Array.from(a).forEach((x, i) => assert.ok(Math.abs(x - b[i]!) < 1e-9, `${x} ${b[i]}`));
  near(watch.seconds, [0, 0.01, 0.02, 0.03, 0.04, 0.05]);
  near(phone.seconds, [0.005, 0.015, 0.025, 0.035, 0.045, 0.055]);
  assert.ok(space.kind === "class");
  const { classes } = space;
  assert.deepEqual(segments.map(({ target }) => classes[target[0]!]), ["seated", "standing up", "walking", "turning"]);
  near(segments.map((s) => s.startSeconds), [0.005, 0.025, 0.035, 0.055]);
  near(segments.map((s) => s.endSeconds), [0.005 + 0.01 + 1 / 104, 0.025 + 1 / 104, 0.045 + 1 / 104, 0.055 + 1 / 104]);
});

test("rows of a burst get back their places in the delay before it; a gap without one stays", () => {
  const seconds = spreadBursts(Float64Array.of(0, 0.051, 0.051, 0.052, 0.062, 0.2), 0.01);
  Array.from(seconds).forEach((x, i) => assert.ok(Math.abs(x - [0, 0.032, 0.042, 0.052, 0.062, 0.2][i]!) < 1e-12, `${i} ${x}`));
});

test("a spread clock increases by a period or more and never runs ahead of a stamp", () => {
  const steps = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(steps, (gaps) => {
      let now = 0;
      const stamps = Float64Array.from(gaps, (gap) => (now += gap / 1000));
      const seconds = spreadBursts(stamps, 0.0095);
      seconds.forEach((x, i) => {
        assert.ok(x <= stamps[i]!);
        if (i > 0) assert.ok(x - seconds[i - 1]! > 0.0095 - 1e-12);
      });
    }),
    { seed: 1 },
  );
});

test("a storm of NaN is no measurement: the device is left out, single ones stay missing", async () => {
  const storm = header + labels.map((label, i) => `NaN,NaN,NaN,NaN,NaN,,${start + 10 * i},${label}\n`).join("");
  const folder = folderOf({ "s01/s01_01_sp.csv": storm, "s01/s01_01_sw.csv": header + line(start, "SEATED", "NaN") });
  const [recording] = await readSpSwHar(folder);
  assert.deepEqual(Object.keys(recording!.modalities), ["watch"]);
  assert.deepEqual(Array.from((recording!.modalities["watch"] as Sequence).values), [NaN, 2, 3, 4, 5, 6.5]);
});

test("what is wrong is told with file and line", async () => {
  const torn = "the file is torn, get it again from its page, see data/README.md";
  const fails = async (content: string | Uint8Array, message: string | RegExp, file = "s01_01_sp.csv"): Promise<void> => {
    const folder = folderOf({ [`s01/${file}`]: content });
    await assert.rejects(readSpSwHar(folder), { message });
  };
  const good = rows(["SEATED", "SEATED"]);
  const at = "readSpSwHar: s01_01_sp.csv, line";
  await fails("a,b\n1,2\n", `${at} 1: expected ${header.trim()}, got "a,b"; ${torn}`);
  await fails(header, `${at} 2: expected a row, got none; ${torn}`);
  await fails(good + "1,2,3", `${at} 4: expected 8 columns, got 3; ${torn}`);
  await fails(good + line(start + 20, "SEATED", "1.2.3"), `${at} 4: expected a number in column x_acc, got "1.2.3"; ${torn}`);
  await fails(good + line("NaN", "SEATED"), `${at} 4: expected a time that does not run backwards, got NaN ms after ${start + 10} ms; ${torn}`);
  await fails(good + line(start, "SEATED"), `${at} 4: expected a time that does not run backwards, got ${start} ms after ${start + 10} ms; ${torn}`);
  await fails(
    good + line(start + 20, "JUMPING"),
    `${at} 4: expected a label of SEATED, STANDING_UP, WALKING, TURNING, SITTING_DOWN, got "JUMPING"; remove the row or correct it`,
  );
  const packed = gzipSync(good);
  await fails(packed.subarray(0, packed.length - 9), /^readSpSwHar: s01_01_sp\.csv\.gz: expected a whole gzip file, got "/, "s01_01_sp.csv.gz");
  const folder = folderOf({ "s01/s01_01_sp.csv": good, "s01/s01_01_sp.csv.gz": packed });
  await assert.rejects(readSpSwHar(folder), /expected one file s01_01_sp, got \.csv and \.csv\.gz; remove one/);
  await assert.rejects(readSpSwHar(`${folder}/s01`), /got none; see data\/README\.md/);
});
