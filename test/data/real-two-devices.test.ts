/** Golden counts on the whole of UTD-MHAD and SP-SW-HAR, where they are at hand; no real row is in this project. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkRecordings } from "fusion/dist/data/check-recordings";
import { cutWindows } from "fusion/dist/data/cut-windows";
import { fixedSubjects } from "fusion/dist/data/fixed-subjects";
import { inOwnTime } from "fusion/dist/data/own-time";
import type { Recording, Sequence } from "fusion/dist/data/recording";
import { readSpSwHar } from "fusion/dist/data/sp-sw-har";
import { readUtdMhad } from "fusion/dist/data/utd-mhad";
import { findDataSet, openWorkspace } from "fusion/dist/workspace";

const place = openWorkspace(process.cwd(), { FUSION_DATA: process.env["FUSION_DATA"] ?? "../shared/data" });
const utd = findDataSet(place, "utd-mhad");
const spSw = findDataSet(place, "sp-sw-har");
const unless = (folder: string | undefined, name: string): false | string =>
  folder ? false : `no ${name} in ${place.dataFolders.join(" or ")}; see data/README.md`;
const sequence = (recording: Recording, name: string): Sequence => recording.modalities[name] as Sequence;
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const distinct = (values: readonly unknown[]): number => new Set(values).size;

test("UTD-MHAD: 861 trials of both, 27 actions, 8 subjects", { skip: unless(utd, "UTD-MHAD") }, async () => {
  const trials = await readUtdMhad(utd!);
  checkRecordings("test", trials);
  assert.equal(trials.length, 861);
  assert.ok(trials.every(({ modalities }) => Object.keys(modalities).join() === "inertial,skeleton"));
  assert.equal(distinct(trials.map(({ subject }) => subject)), 8);
  assert.equal(distinct(trials.map(({ segments }) => segments[0]!.target[0])), 27);
  // counted with scipy.io.loadmat
  const lengths = (name: string): number[] => trials.map((trial) => sequence(trial, name).seconds.length);
  const [inertial, skeleton] = [lengths("inertial"), lengths("skeleton")];
  assert.deepEqual([sum(inertial), Math.min(...inertial), Math.max(...inertial)], [155_638, 107, 326]);
  assert.deepEqual([sum(skeleton), Math.min(...skeleton), Math.max(...skeleton)], [58_299, 41, 125]);
  const first = sequence(trials[0]!, "skeleton").values;
  assert.deepEqual(Array.from(first.subarray(0, 3), (x) => x.toFixed(2)), ["-0.05", "0.48", "2.83"]); // a head, in m

  const steps = { inertial: 16, skeleton: 16 };
  const windows = cutWindows(inOwnTime(trials, steps), { lengthSeconds: 1, strideSeconds: 1 });
  const [fold] = fixedSubjects(windows, { stop: ["7"], test: ["2", "4", "6", "8"] });
  assert.deepEqual([fold!.train.length, fold!.stop.length, fold!.test.length], [323, 108, 430]);
});

test("SP-SW-HAR: 223 executions of 23 subjects, 5 classes, two devices on one clock", { skip: unless(spSw, "SP-SW-HAR") }, async () => {
  const executions = await readSpSwHar(spSw!);
  checkRecordings("test", executions); // every clock increases, though one row in 22 repeats its stamp
  assert.equal(executions.length, 223);
  assert.ok(executions.every(({ modalities }) => Object.keys(modalities).join() === "phone,watch"));
  assert.equal(distinct(executions.map(({ subject }) => subject)), 23);
  const rows = (name: string): number => sum(executions.map((e) => sequence(e, name).seconds.length));
  assert.equal(rows("phone") + rows("watch"), 521_766); // by zcat | wc -l, less 446 headers
  const runs = [0, 1, 2, 3, 4].map((id) => sum(executions.map((e) => e.segments.filter((s) => s.target[0] === id).length)));
  assert.deepEqual(runs, [402, 223, 470, 446, 223]); // seated, standing up, walking, turning, sitting down; counted in Python

  const cut = { strideSeconds: 0.25, labelSeconds: 0.5, rateHz: { phone: 50, watch: 50 } };
  const long = cutWindows(executions, { lengthSeconds: 2.56, ...cut });
  const short = cutWindows(executions, { lengthSeconds: 0.5, ...cut });
  assert.deepEqual([long.count, short.count], [9_791, 9_791]); // the same questions, with more and with less to see
  assert.deepEqual(long.targets, short.targets);
  const classes = [0, 1, 2, 3, 4].map((id) => long.targets.filter((target) => target === id).length);
  assert.deepEqual(classes, [996, 1066, 4490, 2039, 1200]);
});
