import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { engineIdentity } from "fusion";
import { faultSurvey } from "fusion/dist/data/fault";
import { makeFold } from "fusion/dist/data/make-fold";
import { selectModalities } from "fusion/dist/data/select-modalities";
import { presets } from "fusion/dist/experiments/preset";
import { Result } from "fusion/dist/experiments/result";
import { Interrupted, run } from "fusion/dist/experiments/run";
import { codeOfRun, runKey, type RunRequest, trainingKey } from "fusion/dist/experiments/run-key";
import { scoresWithout } from "fusion/dist/experiments/without";
import { problemFold, problemOptions, problemWindows } from "../train/problem";

const windows = problemWindows();
const fold = problemFold(windows);
const preset = {
  ...presets["early-conv"],
  ...{ modalities: ["arm", "room"], dim: 4, hidden: 8, training: { ...problemOptions, epochs: 2 } },
};
const request: RunRequest = {
  ...{ experiment: "problem", profile: "tiny", presetName: "small", preset, windows, fold, seed: 1 },
  source: { data: "pamap2", split: { kind: "fixed-subjects" } },
};

test("a run's key changes with preset, fold, seed, data, engine and code, and with nothing else", () => {
  const engine = engineIdentity();
  const key = (changes: Partial<RunRequest> = {}, e = engine, code = "c") =>
    runKey({ ...request, ...changes }, e, code);
  const [first, ...others] = [
    key(),
    key({ preset: { ...preset, dim: 5 } }),
    key({ preset: { ...preset, training: { ...preset.training, noise: 0.06 } } }),
    key({ preset: { ...preset, modalities: ["room", "arm"] } }),
    key({ fold: makeFold(windows, fold, { ...fold, train: fold.train.slice(1) }) }),
    key({ fold: makeFold(windows, { ...fold, split: "other" }, fold) }),
    key({ seed: 2 }),
    key({ windows: { ...windows, hash: "other" } }),
    key({}, { ...engine, oneDnn: !engine.oneDnn }),
    key({}, { ...engine, threads: 2 }),
    key({}, { ...engine, instructionSet: "other" }),
    key({}, engine, "d"),
    key({ stress: ["faults"] }),
  ];
  assert.equal(new Set(others).size, others.length);
  assert.ok(!others.includes(first!));
  assert.equal(key(), first);
  assert.equal(key({ stress: [] }), first);
  assert.equal(
    trainingKey({ ...request, stress: ["faults"] }),
    trainingKey(request),
    "the weights are the same",
  );
  assert.equal(key({ experiment: "other", profile: "full", presetName: "alias" }), first);
});

test("a run's code is that of its own encoder, fusion, data and split, not of the others", () => {
  const { source } = request;
  const code = (changes: Partial<typeof preset>, from: Partial<RunRequest["source"]> = {}) =>
    codeOfRun({ preset: { ...preset, ...changes }, source: { ...source, ...from } });
  const different = [
    code({}),
    code({ encoder: "lstm" }),
    code({ encoder: "gru" }),
    code({ fusion: "cross-attention" }),
    code({}, { data: "coincidence" }),
    code({}, { split: { kind: "optimism" } }),
  ];
  assert.equal(new Set(different).size, different.length);
  assert.equal(code({ dim: 99 }), code({}), "the preset itself is in the key, beside the code");
});

test("a run is a result, the same one each time, and leaves no tensor behind", async () => {
  const first = await run(request);
  const before = tf.memory().numTensors;
  const second = await run(request);
  assert.equal(tf.memory().numTensors, before);
  assert.equal(JSON.stringify(second), JSON.stringify(first));
  assert.deepEqual(Result.parse(first), first);
  assert.equal(first.key, runKey(request));
  assert.deepEqual(first.classes, ["slow", "middle", "fast"]);
  const told = first.pooled.confusion.flat().reduce((a, b) => a + b);
  assert.equal(told, fold.test.length);
  assert.equal(first.majorityAccuracy, 1 / 3, "three classes alike");
  assert.deepEqual(
    first.subjects.map(({ subject }) => subject),
    ["s4"],
  );
  assert.deepEqual(first.leak.samples, { windows: 0, share: 0 });
  assert.deepEqual(
    first.subsets.map(({ present }) => present.join("+")),
    ["", "arm", "room", "arm+room"],
  );
  const [none, arm, room, both] = first.subsets.map((row) => row.pooled);
  const { accuracy, macroF1, windows: asked } = first.pooled;
  const whole = { accuracy, macroF1, windows: asked, nll: first.negativeLogLikelihood };
  const { negativeLogLikelihood: nll, ...full } = both!;
  assert.deepEqual({ ...full, nll }, { ...full, ...whole }, "all sensors: the main scores");
  assert.equal(none!.accuracy, first.majorityAccuracy);
  assert.ok(Math.abs(none!.negativeLogLikelihood - Math.log(3)) < 1e-6, "three classes alike: ln 3");
  assert.ok(none!.ece < 1e-6, "the frequencies of balanced classes are calibrated");
  assert.deepEqual(none!.recall, [1, 0, 0]);
  // the arm tells the classes apart; without it the model can know no more than the room's noise does
  assert.ok(room!.accuracy < accuracy && room!.accuracy < arm!.accuracy, JSON.stringify(first.subsets));
  assert.ok(room!.negativeLogLikelihood > both!.negativeLogLikelihood);
  assert.deepEqual(
    scoresWithout(first).map((row) => [row.modality, row.accuracy]),
    [
      ["arm", room!.accuracy],
      ["room", arm!.accuracy],
    ],
  );
});

