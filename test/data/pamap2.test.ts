import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import type { Recording, Sequence } from "fusion/dist/data/recording";
import { readPamap2, type Pamap2Options } from "fusion/dist/data/pamap2";
import { readPamap2Rows } from "fusion/dist/data/pamap2-rows";
import { folderOf, line, run, text, type Row } from "./pamap2-lines";

const sequence = (recording: Recording, name: string): Sequence => recording.modalities[name] as Sequence;
const inThread: Pamap2Options = { workers: 1 };

test("a file becomes a recording with four modalities, each on its own clock", async () => {
  const rows = [
    ...run(10, 3, 4).map((row, i) => ({ ...row, heart: i === 1 ? 101 : "NaN" })),
    { time: "10.03", activity: 4, at: { 4: "NaN", 53: "0.1" } },
  ];
  const folder = folderOf({ "subject101.dat": text(rows) });
  const [recording] = await readPamap2(folder);
  assert.equal(recording!.subject, "101");
  assert.equal(recording!.session, "subject101.dat");
  assert.equal(recording!.dataset, "pamap2");
  assert.deepEqual(Object.keys(recording!.modalities), ["hand", "chest", "ankle", "heart"]);
  // every sensor column holds its own place: acc16 4-6, gyro 10-12, mag 13-15, the chest 17 further on
  const place = (imu: number): number[] => [4, 5, 6, 10, 11, 12, 13, 14, 15].map((p) => p + 17 * imu);
  const hand = sequence(recording!, "hand");
  assert.deepEqual([...hand.values.subarray(0, 9)], place(0));
  assert.deepEqual([...hand.values.subarray(27)], [NaN, ...place(0).slice(1)]);
  assert.deepEqual([...sequence(recording!, "chest").values.subarray(0, 9)], place(1));
  assert.deepEqual([...sequence(recording!, "ankle").values.subarray(27)], place(2));
  assert.deepEqual([...hand.seconds], [10, 10.01, 10.02, 10.03]);
  assert.equal(hand.rateHz, 100);
  const heart = sequence(recording!, "heart");
  assert.deepEqual([[...heart.seconds], [...heart.values], heart.rateHz], [[10.01], [101], 9]);
});

test("sensors that are not default come on request", async () => {
  const folder = folderOf({ "subject101.dat": text(run(0, 2, 1).map((row) => ({ ...row, at: { 53: "0.25" } }))) });
  const [recording] = await readPamap2(folder, { sensors: ["temperature", "acc6", "orientation"] });
  const { channels, values } = sequence(recording!, "ankle");
  assert.deepEqual(
    channels.map(({ name }) => name),
    ["temperature", "acc6_x", "acc6_y", "acc6_z", ...[1, 2, 3, 4].map((i) => `orientation_${i}`)],
  );
  assert.deepEqual([...values.subarray(0, 8)], [37, 41, 42, 43, 50, 51, 52, 0.25]);
});

test("a modality in which nothing was measured is left out", async () => {
  const nothing = Object.fromEntries(Array.from({ length: 17 }, (_, i) => [20 + i, "NaN"]));
  const folder = folderOf({ "subject101.dat": text(run(0, 3, 1).map((row) => ({ ...row, at: nothing }))) });
  const [recording] = await readPamap2(folder);
  assert.deepEqual(Object.keys(recording!.modalities), ["hand", "ankle"]);
});

const spans = (recording: Recording): [string, number, number][] =>
  recording.segments.map(({ startSeconds, endSeconds, target }) => {
    assert.ok(recording.space.kind === "class");
    return [recording.space.classes[target[0]!]!, startSeconds, Number(endSeconds.toFixed(6))];
  });

test("a segment is a run of one activity; another activity, or a gap of more than 20 ms, ends it", async () => {
  const rows = [
    ...run(0.01, 3, 12), // 0.01 to 0.03
    ...run(0.05, 2, 12), // one row lost: 0.05 - 0.03 is 20.000000000000004 ms, still the same run
    ...run(0.09, 2, 12), // two rows lost
    ...run(0.11, 2, 0), // transients
    ...run(0.13, 2, 13), // follows without a gap
    ...run(0.15, 1, 12),
  ];
  const folder = folderOf({ "subject101.dat": text(rows) });
  const [recording] = await readPamap2(folder, inThread);
  assert.deepEqual(spans(recording!), [
    ["ascending stairs", 0.01, 0.07],
    ["ascending stairs", 0.09, 0.11],
    ["descending stairs", 0.13, 0.15],
    ["ascending stairs", 0.15, 0.16],
  ]);
  const [withOther] = await readPamap2(folder, { activities: [0, 13] });
  assert.deepEqual(spans(withOther!), [
    ["other", 0.11, 0.13],
    ["descending stairs", 0.13, 0.15],
  ]);
});

