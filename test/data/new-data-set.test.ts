/** How to add a data set, done: a reader, an entry, and everything behind them works. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cutWindows } from "fusion/dist/data/cut-windows";
import type { DataSet } from "fusion/dist/data/data-set";
import { gatherBatch } from "fusion/dist/data/gather-batch";
import { leakAudit } from "fusion/dist/data/leak-audit";
import { leaveOneSubjectOut } from "fusion/dist/data/leave-one-subject-out";
import { dataSets, missingFiles } from "fusion/dist/data/registry";
import type { Recording, Segment } from "fusion/dist/data/recording";
import { runsOf } from "fusion/dist/data/runs";
import { fitScaler } from "fusion/dist/data/scaler";
import { newFolder } from "../new-folder";

const labels = ["walking", "outdoors"] as const;

/** 1. The reader: files → recordings. One CSV a person: second, minute, steps, loudness, light, walking, outdoors. */
async function readDiary(folder: string): Promise<Recording[]> {
  return readdirSync(folder)
    .sort()
    .map((session): Recording => {
      const lines = readFileSync(join(folder, session), "utf8").trim().split("\n");
      const rows = lines.map((line) => line.split(",").map((field) => (field === "" ? NaN : Number(field))));
      const column = (index: number): Float64Array => Float64Array.from(rows, (row) => row[index]!);
      const minutes = runsOf(column(0), column(1), 1);
      return {
        dataset: "diary",
        subject: session.replace(".csv", ""),
        session,
        space: { kind: "labels", labels },
        modalities: {
          steps: {
            kind: "sequence",
            channels: [{ name: "steps", unit: "1/s" }],
            rateHz: 1,
            seconds: column(0),
            values: Float32Array.from(column(2)),
          },
          surroundings: {
            kind: "vector",
            features: [
              { name: "loudness", unit: "dB" },
              { name: "light", unit: "lx" },
            ],
            seconds: Float64Array.from(minutes, ({ first }) => rows[first]![0]!),
            values: Float32Array.from(minutes.flatMap(({ first }) => rows[first]!.slice(3, 5))),
          },
        },
        segments: minutes.map(({ first, end }): Segment => {
          const [startSeconds, last] = [rows[first]![0]!, rows[end - 1]![0]!];
          return { startSeconds, endSeconds: last + 1, target: rows[first]!.slice(5, 7) };
        }),
      };
    });
}

/** 2. The entry: a line in `lib/data/registry.ts`. */
const registry = {
  ...dataSets,
  diary: {
    name: "diary",
    title: "A diary of steps",
    licence: "CC0",
    citation: "none",
    homepage: "https://example.org",
    files: ["a.csv", "b.csv | b.csv.gz"],
    read: readDiary,
  } satisfies DataSet,
};

/** 3. A few lines in the real layout: four minutes of 4 s a person, some loudness and one label missing. */
const folder = newFolder("diary");
["a", "b", "c", "d", "e"].forEach((person, p) => {
  const lines = Array.from({ length: 16 }, (_, second) => {
    const minute = Math.floor(second / 4);
    const loudness = minute === 2 ? "" : 40 + p + minute;
    const outdoors = minute === 3 ? "" : minute % 2;
    return [second, minute, 10 * p + second, loudness, 100 * minute, (minute + p) % 2, outdoors].join();
  });
  writeFileSync(join(folder, `${person}.csv`), lines.join("\n") + "\n");
});

test("a new data set goes from its files to a batch", async () => {
  const recordings = await registry.diary.read(folder);
  const windows = cutWindows(recordings, { lengthSeconds: 2, strideSeconds: 2 });
  assert.equal(windows.count, 5 * 4 * 2);
  assert.deepEqual(windows.names, ["steps", "surroundings"]);

  const folds = leaveOneSubjectOut(windows, { seed: 1 });
  assert.deepEqual(folds.map((fold) => fold.heldOut), ["a", "b", "c", "d", "e"]);
  assert.equal(leakAudit(windows, folds[0]!).leaking.windows, 0);

  const scaler = fitScaler(windows, folds[0]!);
  assert.ok(scaler["steps"]!.mean[0]! > 7.5, "the mean of those in training, without the slow one held out");
  const { inputs, targets } = gatherBatch(windows, folds[0]!.test);
  assert.deepEqual(inputs["steps_values"]!.shape, [8, 2, 1]);
  assert.deepEqual(Array.from(inputs["steps_values"]!.values.subarray(0, 4)), [0, 1, 2, 3]);
  // person a: two windows a minute; loudness 40, 41, missing, 43 dB, light 0, 100, 200, 300 lx
  assert.deepEqual(inputs["surroundings_values"]!.shape, [8, 2]);
  assert.deepEqual(
    Array.from(inputs["surroundings_values"]!.values),
    [40, 0, 40, 0, 41, 100, 41, 100, 0, 200, 0, 200, 43, 300, 43, 300],
  );
  assert.deepEqual(
    Array.from(inputs["surroundings_validity"]!.values),
    [1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1],
  );
  assert.deepEqual(targets.shape, [8, 2]);
  assert.deepEqual(
    Array.from(targets.values),
    [0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, NaN, 1, NaN],
  );
});

test("files that are expected and not there are named", () => {
  assert.deepEqual(missingFiles(registry.diary, (file) => existsSync(join(folder, file))), []);
  assert.deepEqual(missingFiles(registry.diary, (file) => file === "b.csv.gz"), ["a.csv"]);
});

for (const [name, set] of Object.entries(registry))
  test(`the entry of ${name} says whose it is and what may be done with it`, () => {
    assert.equal(set.name, name);
    for (const field of [set.title, set.licence, set.citation]) assert.ok(field.length > 0);
    assert.match(set.homepage, /^https:\/\//);
    assert.ok(set.files.length > 0 || name.endsWith("-simulated")); // which is made when read
  });
