/** EAV's layout, written by the simulation and read as the original would be. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { readEav } from "fusion/dist/data/eav";
import { eavEmotions, eegRateHz, labelRows, parseTrialName, trialName } from "fusion/dist/data/eav-layout";
import { readMat5 } from "fusion/dist/data/mat5";
import { mat5Bytes } from "fusion/dist/data/mat5-bytes";
import type { Recording, Sequence } from "fusion/dist/data/recording";
import { cutWindows } from "fusion/dist/data/cut-windows";
import { simulateEav } from "fusion/dist/data/simulate-eav";
import { readSimulatedEav } from "fusion/dist/data/simulate-eav-reader";
import { cueError, eavCeiling, eavCues, type EavView } from "fusion/dist/data/simulate-eav-cues";
import { newFolder } from "../new-folder";

const options = { subjects: 2, trialsPerClass: 2, trialSeconds: 4, seed: 1 };
let folder = "";
let recordings: Recording[] = [];
before(async () => {
  folder = newFolder("eav");
  simulateEav(folder, options);
  recordings = await readEav(folder);
});

const inSubject1 = (part: string) => join(folder, "subject1", part);

test("the files have the published names and axes", () => {
  assert.deepEqual(readdirSync(inSubject1("EEG")).sort(), ["subject1_eeg.mat", "subject1_eeg_label.mat"]);
  const of = (name: string) => readMat5(readFileSync(join(inSubject1("EEG"), name)), "test", "");
  assert.deepEqual(of("subject1_eeg.mat")["seg"]!.shape, [2000, 30, 20]);
  assert.deepEqual(of("subject1_eeg_label.mat")["label"]!.shape, [10, 20]);
  const voices = readdirSync(inSubject1("Audio"));
  assert.equal(voices.length, 10);
  for (const voice of voices) assert.equal(parseTrialName(voice)!.instance % 2, 0); // one listens, then speaks
});

test("names of the original are understood, others are not", () => {
  const name = { instance: 2, speaking: true, emotion: 0 };
  assert.deepEqual(parseTrialName("002_Trial_01_Speaking_Neutral_aud.wav"), name);
  assert.deepEqual(parseTrialName("002_Trial_01_Speaking_Neutral.wav"), name);
  assert.equal(trialName(name, 1), "002_Trial_01_Speaking_Neutral_aud.wav");
  assert.equal(parseTrialName("002_Trial_01_Speaking_Bored_aud.wav"), undefined);
});

test("segments are the speaking trials, with the emotions of the labels", () => {
  assert.deepEqual(
    recordings.map(({ subject }) => subject),
    ["1", "2"],
  );
  for (const { subject, segments } of recordings) {
    const spoken = eavCues(Number(subject), options).flatMap((trial, i) =>
      trial.speaking ? [{ trial, i }] : [],
    );
    assert.deepEqual(
      segments,
      spoken.map(({ trial, i }) => ({
        startSeconds: 4 * i,
        endSeconds: 4 * (i + 1),
        target: [trial.emotion],
      })),
    );
  }
});

test("both modalities run at 100 Hz on the same clock", () => {
  const { eeg, audio } = recordings[0]!.modalities as Record<string, Sequence>;
  assert.deepEqual([eeg!.channels.length, audio!.channels.length], [30, 13]);
  assert.equal(eeg!.seconds.length, 10 * 400);
  assert.deepEqual(eeg!.seconds, audio!.seconds);
  assert.ok([...eeg!.values, ...audio!.values].every(Number.isFinite));
});

test("a sample of EEG is at its place: a pulse in one trial and channel is found there", async () => {
  const file = join(inSubject1("EEG"), "subject1_eeg.mat");
  const original = readFileSync(file);
  const { shape } = readMat5(original, "test", "")["seg"]!;
  const pulse = new Int16Array(shape.reduce((a, b) => a * b));
  const [trial, channel, second] = [3, 7, 2];
  pulse[(trial * 30 + channel) * 2000 + second * eegRateHz] = 1000;
  writeFileSync(file, mat5Bytes("seg1", shape, pulse)); // the other name of the original
  const [{ modalities }] = (await readEav(folder, { subjects: ["1"] })) as [Recording];
  writeFileSync(file, original);
  const { values, seconds } = modalities["eeg"] as Sequence;
  const loudest = values.reduce((best, x, i) => (Math.abs(x) > Math.abs(values[best]!) ? i : best), 0);
  assert.equal(loudest % 30, channel);
  assert.ok(Math.abs(seconds[Math.floor(loudest / 30)]! - (4 * trial + second)) <= 0.02); // the filter lags a sample or two
});

test("voices are found by trial and emotion, whatever their place in the list", async () => {
  const [first, second] = readdirSync(inSubject1("Audio")).sort() as [string, string];
  const path = (name: string) => join(inSubject1("Audio"), name);
  renameSync(path(first), join(folder, "gone"));
  const [{ modalities, segments }] = (await readEav(folder, { subjects: ["1"] })) as [Recording];
  renameSync(join(folder, "gone"), path(first));
  const [whole, audio] = [recordings[0]!.modalities["audio"] as Sequence, modalities["audio"] as Sequence];
  assert.equal(segments.length, 10); // the EEG stays
  assert.equal(audio.seconds[0], (parseTrialName(second)!.instance - 1) * 4);
  assert.deepEqual(audio.values, whole.values.subarray(400 * 13)); // none has moved up into the gap
});

test("a voice of another emotion than its trial's is refused, and so is a label that is not one of ten", async () => {
  const voice = readdirSync(inSubject1("Audio")).sort()[0]!;
  const { emotion } = parseTrialName(voice)!;
  const word = (i: number) => eavEmotions[i]![0]!.toUpperCase() + eavEmotions[i]!.slice(1);
  const wrong = voice.replace(word(emotion), word((emotion + 1) % 5));
  renameSync(join(inSubject1("Audio"), voice), join(inSubject1("Audio"), wrong));
  await assert.rejects(readEav(folder), new RegExp(`${wrong}: expected trial 2 of the EEG to be speaking`));
  renameSync(join(inSubject1("Audio"), wrong), join(inSubject1("Audio"), voice));

  const file = join(inSubject1("EEG"), "subject1_eeg_label.mat");
  const original = readFileSync(file);
  writeFileSync(file, mat5Bytes("label", [labelRows, 20], new Int16Array(200)));
  await assert.rejects(readEav(folder), /expected a single 1 among zeros in the label of trial 1/);
  writeFileSync(file, original);
  await assert.rejects(readEav(folder, { subjects: ["7"] }), /expected subject7/);
});

test("the same options leave the files alone, others replace them", () => {
  const marker = join(folder, "subject1", "marker");
  writeFileSync(marker, "");
  simulateEav(folder, options);
  assert.ok(readdirSync(join(folder, "subject1")).includes("marker"));
  const other = newFolder("eav");
  simulateEav(other, { ...options, subjects: 1, trialsPerClass: 1 });
  simulateEav(other, { ...options, subjects: 1, trialsPerClass: 1, seed: 2 });
  assert.match(readFileSync(join(other, "simulation.json"), "utf8"), /"seed": 2/);
  rmSync(other, { recursive: true });
});

test("what each modality can tell: alone two emotions of five, the parts three, together all, less the errors", () => {
  const e = cueError;
  const right = 1 - e;
  assert.equal(e, 0.05);
  // alone: right where the cue is, for one emotion of each group: 2 / 5 of them
  for (const view of ["eeg", "audio"] as const)
    assert.ok(Math.abs(eavCeiling(view) - (2 * right) / 5) < 1e-12);
  // both cues: neutral or calm, sad, angry or happy; the fourth pattern, aroused and lax, is best answered by one of these
  assert.ok(Math.abs(eavCeiling("parts") - (3 * right ** 2 + right * e) / 5) < 1e-12);
  const views: EavView[] = ["eeg", "parts", "both"];
  const ceilings = views.map(eavCeiling);
  assert.ok(ceilings[0]! < ceilings[1]! && ceilings[1]! < ceilings[2]!);
  // counted on drawn cues: the sum over patterns of the most frequent emotion
  const drawn = eavCues(1, { trialsPerClass: 2000, seed: 3 }).filter(({ speaking }) => speaking);
  const counts = new Map<string, number[]>();
  for (const { emotion, cues } of drawn)
    for (const { aroused, tense, left, bright } of cues) {
      const pattern = [aroused, tense, left === bright].join();
      const row = counts.get(pattern) ?? [0, 0, 0, 0, 0];
      row[emotion]!++;
      counts.set(pattern, row);
    }
  const best = [...counts.values()].reduce((sum, row) => sum + Math.max(...row), 0) / (4 * drawn.length);
  // four deviations of a share of 40,000 windows: 4 · √(0.25 / 40,000) = 0.01
  assert.ok(Math.abs(best - eavCeiling("both")) < 0.01);
});

test("the cues are in the files: rules that know where to look come near the ceiling, without training", () => {
  const windows = cutWindows(recordings, { lengthSeconds: 1, strideSeconds: 1 });
  const read = readSimulatedEav(windows);
  const spoken = [1, 2].flatMap((subject) => eavCues(subject, options).filter(({ speaking }) => speaking));
  // what the cues themselves say, wrong ones included
  const shown = spoken.flatMap(({ cues }) =>
    cues.map(({ aroused, tense, left, bright }) => {
      if (aroused) return left === bright ? 3 : 2;
      return tense ? 1 : left === bright ? 4 : 0;
    }),
  );
  const same = shown.filter((emotion, w) => emotion === read[w]).length;
  assert.ok(same >= 0.9 * windows.count, `${same} of ${windows.count}`);
});
