/** The experiment on the collapse: what is trained, how it is asked, and what is counted. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { fitScaler, gather, randomFor } from "fusion";
import { everyNthRow } from "fusion/dist/data/every-nth-row";
import { allPresent, unscaled } from "fusion/dist/data/unscaled";
import { subsetAnswer } from "fusion/dist/experiments/collapse-answers";
import {
  collapseAside,
  collapseExperiments,
  collapseNames,
  collapseVariants,
} from "fusion/dist/experiments/collapse-design";
import {
  collapseSwitches,
  CollapseVariant,
  type PublishedVariant,
} from "fusion/dist/experiments/collapse-switches";
import { collapseRequests } from "fusion/dist/experiments/collapse-grid";
import { hybridAnswerer } from "fusion/dist/experiments/collapse-head";
import { publishedOptions, trainPublished } from "fusion/dist/experiments/collapse-published";
import type { CollapseResult } from "fusion/dist/experiments/collapse-result";
import {
  answersUnder,
  collapseCurves,
  collapseDifferences,
  collapseGains,
  meanAccuracy,
} from "fusion/dist/experiments/collapse-summary";
import { hybridPublished } from "fusion/dist/fusion/hybrid-published";
import { subsetsOf } from "fusion/dist/metrics/subsets";
import { predictor } from "fusion/dist/train/predict";
import { inputsOf } from "fusion/dist/train/tensors";
import { problemFold, problemWindows } from "../train/problem";

const tiny: PublishedVariant = {
  ...{ kind: "published", fusion: "hybrid", units: 4, dim: 6, hidden: 8, epochs: 1 },
  ...{ removal: "flag", excludesAbsent: false, scaled: false },
};

test("the published width, and one change in each variant", () => {
  const variants = collapseVariants("full");
  const { published } = variants;
  assert.equal(published.epochs, 10);
  const { units, dim, hidden } = variants["the original's widths"];
  assert.deepEqual([units, dim, hidden], [256, 128, 256]);
  for (const [name, variant] of Object.entries<CollapseVariant>(variants)) {
    assert.deepEqual(CollapseVariant.parse(variant), variant);
    if (variant.kind === "corrected") continue;
    const changed = Object.entries(variant).filter(
      ([key, value]) => published[key as keyof typeof published] !== value,
    );
    assert.equal(changed.length, name === "published" ? 0 : name === "the original's widths" ? 3 : 1, name);
  }
  for (const name of collapseNames) {
    const { seeds, seedsAside } = collapseExperiments[name];
    const requests = collapseRequests(name, "full");
    const all = Object.keys(variants);
    assert.ok(collapseAside.every((aside) => all.includes(aside)));
    const main = all.length - collapseAside.length;
    assert.equal(requests.length, main * seeds.length + collapseAside.length * seedsAside.length);
    assert.equal(requests.at(-1)!.variantName, "the original's widths");
    assert.equal(collapseRequests(name, "tiny").filter((r) => r.variantName === "published").length, 1);
  }
});

test("unscaled windows: nothing is measured, all may be read, and so a scaler leaves the numbers as they are", () => {
  const windows = problemWindows();
  const fold = problemFold(windows);
  const raw = allPresent(unscaled(windows));
  for (const { mean, deviation } of Object.values(fitScaler(raw, fold)))
    assert.ok(mean.every((x) => x === 0) && deviation.every((x) => x === 1));
  for (const name of windows.names) {
    const [before, after] = [windows.tracks[name]!, raw.tracks[name]!];
    assert.equal(after.values, before.values);
    if (before.kind === "sequence" && after.kind === "sequence")
      assert.deepEqual(
        after.filled,
        before.validity.map((v, i) => v | before.filled[i]!),
      );
  }
  assert.ok(raw.presence.every((p) => p === 1));
  assert.notEqual(raw.hash, windows.hash);
});

test("every n-th row: the samples of each window that are n apart, and nothing else", () => {
  const windows = problemWindows();
  const thin = everyNthRow(windows, 4);
  const [all, some] = [windows, thin].map((w) => gather(w, "arm", [0, 5, 17], { invalid: "keep" }));
  assert.deepEqual([all!.validity.length, some!.validity.length], [3 * 16, 3 * 4]);
  some!.values.forEach((x, i) => {
    const [row, channel] = [Math.floor(i / 2), i % 2];
    assert.equal(x, all!.values[(Math.floor(row / 4) * 16 + (row % 4) * 4) * 2 + channel]);
  });
  assert.equal(everyNthRow(windows, 1), windows);
  assert.throws(
    () => everyNthRow(windows, 5),
    /arm: expected windows that begin and end at a multiple of 5 rows/,
  );
});

test("an answer counts what is right, and says what is said most", () => {
  const rows = [
    [2, 1, 0],
    [0, 1, 2],
    [0, 3, 2],
    [0, 3, 2],
  ].map((row) => Float32Array.from(row));
  const answer = subsetAnswer(["hand"], rows, [0, 1, 1, 2], ["a", "b", "c"], [0.5, 0.5]);
  assert.deepEqual([answer.correct, answer.accuracy], [2, 0.5]);
  assert.deepEqual(answer.commonest, { class: "b", share: 0.5 });
  // F1: a 1, b 2 · ½ · ½ / (½ + ½) = ½, c 0
  assert.ok(Math.abs(answer.macroF1 - 0.5) < 1e-12);
});

test("asking the head with kept vectors is asking the whole model", async () => {
  const windows = allPresent(unscaled(problemWindows()));
  const fold = problemFold(windows);
  const scaler = fitScaler(windows, fold);
  const options = publishedOptions(tiny, windows, 3, 1);
  const model = hybridPublished(options);
  const random = randomFor(5, "collapse");
  model.setWeights(
    model.weights.map(({ shape }) => {
      const values = Float32Array.from(
        { length: tf.util.sizeFromShape(shape as number[]) },
        () => 0.5 * random.normal(),
      );
      return tf.tensor(values, shape as number[]);
    }),
  );
  const test = fold.test.subarray(0, 40);
  const answerer = await hybridAnswerer(model, options, { windows, scaler, test });
  assert.ok(answerer.norms.every(({ ofZeros, ofWindows }) => ofZeros > 0 && ofWindows > 0));
  const ask = predictor(model, scaler);
  const subsets = subsetsOf(windows.names).slice(1);
  const answers = answerer.ask(collapseSwitches.published, subsets);
  for (const { sensors, logits, shares } of answers) {
    const whole = await ask(windows, test, {
      edit: ({ inputs }) =>
        inputs["presence"]!.values.forEach((_, i, flags) => {
          if (!sensors.includes(windows.names[i % windows.names.length]!)) flags[i] = 0;
        }),
    });
    assert.equal(logits.length, whole.length);
    logits.forEach((row, w) =>
      // graphs of other shapes sum in another order: some fifty roundings of 2⁻²⁴ on numbers below 10
      row.forEach((x, c) => assert.ok(Math.abs(x - whole[w]![c]!) < 1e-4, `${sensors.join()} ${w}`)),
    );
    assert.ok(Math.abs(shares.reduce((a, b) => a + b) - 1) < 1e-5);
  }
  ask.dispose();
  // with raw values kept an absent sensor is as good as there, but for the shares
  const [kept] = answerer.ask(collapseSwitches["raw values kept"], [[windows.names[0]!]]);
  const [zeroed] = answers;
  assert.notDeepEqual(kept!.logits, zeroed!.logits);
  assert.ok(inputsOf(model, Object.fromEntries(model.inputNames.map((n) => [n, tf.scalar(0)]))).length > 0);
  model.dispose();
});

test("a variant is trained, asked under every switch for every set of sensors, and leaves no tensor behind", async () => {
  const windows = problemWindows();
  const fold = { ...problemFold(windows), stop: new Int32Array() };
  const train = () => trainPublished(tiny, { windows, fold }, 1, {});
  await train();
  const before = tf.memory().numTensors;
  const trained = (await train())!;
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual(
    trained.answers.map((a) => a.switch.replace(", as trained", "")),
    Object.keys(collapseSwitches),
  );
  for (const { subsets } of trained.answers)
    assert.equal(
      new Set(subsets.map(({ sensors }) => sensors.join("+"))).size,
      2 ** windows.names.length - 1,
    );
  const early = (await trainPublished({ ...tiny, fusion: "early" }, { windows, fold }, 1, {}))!;
  assert.deepEqual(
    early.answers.map((a) => a.switch),
    ["as trained"],
  );
  assert.deepEqual(await train(), trained, "a second time, the same numbers");
});

/** A result of which only the answers matter: accuracy by number of sensors. */
function made(variantName: string, seed: number, bySwitch: Record<string, number[]>): CollapseResult {
  const answers = Object.entries(bySwitch).map(([name, accuracies]) => ({
    switch: name,
    subsets: accuracies.map((accuracy, i) => ({ sensors: ["hand", "chest"].slice(0, i + 1), accuracy })),
  }));
  const variant = { ...tiny, scaled: variantName === "scaled" };
  return { variantName, seed, variant, answers } as unknown as CollapseResult;
}

