/** Training a target beside what its source knew: the compiled step, the whole fit, and what must make no difference. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { checkStep, fitScaler, gatherBatch, jit, selectModalities, simulateSharedPrivate, subjectGroups } from "fusion"; // prettier-ignore
import { adamW } from "fusion/dist/train/adamw";
import { inputTensors, oneHotTargets, weightsOf } from "fusion/dist/train/tensors";
import { convEncoder } from "fusion/dist/encoders/conv";
import { fit } from "fusion/dist/train/fit";
import { alignmentNames, alignmentOf } from "fusion/dist/transfer/alignments";
import { learnedParts, mapRows } from "fusion/dist/transfer/combine";
import { fitTransfer, type TransferRequest } from "fusion/dist/transfer/fit-transfer";
import { readOut } from "fusion/dist/transfer/read-out";
import { gradientNorms, type Objective, transferStep } from "fusion/dist/transfer/transfer-step";
import { unimodalModel } from "fusion/dist/transfer/unimodal-model";
import { withSources } from "fusion/dist/transfer/with-sources";
import { problemOptions, weightsHash } from "../train/problem";

const dim = 4;
const { windows } = simulateSharedPrivate({ subjects: 8, windowsPerSubject: 24, seed: 1 });
const [fold] = subjectGroups(windows, { seed: 1, groups: 4 });
const poor = selectModalities(windows, ["poor"]);
const rich = selectModalities(windows, ["rich"]);
const model = (modality: string, seed = 1) =>
  unimodalModel({ modality, time: 64, channels: 3, dim, seed, classes: 6, encoder: convEncoder, heads: 1, dropout: 0.2 }); // prettier-ignore
const alignment = (name: (typeof alignmentNames)[number]) =>
  alignmentOf(name, { dim, classes: 6 }, { normalisation: "none" });
const options = {
  ...problemOptions,
  epochs: 2,
  batchSize: 24,
  jitter: 0,
  noise: 0,
  modalityDropout: 0,
  keep: "last" as const,
};

async function sourceOf(name: (typeof alignmentNames)[number]) {
  const asked = { windows: rich, indices: fold!.train, scaler: fitScaler(rich, fold!) };
  const read = await readOut(model("rich"), alignment(name), asked);
  const pairing = new Int32Array(windows.count).fill(-1);
  fold!.train.forEach((window, row) => (pairing[window] = row % 4 === 0 ? -1 : row)); // a gate closed in four
  return { name: "rich", rows: read!.rows, pairing };
}

const request = async (
  name: (typeof alignmentNames)[number],
  change: Partial<TransferRequest["objective"]> = {},
): Promise<TransferRequest> => ({
  ...{ model: model("poor"), windows: poor, fold: fold!, options, seed: 1 },
  sources: [await sourceOf(name)],
  objective: {
    ...{ alignment: alignment(name), lambda: 1, reduction: "mean_over_gated", dim },
    ...{ combination: "mean", map: false },
    ...change,
  },
});

for (const name of alignmentNames)
  test(`a step under "${name}": compiled as eager, nothing frozen, both gradients as one`, async () => {
    const source = await sourceOf(name);
    const paired = withSources(poor, [source]);
    const scaler = fitScaler(poor, fold!);
    const make = () => {
      const target = model("poor");
      const { trained, all } = weightsOf(target);
      const learned = learnedParts(1, { combination: "learned", map: name === "signature", dim });
      const optimiser = adamW([...trained, ...learned.all], { weightDecay: 0.01 });
      const objective: Objective = {
        ...{ alignment: alignment(name), sources: ["rich"], lambda: 0.5, reduction: "mean_over_gated" },
        ...{ combination: "learned", learned, dim, labelSmoothing: 0, classWeights: undefined },
      };
      const step = transferStep(target, optimiser, { clipNorm: 1 }, objective);
      const norms = gradientNorms(target, objective);
      return { step, norms, variables: [...all, ...learned.all, ...optimiser.slots] };
    };
    const inputs = (at: number, rate: number, seed = 7): tf.NamedTensorMap => {
      const indices = Int32Array.from({ length: 16 }, (_, i) => fold!.train[(i + at) % fold!.train.length]!);
      const batch = gatherBatch(paired, indices, { scaler });
      const drawn = tf.tensor1d([seed, at], "int32");
      return { ...inputTensors(batch), targets: oneHotTargets(batch, 6), rate: tf.scalar(rate), seed: drawn };
    };
    const { step, variables } = make();
    checkStep("transfer", step, variables, inputs(0, 0.1), inputs(5, 0.01, 9));
    const run = (compiled: boolean) => {
      const { step: one, norms, variables: own } = make();
      const [f, g] = compiled ? [jit("transfer", one, own), jit("norms", norms, own)] : [one, norms];
      const asked = inputs(0, 1e-3);
      delete asked["rate"];
      const sizes = tf.tidy(() => Object.values(g(asked)).map((x) => x.dataSync()[0]!));
      const out = [0, 1].map((at) => tf.tidy(() => f(inputs(at, 1e-3))["loss"]!.dataSync()[0]!));
      return { numbers: [...sizes, ...out], values: own.map((v) => v.dataSync().slice()) };
    };
    const [eager, compiled] = [run(false), run(true)];
    // as in the test of the training step: sums in another order, and AdamW moves by at most the rate
    const near = (a: number, b: number) => Math.abs(a - b) <= 1e-5 * (1 + Math.abs(b));
    eager.numbers.forEach((x, i) =>
      assert.ok(near(compiled.numbers[i]!, x), `${i}: ${x} ${compiled.numbers[i]}`),
    );
    eager.values.forEach((value, i) => value.forEach((x, j) => assert.ok(near(compiled.values[i]![j]!, x))));
    assert.ok(eager.numbers[0]! > 0 && eager.numbers[1]! > 0, "both losses have a slope");
  });

test("noise is refused: what the source knew is of the window as it is", async () => {
  const asked = await request("signature");
  await assert.rejects(
    fitTransfer({ ...asked, options: { ...options, noise: 0.1 } }),
    /fitTransfer: expected noise and jitter of 0, got 0.1 and 0;/,
  );
});

test("with λ 0 a target learns what it learns alone", async () => {
  const asked = await request("signature", { lambda: 0 });
  await fitTransfer(asked);
  const alone = model("poor");
  await fit({ model: alone, windows: poor, fold: fold!, options, seed: 1 });
  const [a, b] = [asked.model, alone].map((m) => m.getWeights().map((w) => w.dataSync()));
  // a dozen steps at rate 1e-2 of graphs that differ in the last digit
  a!.forEach((w, i) => w.forEach((x, j) => assert.ok(Math.abs(x - b![i]![j]!) < 1e-3, `${x} ${b![i]![j]}`)));
});

test("gates that are all closed are λ 0, and what a closed window's row holds does not matter", async () => {
  const [open, closed] = [await request("signature"), await request("signature")];
  const rows = (await sourceOf("signature")).rows;
  const spoil = rows.map((row, i) => (i % 4 === 0 ? row.map(() => 1e6) : row));
  const shut = { ...closed.sources[0]!, pairing: new Int32Array(windows.count).fill(-1) };
  await fitTransfer(open);
  const spoilt = await request("signature");
  await fitTransfer({ ...spoilt, sources: [{ ...spoilt.sources[0]!, rows: spoil }] });
  assert.equal(weightsHash(spoilt.model), weightsHash(open.model));
  const { gradients } = await fitTransfer({ ...closed, sources: [shut] });
  assert.ok(gradients.length === 2 && gradients.every((g) => g.alignment === 0 && g.crossEntropy > 0));
  assert.notEqual(weightsHash(closed.model), weightsHash(open.model));
});

test("D-CAT draws the target's signatures towards the source's", async () => {
  const long = { ...options, epochs: 12 };
  const distance = async (lambda: number): Promise<number> => {
    const asked = await request("signature", { lambda });
    await fitTransfer({ ...asked, options: long });
    const scaler = fitScaler(poor, fold!);
    const own = await readOut(asked.model, alignment("signature"), {
      windows: poor,
      indices: fold!.train,
      scaler,
    });
    const { rows } = asked.sources[0]!;
    const each = own!.rows.map((row, i) =>
      Math.hypot(...row.slice(0, dim * dim).map((x, k) => x - rows[i]![k]!)),
    );
    return each.reduce((a, b) => a + b) / each.length;
  };
  assert.ok((await distance(3)) < 0.8 * (await distance(0)));
});

test("a fit that was stopped and resumed ends with the bytes of one that was not, a learned map included", async () => {
  const folder = mkdtempSync(join(tmpdir(), "fusion-transfer-"));
  try {
    const whole = await request("signature", { map: true });
    await fitTransfer(whole);
    const stop = new AbortController();
    const update = ({ epoch }: { epoch: number }): void => (epoch === 2 ? stop.abort() : undefined);
    const checkpoints = { folder, run: "here" };
    const first = await request("signature", { map: true });
    const half = await fitTransfer({
      ...first,
      checkpoints,
      signal: stop.signal,
      progress: { update, clear: () => {} },
    });
    assert.ok(half.interrupted && half.history.length === 1);
    const second = await request("signature", { map: true });
    const { gradients } = await fitTransfer({ ...second, checkpoints });
    assert.equal(weightsHash(second.model), weightsHash(whole.model));
    assert.deepEqual(gradients.map(({ epoch }) => epoch), [1, 2]); // prettier-ignore
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a fit leaves nothing in memory", async () => {
  const asked = await request("signature", { combination: "learned", map: true });
  await fitTransfer(asked);
  const before = tf.memory().numTensors;
  await fitTransfer(asked);
  assert.equal(tf.memory().numTensors, before);
});

test("a map of 1 leaves signatures and their number of tokens as they are; any other multiplies from the left", () => {
  const rows = tf.tensor2d([[1, 2, 3, 4, 9], [5, 6, 7, 8, 3]]); // prettier-ignore
  const learned = learnedParts(1, { combination: "mean", map: true, dim: 2 });
  assert.deepEqual(mapRows(rows, learned, 2).arraySync(), rows.arraySync());
  learned.map!.assign(tf.tensor2d([[0, 1], [2, 0]])); // prettier-ignore
  assert.deepEqual(mapRows(rows, learned, 2).arraySync(), [[3, 4, 2, 4, 9], [7, 8, 10, 12, 3]]); // prettier-ignore
});