test("no sample lies in two segments, whatever the clock's rounding", async () => {
  const rows = Array.from({ length: 5000 }, (_, i): Row => ({ time: (i / 100).toFixed(2), activity: 1 + (i % 2) }));
  const [recording] = await readPamap2(folderOf({ "subject101.dat": text(rows) }));
  const { seconds } = sequence(recording!, "hand");
  recording!.segments.forEach(({ startSeconds, endSeconds }) => {
    assert.equal(seconds.filter((s) => s >= startSeconds && s < endSeconds).length, 1);
  });
});

test("class ids are places in the table of activities, whatever the file holds or the order asked for", async () => {
  const folder = folderOf({ "subject101.dat": text([...run(0, 2, 24), ...run(1, 2, 2)]) });
  const read = async (activities?: number[]): Promise<Recording> =>
    (await readPamap2(folder, { ...inThread, ...(activities && { activities }) }))[0]!;
  const twelve = await read();
  assert.deepEqual(
    twelve.segments.map((s) => s.target),
    [[11], [1]],
  );
  const three = await read([24, 2, 5]);
  assert.deepEqual(three.space, { kind: "class", classes: ["sitting", "running", "rope jumping"] });
  assert.deepEqual(
    three.segments.map((s) => s.target),
    [[2], [0]],
  );
  await assert.rejects(read([1, 8]), /expected activities of 1, 2, .*, got \[1, 8\]; see pamap2-columns.ts/);
});

test("a heart rate that was filled forward is thinned on request, and says so", async () => {
  const filled = run(0, 100, 1).map((row, i) => ({ ...row, heart: 60 + i }));
  const written = run(0, 100, 1).map((row, i) => ({ ...row, heart: i % 11 === 0 ? 60 + i : "NaN" }));
  const folder = folderOf({ "subject101.dat": text(filled), "subject102.dat": text(written) });
  const hearts = async (options: Pamap2Options): Promise<Sequence[]> =>
    (await readPamap2(folder, { ...inThread, ...options })).map((r) => sequence(r, "heart"));
  const [asIs, sparse] = await hearts({});
  assert.deepEqual([asIs!.values.length, sparse!.values.length], [100, 10]);
  assert.equal(asIs!.channels[0]!.name, "heart rate");
  const [thinned, left] = await hearts({ heartRateHz: 9 });
  // first rows at or after k / 9 s: 0, 0.11.. -> 0.12, 0.22.. -> 0.23, 0.33.. -> 0.34, ...
  assert.deepEqual([...thinned!.seconds], [0, 0.12, 0.23, 0.34, 0.45, 0.56, 0.67, 0.78, 0.89]);
  assert.deepEqual([...thinned!.values], [60, 72, 83, 94, 105, 116, 127, 138, 149]);
  assert.equal(thinned!.channels[0]!.name, "heart rate, reconstructed");
  assert.deepEqual([...left!.seconds], [...sparse!.seconds]);
});

test("the folder may be the data set's or Protocol, its files plain or compressed; workers change nothing", async () => {
  const files = Object.fromEntries([101, 102, 103].map((s, i) => [s, text(run(i, 300 + i, 1 + i, 80))]));
  const folder = folderOf({
    "Protocol/subject101.dat": files[101]!,
    "Protocol/subject102.dat.gz": gzipSync(files[102]!),
    "Protocol/subject103.dat": files[103]!,
    "Protocol/notes.txt": "not a subject",
    "Optional/subject101.dat": "not read",
  });
  const alone = await readPamap2(folder, inThread);
  assert.deepEqual(
    alone.map(({ subject, session }) => [subject, session]),
    [101, 102, 103].map((s) => [`${s}`, `subject${s}.dat`]),
  );
  assert.deepEqual(await readPamap2(join(folder, "Protocol"), { workers: 3 }), alone);
  assert.deepEqual(await readPamap2(folder, { subjects: ["103", "101"] }), [alone[0], alone[2]]);
});

test("a thread rests before it is ended, since V8 may still compile for it", async (t) => {
  const folder = folderOf({ "subject101.dat": text(run(1, 300, 1, 80)), "subject102.dat": text(run(2, 300, 1, 80)) });
  const idle: number[] = [];
  const terminate = Object.getOwnPropertyDescriptor(Worker.prototype, "terminate")!.value as () => Promise<number>;
  t.mock.method(Worker.prototype, "terminate", function (this: Worker) {
    idle.push(this.performance.eventLoopUtilization().idle);
    return terminate.call(this);
  });
  await readPamap2(folder, { workers: 2 });
  assert.equal(idle.length, 2);
  assert.ok(Math.min(...idle) > 200, `idle for ${idle.join(", ")} ms`);
});

