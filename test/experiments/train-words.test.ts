/** The words of `npm run train`, and its table. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { experiment } from "fusion/dist/experiments/experiment";
import type { NetworkPreset } from "fusion/dist/experiments/preset";
import type { Result } from "fusion/dist/experiments/result";
import { trainTable } from "fusion/dist/experiments/train-table";
import { planOfWords, type TrainWords } from "fusion/dist/experiments/train-words";

const presetOf = (words: TrainWords): NetworkPreset =>
  planOfWords(words, "standard").presets[0]!.preset as NetworkPreset;

test("aliases stand for what they stand for, and what is not said is the data set's own", () => {
  const words = { data: "pamap2", fusion: "hybrid", encoder: "cnn", protocol: "loso", seed: "0" };
  const plan = planOfWords(words, "standard");
  const { window, activities } = experiment("loso-pamap2");
  assert.equal(plan.experiment, "train-pamap2");
  assert.deepEqual(plan.seeds, [0]);
  assert.deepEqual(plan.problem, {
    ...{ data: "pamap2", window, activities },
    split: { kind: "leave-one-subject-out", exclude: ["109"] },
  });
  assert.equal(plan.presets[0]!.presetName, "hybrid-conv");
  const simulated = planOfWords({ data: "pamap2-simulated" }, "standard").problem;
  assert.deepEqual(simulated.split, experiment("fusion-simulated").split, "its own where nothing is said");
  assert.deepEqual(planOfWords({ seed: "0,1,2" }, "standard").seeds, [0, 1, 2]);
  assert.equal(presetOf({ fusion: "cross_attention" }).fusion, "cross-attention");
  assert.deepEqual(presetOf({ modalities: "chest,hand" }).modalities, ["hand", "chest"]);
  assert.equal(presetOf({ epochs: "3" }).training.epochs, 3);
  assert.equal(presetOf({ data: "coincidence" }).modalities.join(), "hand,chest");
  const tiny = planOfWords(words, "tiny");
  assert.deepEqual([tiny.heldOut, (tiny.presets[0]!.preset as NetworkPreset).training.epochs], [2, 2]);
});

test("EEG + audio has words of its own: concat unless told", () => {
  const heard = (fusionMode?: string): string => {
    const plan = planOfWords({ useAudio: true, ...(fusionMode && { fusionMode }) }, "standard");
    assert.equal(plan.problem.data, "eav-simulated");
    return (plan.presets[0]!.preset as NetworkPreset).fusion;
  };
  assert.deepEqual(
    [heard(), heard("concat"), heard("cross_attention"), heard("gated")],
    ["concat", "concat", "attend-others", "gated-projection"],
  );
  assert.deepEqual(presetOf({ data: "eav-simulated" }).modalities, ["eeg"], "EEG alone unless told");
});

test("an unknown word lists the known ones", () => {
  for (const [words, message] of [
    [{ data: "wisdm" }, /--data: expected one of \[pamap2, .*eav.*\], got "wisdm"; choose/],
    [{ fusion: "best" }, /--fusion: expected one of \[early, .*late \(late-learned\)\], got "best"; choose/],
    [{ encoder: "rnn" }, /--encoder: expected one of \[.*conv, .*cnn \(conv\)\], got "rnn"; choose/],
    [
      { protocol: "random" },
      /--protocol: expected one of \[leave-one-subject-out, .*loso \(leave-one-subject-out\), .*got "random"/,
    ],
    [{ modalities: "hand,foot" }, /--modalities: expected one of \[hand, chest, ankle, heart\], got "foot"/],
    [{ seed: "one" }, /--seed: expected whole numbers such as 0 or 0,1,2, got "one"/],
    [{ epochs: "0" }, /--epochs: expected a whole number above 0, got "0"/],
    [
      { data: "pamap2", useAudio: true },
      /--use-audio and --fusion-mode: expected EEG \+ audio, got --data pamap2; use/,
    ],
    [
      { useAudio: true, fusionMode: "sum" },
      /--fusion-mode: expected one of \[concat, cross_attention, gated\], got "sum"/,
    ],
    [
      { fusionMode: "gated" },
      /--fusion-mode gated: expected audio to fuse with, got EEG alone; add --use-audio/,
    ],
  ] as const)
    assert.throws(() => planOfWords(words, "standard"), { message });
});

test("the table has a row a subject, means over seeds, and an interval over subjects", () => {
  const result = (seed: number, subject: string, accuracy: number): Result =>
    ({
      ...{ seed, majorityAccuracy: 0.25 },
      subjects: [{ subject, windows: 10, accuracy, macroF1: accuracy / 2 }],
    }) as unknown as Result;
  const { rows, mean } = trainTable([
    ...[result(1, "a", 0.5), result(2, "a", 0.7), result(1, "b", 0.8), result(2, "b", 1)],
  ]);
  assert.deepEqual(
    rows.map(({ subject, accuracy, floor }) => [subject, Number(accuracy.toFixed(9)), floor]),
    [
      ["a", 0.6, 0.25],
      ["b", 0.9, 0.25],
    ],
  );
  assert.ok(Math.abs(mean.accuracy.mean - 0.75) < 1e-12);
  assert.deepEqual(
    mean.accuracy.interval!.map((x) => Number(x.toFixed(9))),
    [0.6, 0.9],
    "of two people a mean drawn again is either's own in more than 5 % of draws",
  );
  assert.equal(trainTable([result(1, "a", 0.5)]).mean.accuracy.interval, undefined);
});