test("points are differences of the same seed, in hundredths, with an interval over seeds", () => {
  const results = [
    made("published", 1, { "published, as trained": [0.1, 0.5], "keys masked": [0.2, 0.5] }),
    made("published", 2, { "published, as trained": [0.3, 0.6], "keys masked": [0.36, 0.6] }),
    made("scaled", 2, { "published, as trained": [0.8, 0.9] }),
  ];
  const gains = collapseGains(results);
  const [one] = gains.filter((g) => g.change === "keys masked" && g.sensors === 1);
  assert.ok(Math.abs(one!.mean - 8) < 1e-9 && one!.acts === "asked" && one!.seeds === 2);
  assert.ok(Math.abs((one!.upper - one!.lower) / 2 - 12.706 * 2) < 0.01); // t(1) · s / √2 with s = 2 √2
  const [scaled] = gains.filter((g) => g.change === "scaled" && g.sensors === 1);
  assert.deepEqual([Math.round(scaled!.mean), scaled!.acts, scaled!.seeds], [50, "trained", 1]);
  const curves = collapseCurves(results, [{ line: "a", variant: "published" }]);
  assert.deepEqual(
    curves.map(({ line, sensors, mean }) => [line, sensors, Number(mean.toFixed(9))]),
    [
      ["a", 1, 0.2],
      ["a", 2, 0.55],
    ],
  );
  assert.equal(meanAccuracy(answersUnder(results[0]!, "keys masked"), 1), 0.2);
  assert.throws(
    () => answersUnder(results[0]!, "none"),
    /expected one of \[published, as trained, keys masked\]/,
  );
  assert.throws(() => collapseCurves(results, [{ line: "a", variant: "b" }]), /expected one of the variants/);
  // of seed 2 alone, which both have
  const beside = collapseDifferences(results, "published", "scaled").map(({ sensors, mean, seeds }) => ({
    ...{ sensors, seeds, points: Math.round(mean) },
  }));
  assert.deepEqual(beside, [
    { sensors: 1, seeds: 1, points: -50 },
    { sensors: 2, seeds: 1, points: -30 },
  ]);
  assert.throws(
    () => collapseDifferences([results[0]!, results[2]!], "published", "scaled"),
    /expected a seed of both/,
  );
});
