import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { checkRecordings } from "fusion/dist/data/check-recordings";
import { readExtraSensory } from "fusion/dist/data/extrasensory";
import { extraSensoryFeatures, extraSensoryLabels, mainActivity } from "fusion/dist/data/extrasensory-layout";
import type { Vector } from "fusion/dist/data/recording";
import { folderOf } from "./pamap2-lines";
import { realFolder } from "./real-folder";

const person = "00EABED2-271D-49D8-B599-1D4A09240601";
const other = "0BFC35E2-4817-4865-BFA7-764742302A2D";
const sensors = Object.entries(extraSensoryFeatures);
const header = [
  "timestamp",
  ...sensors.flatMap(([sensor, count]) => Array.from({ length: count }, (_, f) => `${sensor}:feature${f}`)),
  ...extraSensoryLabels.map((label) => `label:${label}`),
  "label_source",
].join();

/** A line whose sensors' first feature counts them, and in which these labels are said; all other features are 0.5. */
function line(time: number, absent: readonly string[], said: Readonly<Record<string, string>>): string {
  const features = sensors.flatMap(([sensor, count], s) =>
    Array.from({ length: count }, (_, f) => (absent.includes(sensor) ? "" : f === 0 ? s : 0.5)),
  );
  return [time, ...features, ...extraSensoryLabels.map((label) => said[label] ?? ""), "2.0"].join();
}
const watch = ["watch_acceleration", "watch_heading"];
const rows = [
  line(1444079161, watch, { SITTING: "1.0", FIX_walking: "0.0" }),
  line(1444079221, [], { SITTING: "0.0", FIX_walking: "1.0" }),
  line(1444079251, watch, { SITTING: "nan" }),
];
const file = `${person}.features_labels.csv`;
const textOf = (lines: readonly string[]): string => [header, ...lines].join("\n") + "\n";

test("a person becomes a recording: a vector for each sensor, a segment for each minute with 51 labels", async () => {
  const folder = folderOf({
    [`${file}.gz`]: gzipSync(textOf(rows)),
    [`${other}.features_labels.csv`]: textOf(rows.map((_, i) => line(100 + 60 * i, watch, {}))),
    "notes.txt": "",
  });
  const recordings = await readExtraSensory(folder);
  assert.doesNotThrow(() => checkRecordings("test", recordings));
  const [first, second] = recordings;
  assert.deepEqual([first!.subject, second!.subject], [person, other]);
  assert.deepEqual(Object.keys(first!.modalities), Object.keys(extraSensoryFeatures));
  assert.deepEqual(
    Object.keys(second!.modalities),
    Object.keys(extraSensoryFeatures).filter((sensor) => !watch.includes(sensor)),
  );
  const { values, seconds, features } = first!.modalities["watch_acceleration"] as Vector;
  assert.deepEqual([...seconds], [0, 60, 90]);
  assert.deepEqual([features.length, features[0]!.name], [46, "feature0"]);
  assert.deepEqual([values[0], values[46], values[47], values[92]], [NaN, 3, 0.5, NaN]);
  assert.deepEqual(first!.segments.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds]), [[0, 60], [60, 90], [90, 150]]);
  const [sitting, walking] = ["SITTING", "FIX_walking"].map((label) => extraSensoryLabels.indexOf(label));
  assert.deepEqual(first!.segments.map(({ target }) => [target[sitting!], target[walking!]]), [[1, 0], [0, 1], [NaN, NaN]]);
  assert.deepEqual(first!.segments.map(({ target }) => mainActivity(target)), [1, 3, undefined]);
  assert.deepEqual((await readExtraSensory(folder, { subjects: [other] })).map(({ subject }) => subject), [other]);
});

test("two main activities at a time are none", () => {
  const said = (...labels: string[]): number[] => extraSensoryLabels.map((label) => Number(labels.includes(label)));
  assert.equal(mainActivity(said("BICYCLING", "OR_outside")), 5);
  assert.equal(mainActivity(said("SITTING", "LYING_DOWN")), undefined);
});

test("a torn file is named with its line, what was expected and what to do", async () => {
  const torn = "the file is torn or another: get it again from its page, see data/README.md";
  const fails = (content: string, message: string): Promise<void> =>
    assert.rejects(readExtraSensory(folderOf({ [file]: content })), {
      message: `readExtraSensory: ${file}, ${message}; ${torn}`,
    });
  await fails(textOf([rows[0]!, rows[1]!.slice(0, 300)]), `line 3: expected 278 fields, got ${rows[1]!.slice(0, 300).split(",").length}`);
  await fails(textOf([rows[1]!, rows[0]!]), "line 3: expected a later time than in the line before, got 1444079161 after 1444079221");
  await fails(textOf([line(1, [], { SITTING: "2.0" })]), "line 2: expected 0, 1 or nothing for label:SITTING, got 2");
  await fails(textOf(rows).replace("audio_naive:feature3", "audio_other:feature3"), "line 1: expected 26 features of audio_naive, got 25");
  await fails(textOf(rows).replace("label:SITTING", "label:STANDING"), 'line 1: expected the column label:SITTING, got "label:STANDING"');
  const both = folderOf({ [file]: textOf(rows), [`${file}.gz`]: gzipSync(textOf(rows)) });
  await assert.rejects(readExtraSensory(both), /expected one file of 00EABED2-.*, got \.csv and \.csv\.gz; remove one$/);
  const one = folderOf({ [file]: textOf(rows) });
  await assert.rejects(readExtraSensory(one, { subjects: ["me"] }), /expected subject me, got 00EABED2/);
  await assert.rejects(readExtraSensory(`${both}/nowhere`), /got none; see data\/README\.md$/);
});

/** Counted by Python's csv module: rows; rows with each of the six main activities alone; rows without any of the watch's numbers. */
const counted: Readonly<Record<string, object>> = {
  [person]: { rows: 2287, done: [657, 1106, 193, 163, 0, 0], watchless: 1905 },
  [other]: { rows: 3108, done: [0, 1301, 370, 375, 35, 106], watchless: 131 },
};

test("two people of the real data are as Python counts them", realFolder("extrasensory", `${file}.gz`), async () => {
  const { folder } = realFolder("extrasensory", `${file}.gz`);
  for (const recording of await readExtraSensory(folder, { subjects: Object.keys(counted) })) {
    const want = counted[recording.subject];
    const done = [0, 0, 0, 0, 0, 0];
    for (const { target } of recording.segments) {
      const activity = mainActivity(target);
      if (activity !== undefined) done[activity]! += 1;
    }
    const { values } = recording.modalities["watch_acceleration"] as Vector;
    const isWatchless = (r: number): boolean => values.subarray(46 * r, 46 * (r + 1)).every(Number.isNaN);
    const watchless = recording.segments.filter((_, r) => isWatchless(r)).length;
    assert.deepEqual({ rows: recording.segments.length, done, watchless }, want);
  }
});
