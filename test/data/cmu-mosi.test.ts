import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { checkRecordings } from "fusion/dist/data/check-recordings";
import { readCmuMosi } from "fusion/dist/data/cmu-mosi";
import type { Vector } from "fusion/dist/data/recording";
import { folderOf } from "./pamap2-lines";
import { realFolder } from "./real-folder";

/** Three videos, of which "c_x" is for testing; utterances in the order of their names, as in the files. */
const files = {
  "transcripts.csv": '"a_1","GOOD, REALLY","3","1"\n"a_10","SAD","3","0"\n"a_2","FINE","3","1"\n"b_1","BAD","2","0"\n"c_x_4","SO SO","1","1"\n',
  "text_train.csv": '"0","0.1","0.2"\n"1","1.1","1.2"\n"2","2.1","2.2"\n"3","3.1","3.2"\n',
  "text_test.csv": '"4","4.1","4.2"\n',
  "text/text_train0.csv": '"0.1","0.2","1"\n"1.1","1.2","0"\n"2.1","2.2","1"\n"3.1","3.2","0"\n',
  "text/text_test0.csv": '"4.1","4.2","1"\n',
  "audio/audio_train0.csv.gz": gzipSync('"10","1"\n"11","0"\n"12","1"\n"13","0"\n'),
  "audio/audio_test0.csv": '"14","1"\n',
  "video/video_train0.csv": '"20","1"\n"21","0"\n"22","1"\n"23","0"\n',
  "video/video_test0.csv": '"24","1"\n',
};

test("a video becomes a recording, its utterances in order of number; the session is the part of the split", async () => {
  const recordings = await readCmuMosi(folderOf(files));
  assert.doesNotThrow(() => checkRecordings("test", recordings));
  assert.deepEqual(recordings.map(({ subject, session }) => `${subject} ${session}`), ["a train", "b train", "c_x test"]);
  const { modalities, segments } = recordings[0]!;
  const { values, seconds } = modalities["text"] as Vector;
  assert.deepEqual([...seconds], [1, 2, 10]);
  assert.deepEqual([...values], [0.1, 0.2, 2.1, 2.2, 1.1, 1.2].map(Math.fround));
  assert.deepEqual([...(modalities["audio"] as Vector).values], [10, 12, 11]);
  assert.deepEqual(segments.map(({ startSeconds, target }) => [startSeconds, ...target]), [[1, 1], [2, 1], [10, 0]]);
});

test("files that do not belong together are named with their line", async () => {
  const remedy = "; the file is torn or another: get it again from its page, see data/README.md";
  const fails = (changed: Readonly<Record<string, string>>, message: string): Promise<void> =>
    assert.rejects(readCmuMosi(folderOf({ ...files, ...changed })), { message: `readCmuMosi: ${message}${remedy}` });
  await fails({ "video/video_train0.csv": '"20","1"\n"21","0"\n"22","1"\n' }, "video_train0.csv, line 4: expected 4 lines, as in text_train, got 3");
  await fails({ "video/video_test0.csv": '"24","0"\n' }, 'video_test0.csv, line 1: expected the label of c_x_4, 1, got "0"');
  await fails({ "text_test.csv": '"9","4.1","4.2"\n' }, 'text_test.csv, line 1: expected the number of a line of transcripts, from 0, got "9"');
  const both = { ...files, "text_test.csv": '"2","4.1","4.2"\n' };
  await assert.rejects(readCmuMosi(folderOf(both)), /expected each video in one part, got a in both; get the files again$/);
});

const real = realFolder("cmu-mosi", "transcripts.csv.gz");

test("the real data are as Python counts them: the given split tears no video apart", { skip: real.skip }, async () => {
  const recordings = await readCmuMosi(real.folder);
  const part = (name: string) => recordings.filter(({ session }) => session === name);
  const count = (name: string): number[] => {
    const said = part(name).flatMap(({ segments }) => segments.map(({ target }) => target[0]!));
    return [part(name).length, said.filter((x) => x === 0).length, said.filter((x) => x === 1).length];
  };
  assert.deepEqual([count("train"), count("test")], [[62, 738, 709], [31, 285, 467]]);
  const widths = Object.entries(recordings[0]!.modalities).map(([name, m]) => [name, (m as Vector).features.length]);
  assert.deepEqual(widths, [["text", 100], ["audio", 73], ["video", 100]]);
});