test("a run that is put through faults has the other scores of one that is not, and each fault's beside them", async () => {
  const { faults: none, ...plain } = await run(request);
  const { faults, ...stressed } = await run({ ...request, stress: ["faults"] });
  assert.deepEqual(none, []);
  const same = { key: "", code: "" };
  assert.deepEqual({ ...stressed, ...same }, { ...plain, ...same });
  assert.deepEqual(
    faults.map(({ kind, sensor, amount }) => ({ kind, sensor, amount })),
    faultSurvey(["arm", "room"]),
  );
  const accuracyOf = (kind: string, sensor: string, amount: number): number =>
    faults.find((f) => f.kind === kind && f.sensor === sensor && f.amount === amount)!.subjects[0]!.accuracy;
  // an arm that stands still does not swing: nothing is left to tell the classes apart
  assert.ok(accuracyOf("stuck", "arm", 1) < accuracyOf("stuck", "room", 1));
});

test("an interrupted run goes on from its checkpoints, to the same result", async () => {
  const folder = mkdtempSync(join(tmpdir(), "fusion-run-"));
  try {
    const controller = new AbortController();
    const progress = {
      update: ({ epoch }: { epoch: number }) => epoch > 1 && controller.abort(),
      clear: () => {},
    };
    const checkpoints = { folder, run: runKey(request) };
    await assert.rejects(run(request, { checkpoints, progress, signal: controller.signal }), Interrupted);
    const epochs = new Set<number>();
    const seen = { update: ({ epoch }: { epoch: number }) => void epochs.add(epoch), clear: () => {} };
    const resumed = await run(request, { checkpoints, progress: seen });
    assert.deepEqual([...epochs], [2]);
    assert.equal(JSON.stringify(resumed), JSON.stringify(await run(request)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("windows in another order of modalities are refused: two sensors would be swapped in silence", async () => {
  const turned = selectModalities(windows, ["room", "arm"]);
  await assert.rejects(run({ ...request, windows: turned }), {
    message: "run: expected windows of [arm, room] in this order, got [room, arm]; use selectModalities",
  });
});

test("selectModalities stacks presence anew and shares the samples", () => {
  const presence = windows.presence.slice();
  presence[0] = 0; // window 0 lacks arm
  const turned = selectModalities({ ...windows, presence }, ["room", "arm"]);
  assert.deepEqual([...turned.presence.subarray(0, 4)], [1, 0, 1, 1]);
  assert.equal(turned.tracks["arm"], windows.tracks["arm"]);
  assert.deepEqual([...selectModalities({ ...windows, presence }, ["room"]).presence.subarray(0, 2)], [1, 1]);
  assert.throws(
    () => selectModalities(windows, ["leg"]),
    /selectModalities: expected modalities among \[arm, room\], got leg; cut windows with them/,
  );
});

test("a cross-attention's result says who reads whom, beside an even reader, and nothing is left in memory", async () => {
  const attending = { ...request, preset: { ...preset, fusion: "cross-attention", heads: 2 } } as const;
  await run(attending);
  const before = tf.memory().numTensors;
  const { attention, agreement } = await run(attending);
  assert.equal(tf.memory().numTensors, before);
  const all = attention!.shares.filter((row) => row.class === "all");
  assert.deepEqual(
    all.map(({ query, key }) => `${query} ${key}`),
    ["arm arm", "arm room", "room arm", "room room"],
  );
  for (const query of ["arm", "room"])
    for (const share of ["weight", "even"] as const) {
      const sum = all.filter((row) => row.query === query).reduce((total, row) => total + row[share], 0);
      assert.ok(Math.abs(sum - 1) < 1e-5, `${query} ${share} ${sum}`);
    }
  assert.ok(all.every(({ even }) => Math.abs(even - 0.5) < 1e-6)); // two tokens each
  assert.deepEqual([...new Set(attention!.shares.map((row) => row.class))].sort(), [
    "all",
    "fast",
    "middle",
    "slow",
  ]);
  assert.ok(attention!.entropy.length === 2 && attention!.entropy.every((x) => x! > 0 && x! <= 1 + 1e-6));
  const [look] = agreement;
  assert.deepEqual([look!.of, agreement.length], ["attention", 1]);
  for (const name of ["fast", "middle", "slow"]) {
    const own = look!.sensors.filter((row) => row.class === name);
    assert.deepEqual(
      own.map(({ sensor }) => sensor),
      ["arm", "room"],
    );
    assert.ok(Math.abs(own.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-5);
    assert.ok(own.every(({ even }) => Math.abs(even - 0.5) < 1e-6));
  }
  assert.deepEqual(
    look!.ranks.map(({ subject, worth, windows: count }) => `${subject} ${worth} ${count}`),
    [`s4 occlusion ${fold.test.length}`, `s4 shapley ${fold.test.length}`],
  );
  // of two sensors dealt out at random the mean of ±1 scatters by 1/√n; 4 of these
  for (const { permuted } of look!.ranks) assert.ok(Math.abs(permuted!) < 4 / Math.sqrt(fold.test.length));
});

test("a published fusion goes through a run like any other; one key for each query is no attention to report", async () => {
  for (const name of ["early-published", "late-published", "hybrid-published"] as const) {
    const { modalities, dim, hidden } = preset;
    const training = { ...presets[name].training, epochs: 1 };
    const { attention, agreement, subsets } = await run({
      ...request,
      ...{ presetName: name, preset: { ...presets[name], ...{ modalities, dim, hidden, training } } },
    });
    assert.equal(attention, null, name);
    assert.deepEqual(
      agreement.map(({ of }) => of),
      name === "hybrid-published" ? ["fusion weights"] : [],
      name,
    );
    assert.equal(subsets.length, 4);
  }
});