test("rows of one file are typed columns by name", async () => {
  const folder = folderOf({ "subject105.dat.gz": gzipSync(text(run(5, 3, 16, 90))) });
  const { file, count, columns } = await readPamap2Rows(join(folder, "subject105.dat.gz"), ["temperature"]);
  assert.deepEqual([file, count], ["subject105.dat", 3]);
  assert.deepEqual(Object.keys(columns), [
    ...["time", "activity", "heart_rate"],
    ...["hand_temperature", "chest_temperature", "ankle_temperature"],
  ]);
  assert.deepEqual(columns["time"], Float64Array.of(5, 5.01, 5.02));
  assert.deepEqual(columns["chest_temperature"], Float32Array.of(20, 20, 20));
});

const good = run(0, 3, 1);
const torn = "; the file is torn, run: npm run data -- pamap2";
const bad: Record<string, [content: string | Uint8Array, message: string | RegExp]> = {
  "a wrong column count": [
    text(good) + line({ time: 1 }).split(" ").slice(0, 31).join(" ") + "\n",
    `readPamap2: subject104.dat, line 4: expected 54 columns, got 31${torn}`,
  ],
  "a field that is no number": [
    text([...good, { time: 1, at: { 4: "1.2.3" } }]),
    `readPamap2: subject104.dat, line 4: expected a number or NaN in column 4 (hand_acc16_x), got "1.2.3"${torn}`,
  ],
  "an empty file": ["", `readPamap2: subject104.dat: expected lines of 54 columns, got none${torn}`],
  "a label that is missing": [
    text([...good, { time: 1, activity: "NaN" }]),
    /^readPamap2: subject104.dat, line 4: expected an activity of 0, 1, 2, .*, 24, got NaN; remove the row/,
  ],
  "an unknown activity": [
    text([...good, { time: 1, activity: 8 }]),
    /line 4: expected an activity of 0, 1, 2, .*, 24, got 8; remove the row/,
  ],
  "a time that runs backwards": [
    text([...good, { time: 0.01 }]),
    `readPamap2: subject104.dat, line 4: expected a time that increases, got 0.01 s after 0.02 s${torn}`,
  ],
  "a time that comes twice": [
    text([...good, { time: 0.02 }]),
    `readPamap2: subject104.dat, line 4: expected a time that increases, got 0.02 s twice${torn}`,
  ],
  "a time that is missing": [
    text([...good, { time: "NaN" }]),
    `readPamap2: subject104.dat, line 4: expected a time that increases, got NaN s after 0.02 s${torn}`,
  ],
};

for (const [what, [content, message]] of Object.entries(bad))
  for (const workers of [1, 2])
    test(`${what} is an error that names file and line (${workers === 1 ? "this thread" : "a worker"})`, async () => {
      const folder = folderOf({ "subject101.dat": text(good), "subject104.dat": content });
      await assert.rejects(readPamap2(folder, { workers }), { message });
    });

test("a gzip file that breaks off, or is none, is an error that names file and line", async () => {
  const lines = text(run(0, 30_000, 1));
  const whole = gzipSync(lines);
  const folder = folderOf({
    "torn/subject104.dat.gz": whole.subarray(0, whole.length / 2),
    "plain/subject104.dat.gz": lines,
    "empty/subject104.dat.gz": "",
  });
  await assert.rejects(readPamap2(join(folder, "torn")), (error: Error) => {
    const found = /^readPamap2: subject104.dat.gz, line (\d+): expected a whole gzip file, got "unexpected end of file"/;
    const row = Number(found.exec(error.message)?.[1]);
    return row > 1 && row < 30_000; // some of its lines were read
  });
  await assert.rejects(readPamap2(join(folder, "plain")), {
    message: `readPamap2: subject104.dat.gz, line 1: expected a whole gzip file, got "incorrect header check"${torn}`,
  });
  await assert.rejects(readPamap2(join(folder, "empty")), /expected (lines of 54 columns, got none|a whole gzip file)/);
});

test("a folder without the files, a missing subject and a file that is there twice are told", async () => {
  const folder = folderOf({
    "none/readme.txt": "",
    "two/subject101.dat": text(good),
    "two/subject102.dat": text(good),
    "twice/subject101.dat": text(good),
    "twice/subject101.dat.gz": gzipSync(text(good)),
  });
  await assert.rejects(readPamap2(join(folder, "none")), {
    message: `readPamap2: expected subject10X.dat or .dat.gz in ${folder}/none or its Protocol folder, got none; run: npm run data -- pamap2`,
  });
  await assert.rejects(readPamap2(join(folder, "nowhere")), /got none; run: npm run data/);
  await assert.rejects(readPamap2(join(folder, "two"), { subjects: ["101", "107"] }), {
    message: `readPamap2: ${folder}/two: expected subject 107, got 101, 102; ask for those or add the file`,
  });
  await assert.rejects(readPamap2(join(folder, "twice")), /one file for subject 101, got .dat and .dat.gz; remove one/);
});
