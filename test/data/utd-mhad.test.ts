import assert from "node:assert/strict";
import { test } from "node:test";
import { checkRecordings } from "fusion/dist/data/check-recordings";
import type { Sequence } from "fusion/dist/data/recording";
import { readUtdMhad } from "fusion/dist/data/utd-mhad";
import { joints } from "fusion/dist/data/utd-mhad-layout";
import { matBytes, type Shaped } from "./mat-bytes";
import { folderOf } from "./pamap2-lines";

/** Sample s of channel c is 10 s + c. */
const inertial = (samples: number): Shaped => ({
  shape: [samples, 6],
  values: Array.from({ length: samples * 6 }, (_, i) => 10 * (i % samples) + Math.floor(i / samples)),
});
/** Joint j, axis a, frame f is 100 f + 3 j + a. */
const skeleton = (frames: number): Shaped => ({
  shape: [20, 3, frames],
  values: Array.from({ length: 60 * frames }, (_, i) => 100 * Math.floor(i / 60) + 3 * (i % 20) + (Math.floor(i / 20) % 3)),
});
const files = (action: number, subject: number, trial: number) => {
  const name = `a${action}_s${subject}_t${trial}`;
  return {
    [`Inertial/${name}_inertial.mat`]: matBytes({ d_iner: inertial(5) }),
    [`Skeleton/${name}_skeleton.mat`]: matBytes({ d_skel: skeleton(2) }),
  };
};
const sequence = (modality: unknown): Sequence => modality as Sequence;

test("a trial becomes a recording: two modalities, each from 0 s at its own rate, and one segment", async () => {
  const folder = folderOf({ ...files(27, 8, 4), ...files(2, 8, 1), ...files(10, 1, 2), "Inertial/readme.txt": "" });
  const recordings = await readUtdMhad(folder);
  assert.deepEqual(
    recordings.map(({ session, subject, segments }) => [session, subject, segments[0]!.target[0]]),
    [
      ["a10_s1_t2", "1", 9],
      ["a2_s8_t1", "8", 1],
      ["a27_s8_t4", "8", 26],
    ],
  );
  assert.doesNotThrow(() => checkRecordings("test", recordings));
  const { modalities, segments } = recordings[0]!;
  const [worn, seen] = [sequence(modalities["inertial"]), sequence(modalities["skeleton"])];
  assert.deepEqual(Array.from(worn.values.subarray(0, 12)), [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15]);
  assert.deepEqual([Array.from(worn.seconds), worn.rateHz], [[0, 0.02, 0.04, 0.06, 0.08], 50]);
  assert.deepEqual([Array.from(seen.values.subarray(0, 4)), seen.values[60 + 59]], [[0, 1, 2, 3], 159]);
  assert.equal(seen.channels[3 * joints.indexOf("hip") + 1]!.name, "hip y");
  assert.deepEqual(segments[0], { startSeconds: 0, endSeconds: 0.1, target: [9] }); // 5 / 50 s, longer than 2 / 30
});

test("a modality without a file, or in which nothing was measured, is left out", async () => {
  const nothing = { shape: [3, 6], values: Array.from({ length: 18 }, () => NaN) };
  const folder = folderOf({
    "Skeleton/a1_s1_t1_skeleton.mat": matBytes({ d_skel: skeleton(1) }),
    "Inertial/a1_s2_t1_inertial.mat": matBytes({ d_iner: inertial(2) }),
    "Inertial/a1_s3_t1_inertial.mat": matBytes({ d_iner: nothing }),
    "Skeleton/a1_s3_t1_skeleton.mat": matBytes({ d_skel: skeleton(2) }),
  });
  const recordings = await readUtdMhad(folder);
  assert.deepEqual(recordings.map(({ modalities }) => Object.keys(modalities)), [["skeleton"], ["inertial"], ["skeleton"]]);
  assert.deepEqual((await readUtdMhad(folder, { subjects: ["2"] })).map(({ subject }) => subject), ["2"]);
});

test("what is wrong is told with its file", async () => {
  const fails = async (given: Readonly<Record<string, Uint8Array>>, message: string | RegExp): Promise<void> => {
    const folder = folderOf({ ...files(1, 1, 1), ...given });
    await assert.rejects(readUtdMhad(folder), { message });
  };
  const remedy = "the file is torn or another: get it again from its page, see data/README.md";
  const path = "Inertial/a1_s1_t1_inertial.mat";
  await fails(
    { [path]: matBytes({ d_iner: { shape: [2, 5], values: Array.from({ length: 10 }, () => 0) } }) },
    `readUtdMhad: a1_s1_t1_inertial.mat: expected d_iner [time, 6], got d_iner [2, 5]; ${remedy}`,
  );
  await fails(
    { [path]: matBytes({ d_skel: skeleton(1) }) },
    `readUtdMhad: a1_s1_t1_inertial.mat: expected d_iner [time, 6], got d_skel [20, 3, 1]; ${remedy}`,
  );
  await fails(
    { [path]: matBytes({ d_iner: inertial(4) }).subarray(0, 150) },
    /^readUtdMhad: a1_s1_t1_inertial\.mat: expected \d+ bytes in a data element, got 14 before the end; the file is torn/,
  );
  await fails(
    { "Inertial/a28_s1_t1_inertial.mat": matBytes({ d_iner: inertial(4) }) },
    "readUtdMhad: a28_s1_t1_inertial.mat: expected an action from 1 to 27, got 28; remove the file or correct its name",
  );
  const folder = folderOf(files(1, 1, 1));
  await assert.rejects(readUtdMhad(folder, { subjects: ["1", "9"] }), {
    message: `readUtdMhad: ${folder}: expected subject 9, got 1; ask for those or add the files`,
  });
  await assert.rejects(readUtdMhad(`${folder}/Inertial`), /expected aA_sS_tT_inertial\.mat .* got none; see data\/README\.md/);
});
