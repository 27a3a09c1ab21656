/** Every fusion: exact size, learning, saving, memory, and the presence contract. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { jit, randomFor } from "fusion";
import type { EncoderFactory } from "fusion/dist/encoders/encoder";
import { encoders, type RegisteredEncoder } from "fusion/dist/encoders/registry";
import { adaptiveFusion } from "fusion/dist/fusion/adaptive";
import { bottleneckFusion } from "fusion/dist/fusion/bottleneck";
import { crossAttentionFusion } from "fusion/dist/fusion/cross-attention";
import { earlyFusion, type EarlyFusionOptions } from "fusion/dist/fusion/early";
import { attendOthersFusion, concatFusion, gatedProjectionFusion } from "fusion/dist/fusion/fusion-modes";
import { fusionWeightsOf, hasFusionWeights } from "fusion/dist/fusion/fusion-weights-of";
import { gatedFusion } from "fusion/dist/fusion/gated";
import { hybridFusion } from "fusion/dist/fusion/hybrid";
import { lateLearnedFusion } from "fusion/dist/fusion/late-learned";
import { lateMeanFusion } from "fusion/dist/fusion/late-mean";
import { productOfExpertsFusion } from "fusion/dist/fusion/product-of-experts";
import { uncertaintyFusion } from "fusion/dist/fusion/uncertainty";
import { uncertaintyDropoutFusion } from "fusion/dist/fusion/uncertainty-dropout";
import { loadModel, saveModel } from "fusion/dist/train/save-model";
import { inputsOf, weightsOf } from "fusion/dist/train/tensors";
import { fit } from "fusion/dist/train/fit";
import { problemFold, problemOptions, problemWindows } from "../train/problem";

const [time, batch, classes] = [16, 4, 3];
const modalities = [
  { name: "hand", time, channels: 3 },
  { name: "chest", time, channels: 2 },
  { name: "heart", time, channels: 1 },
];
const sizes = { classes, dim: 4, hidden: 8, dropout: 0.2 };

interface Fusion {
  readonly build: (options: EarlyFusionOptions) => tf.LayersModel;
  /** Parameters of the model above, beside those of its encoders. */
  readonly head: number;
  readonly reads: "pooled" | "tokens";
  /**
   * Weights that depend on the order of the modalities: their first axis ends with blocks in which each modality has so
   * many rows.
   */
  readonly ordered: Readonly<Record<string, readonly number[]>>;
  /** Sizes at which it is to learn; as above if not given. */
  readonly learns?: Partial<typeof sizes>;
}

/** A block of rows for each modality's vector, then a row for each presence. */
const [vectors, flags] = [sizes.dim, 1];

/** Of several rectified layers of four numbers one may fall silent for good. */
const deep = { dim: 16, hidden: 16, dropout: 0 };

/** By name. A new fusion is one line here. */
const fusions: Readonly<Record<string, Fusion>> = {
  /** (3 · 4 + 3 + 1) · 8 + (8 + 1) · 3: vectors and presence to hidden, hidden to classes. */
  early: { build: earlyFusion, head: 155, reads: "pooled", ordered: { "hidden/kernel": [vectors, flags] } },
  /** The 155, and 3 (3 · 4 + 3 + 1) · 4 for gates. */
  gated: {
    ...{ build: gatedFusion, head: 347, reads: "pooled" },
    ordered: Object.fromEntries(
      ["hidden", "hand_gate", "chest_gate", "heart_gate"].map((name) => [`${name}/kernel`, [vectors, flags]]),
    ),
  },
  /**
   * 3 · 4 modality vectors, 4 (4 + 1) · 4 attention, 2 · 2 · 4 norms, (4 + 1) · 8 + (8 + 1) · 4 mixing, and the 155.
   */
  "cross-attention": {
    build: (options: EarlyFusionOptions) => crossAttentionFusion({ ...options, heads: 2 }),
    ...{ head: 339, reads: "tokens", ordered: { "hidden/kernel": [vectors, flags] } },
  },
  /** A head for each modality: 3 ((4 + 1) · 8 + (8 + 1) · 3). */
  "late-mean": { build: lateMeanFusion, head: 201, reads: "pooled", ordered: {} },
  /** The heads, and a preference for each modality. */
  "late-learned": {
    ...{ build: lateLearnedFusion, head: 204, reads: "pooled" },
    ordered: { "fusion_weights/preference": [flags] },
  },
  /** The heads, and a prior for each class. */
  "product-of-experts": { build: productOfExpertsFusion, head: 204, reads: "pooled", ordered: {} },
  /** The heads, and a score from each hidden layer: 3 (8 + 1). */
  uncertainty: { build: uncertaintyFusion, head: 228, reads: "pooled", ordered: {} },
  /** The heads. */
  "uncertainty-dropout": { build: uncertaintyDropoutFusion, head: 201, reads: "pooled", ordered: {} },
  /**
   * Projections 3 (4 + 1) · 8, a norm 2 · 8, classes (8 + 1) · 3: 163; modality vectors 3 · 4, two attentions with a
   * norm each 2 (4 (4 + 1) · 4 + 2 · 4), scores 3 (4 + 1).
   */
  hybrid: {
    build: (options) => hybridFusion({ ...options, heads: 2 }),
    ...{ head: 366, reads: "tokens", ordered: {} },
  },
  /** The 163, and for each modality's score (4 + 3 + 1) · 4 + 4 + 1. */
  adaptive: {
    ...{ build: adaptiveFusion, head: 274, reads: "pooled" },
    ordered: Object.fromEntries(
      ["hand", "chest", "heart"].map((name) => [`${name}_situation_hidden/kernel`, [flags]]),
    ),
  },
  /**
   * Modality vectors 3 · 4, bottleneck tokens 4 · 4, two blocks of 2 · 2 · 4 norms, 4 (4 + 1) · 4 attention and
   * (4 + 1) · 8 + (8 + 1) · 4 feed-forward, and the heads' 201.
   */
  bottleneck: {
    build: (options) => bottleneckFusion({ ...options, heads: 2 }),
    ...{ head: 573, reads: "tokens", ordered: {} },
  },
  /** (3 · 4 + 1) · 4 to one vector; (4 + 1) · 8 + (8 + 1) · 4 + (4 + 1) · 3 for the deep classifier, 91. */
  concat: {
    ...{ build: concatFusion, head: 143, reads: "pooled", ordered: { "fused/kernel": [vectors] } },
    learns: deep,
  },
  /** 3 (3 · 4 + 1) · 4 for gates, (3 · 4 + 1) · 4 for the projection, and the 91. */
  "gated-projection": {
    ...{ build: gatedProjectionFusion, head: 299, reads: "pooled", learns: deep },
    ordered: Object.fromEntries(
      ["projection", "hand_gate", "chest_gate", "heart_gate"].map((name) => [`${name}/kernel`, [vectors]]),
    ),
  },
  /** 3 · 4 (4 + 1) · 4 for attention, 3 for the blend, and the 91. */
  "attend-others": {
    build: (options: EarlyFusionOptions) => attendOthersFusion({ ...options, heads: 2 }),
    ...{ head: 334, reads: "tokens", ordered: { "blend/preference": [flags] }, learns: deep },
  },
};

/** Every encoder meets the two fusions that say how all read encoders: by their vector, and by their tokens. */
const readers = ["early", "cross-attention"];
/** The others are tested whole with convolution, and in what absence may do with one that recurs or one that attends. */
const someEncoders = { pooled: ["conv", "gru"], tokens: ["conv", "transformer"] };

/** The parameters of one modality's encoder alone, as far as the fusion reads it; the registry's test has them exact. */
function encoderParameters(
  encoder: EncoderFactory,
  { name, time, channels }: (typeof modalities)[number],
  reads: "pooled" | "tokens",
): number {
  const [values, validity] = [tf.input({ shape: [time, channels] }), tf.input({ shape: [time] })];
  const encode = encoder({ modality: name, time, channels, dim: sizes.dim, seed: 1 });
  return tf.model({ inputs: [values, validity], outputs: encode(values, validity)[reads] }).countParams();
}

type Plain = Readonly<Record<string, { readonly shape: number[]; readonly values: Float32Array }>>;

/**
 * @param presence [batch, modality]
 * @param measured share of steps that are valid; 1 for encoders whose window closes with a gap
 */
function inputsFrom(seed: number, presence: readonly number[], windows: number, measured: number): Plain {
  const random = randomFor(seed, "inputs");
  const draw = (shape: number[], make: () => number) => ({
    shape,
    values: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, make),
  });
  const each = modalities.map(({ name, channels }) => ({
    [`${name}_values`]: draw([windows, time, channels], () => random.normal()),
    [`${name}_validity`]: draw([windows, time], () => (random.uniform() < measured ? 1 : 0)),
  }));
  const last = { presence: { shape: [windows, modalities.length], values: Float32Array.from(presence) } };
  return Object.assign({}, ...each, last) as Plain;
}

const tensors = (plain: Plain): tf.NamedTensorMap =>
  Object.fromEntries(
    Object.entries(plain).map(([name, { shape, values }]) => [name, tf.tensor(values.slice(), shape)]),
  );

/** Logits, compiled where the engine compiles: one graph for one shape. */
function reader(model: tf.LayersModel): (plain: Plain) => number[] {
  const step = (x: tf.NamedTensorMap) => ({
    y: model.apply(inputsOf(model, x), { training: false }) as tf.Tensor,
  });
  const run = jit("read", step, weightsOf(model).all);
  return (plain) => {
    const inputs = tensors(plain);
    const { y } = run(inputs);
    const values = [...y!.dataSync()];
    tf.dispose([inputs, y!]);
    return values;
  };
}

/** Weights that are no longer what they were initialised to: biases, norms and statistics included. */
function unsettle(model: tf.LayersModel): tf.LayersModel {
  const random = randomFor(3, "weights");
  const draw = (w: tf.Tensor): number =>
    w.rank > 1
      ? (2 * random.uniform() - 1) * Math.sqrt(3 / w.shape.at(-2)!) // keeps sums of any width away from saturation
      : 0.1 + 0.4 * random.uniform(); // variances are among them, so all are positive
  model.setWeights(
    model.getWeights().map((w) =>
      tf.tensor(
        Float32Array.from({ length: w.size }, () => draw(w)),
        w.shape,
      ),
    ),
  );
  return model;
}

/** The last rows, in blocks [modality] of so many rows each, one run of blocks after the other, in another order. */
function permuteBlocks(weight: tf.Tensor, sizes: readonly number[], order: readonly number[]): tf.Tensor {
  const before = (i: number) => order.length * sizes.slice(0, i).reduce((a, b) => a + b, 0);
  const own = weight.shape[0]! - before(sizes.length); // rows of no order
  const starts = sizes.map((_, i) => own + before(i));
  const rows = sizes.flatMap((size, i) =>
    order.flatMap((m) => Array.from({ length: size }, (_, row) => starts[i]! + m * size + row)),
  );
  return weight.gather(tf.tensor1d([...Array(own).keys(), ...rows], "int32"));
}

for (const [fusionName, { build, head, reads, ordered, learns }] of Object.entries(fusions))
  for (const [encoderName, registered] of Object.entries<RegisteredEncoder>(encoders)) {
    if (!readers.includes(fusionName) && !someEncoders[reads].includes(encoderName)) continue;
    const whole = fusionName === "early" || encoderName === "conv"; // training and files: each encoder, each fusion
    const { build: encoder, gapCloses, blindTo } = registered;
    const inputs = (seed: number, presence: readonly number[], windows = batch): Plain =>
      inputsFrom(seed, presence, windows, gapCloses ? 1 : 0.8);
    const title = `${fusionName} fusion of ${encoderName} encoders`;
    const model = (seed = 1, order = modalities) => build({ modalities: order, encoder, seed, ...sizes });

    test(`${title}: exact size, named inputs`, () => {
      const m = model();
      assert.equal(
        m.countParams(),
        head + modalities.reduce((sum, modality) => sum + encoderParameters(encoder, modality, reads), 0),
      );
      const names = modalities.flatMap(({ name }) => [`${name}_values`, `${name}_validity`]);
      assert.deepEqual(m.inputNames, [...names, "presence"]);
      assert.deepEqual(m.outputs[0]!.shape, [null, classes]);
    });

    const trained = unsettle(model());
    const read = reader(trained);
    const presence = fc.array(fc.constantFrom(0, 1), { minLength: batch * 3, maxLength: batch * 3 });
    const rubbish = fc.oneof(fc.constantFrom(NaN, Infinity, -Infinity, 1e30), fc.float({ noNaN: true }));

    test(`${title}: an absent modality changes no bit of any logit, whatever its values and validity say`, () => {
      const property = fc.property(fc.nat(99), presence, rubbish, (seed, there, value) => {
        const plain = inputs(seed, there);
        const expected = read(plain);
        const spoilt = structuredClone(plain);
        modalities.forEach(({ name, channels }, m) => {
          for (let w = 0; w < batch; w++)
            if (!there[w * 3 + m]) {
              spoilt[`${name}_values`]!.values.fill(value, w * time * channels, (w + 1) * time * channels);
              spoilt[`${name}_validity`]!.values.fill(1, w * time, (w + 1) * time);
            }
        });
        assert.deepEqual(read(spoilt), expected);
        assert.ok(expected.every(Number.isFinite));
      });
      fc.assert(property, { seed: 1, numRuns: 40 });
    });

    test(`${title}: any modality alone suffices, and is listened to`, () => {
      modalities.forEach(({ name }, m) => {
        const there = Array.from({ length: batch * 3 }, (_, i) => (i % 3 === m ? 1 : 0));
        const alone = inputs(1, there);
        const answer = read(alone);
        assert.ok(answer.every(Number.isFinite), name);
        const louder = structuredClone(alone);
        louder[`${name}_values`]!.values.forEach((x, i, values) => (values[i] = 2 * x + 1));
        assert.notDeepEqual(read(louder), answer, name);
      });
    });

    if (hasFusionWeights(trained))
      test(`${title}: weights are shares of those that are there, and a lone one has all, exactly`, () => {
        const weigh = reader(fusionWeightsOf(trained));
        const property = fc.property(fc.nat(99), presence, (seed, there) => {
          const weights = weigh(inputs(seed, there));
          for (let w = 0; w < batch; w++) {
            const [own, open] = [weights.slice(w * 3, w * 3 + 3), there.slice(w * 3, w * 3 + 3)];
            const count = open.filter((there) => there === 1).length;
            own.forEach((weight, m) => assert.ok(open[m] ? weight > 0 : weight === 0, `${own} of ${open}`));
            if (count === 1) assert.deepEqual(own, open);
            const sum = own.reduce((a, b) => a + b, 0);
            // each weight is off by a few roundings, and so is their sum
            if (count > 1) assert.ok(Math.abs(sum - 1) <= 8 * 2 ** -24, `${sum}`);
          }
        });
        fc.assert(property, { seed: 1, numRuns: 30 });
      });

    if (!whole) continue;

    test(`${title}: the loss falls`, async () => {
      const windows = problemWindows();
      const fold = problemFold(windows);
      const seen = windows.names.map((name) => {
        const track = windows.tracks[name]!;
        return { name, time: 16, channels: track.kind === "sequence" ? track.channels.length : 0 };
      });
      const m = build({ modalities: seen, encoder, seed: 1, ...sizes, ...learns });
      const { history } = await fit({
        model: m,
        windows,
        fold,
        seed: 1,
        options: { ...problemOptions, epochs: 16 },
      });
      const [first, last] = [history[0]!, history.at(-1)!];
      // the classes swing at other speeds: of a set of frames, all there is to learn is that they are three
      const share = blindTo === "order" ? 1 : 0.8;
      // a shifted window has a gap: where that closes it, what has been learned shows on the unshifted ones alone
      const learned = gapCloses
        ? last.stopLoss! < share * Math.log(classes)
        : last.trainLoss < share * first.trainLoss;
      assert.ok(learned, JSON.stringify(history));
    });

    test(`${title}: saved and loaded it says the same, also when stock tfjs loads it`, async () => {
      const folder = mkdtempSync(join(tmpdir(), "fusion-model-"));
      try {
        const m = unsettle(model());
        await saveModel(m, join(folder, "model"));
        await saveModel(m, join(folder, "model")); // over the old one
        const plain = inputs(1, [1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1]);
        const expected = reader(m)(plain);
        assert.deepEqual(reader(await loadModel(join(folder, "model")))(plain), expected);
        // what any tfjs reads: model.json with a weights manifest, and the files that it names
        const json = JSON.parse(readFileSync(join(folder, "model", "model.json"), "utf8")) as tf.io.ModelJSON;
        const [group] = json.weightsManifest;
        const parts = group!.paths.map((path) => readFileSync(join(folder, "model", path)));
        const stock = await tf.loadLayersModel({
          load: () =>
            Promise.resolve({
              modelTopology: json.modelTopology,
              format: json.format!,
              weightSpecs: group!.weights,
              weightData: new Uint8Array(Buffer.concat(parts)).buffer,
            }),
        });
        assert.deepEqual(reader(stock)(plain), expected);
        assert.equal(json.format, "layers-model");
        await assert.rejects(
          loadModel(join(folder, "none")),
          /expected model.json in .*none, got none; save the model/,
        );
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    test(`${title}: no tensor stays behind`, () => {
      const m = model();
      const read = reader(m);
      const plain = inputs(1, new Array(12).fill(1));
      read(plain);
      const before = tf.memory().numTensors;
      read(plain);
      assert.equal(tf.memory().numTensors, before);
    });

    test(`${title}: a present modality does change them, and its being absent, too`, () => {
      const all = inputs(1, new Array(12).fill(1));
      modalities.forEach(({ name }, m) => {
        const [louder, silent] = [structuredClone(all), structuredClone(all)];
        louder[`${name}_values`]!.values.forEach((x, i, values) => (values[i] = 2 * x + 1));
        silent["presence"]!.values[m] = 0; // of the first window alone
        assert.notDeepEqual(read(louder), read(all), name);
        assert.notDeepEqual(read(silent).slice(0, classes), read(all).slice(0, classes), name);
        assert.deepEqual(read(silent).slice(classes), read(all).slice(classes), "other windows are others");
      });
    });

    test(`${title}: with everything absent the answer is finite, and the same for all`, () => {
      const [a, b] = [read(inputs(1, new Array(12).fill(0))), read(inputs(2, new Array(12).fill(0)))];
      assert.ok(a.every(Number.isFinite));
      assert.deepEqual(a, b);
      assert.deepEqual(a.slice(0, classes), a.slice(classes, 2 * classes));
    });

    test(`${title}: a window's answer does not depend on its company`, () => {
      const there = [1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 1];
      const together = inputs(1, there);
      const logits = read(together);
      for (let w = 0; w < batch; w++) {
        // the same graph: other windows replaced
        const others = structuredClone(inputs(50 + w, new Array(12).fill(1))) as Plain;
        const alone: Record<string, Plain[string]> = {};
        for (const [name, { shape, values }] of Object.entries(together)) {
          const size = values.length / batch;
          const row = values.subarray(w * size, (w + 1) * size);
          others[name]!.values.set(row, w * size);
          alone[name] = { shape: [1, ...shape.slice(1)], values: row.slice() };
        }
        const own = logits.slice(w * classes, (w + 1) * classes);
        assert.deepEqual(
          read(others).slice(w * classes, (w + 1) * classes),
          own,
          `window ${w} in other company`,
        );
        // a graph of its own may sum in another order: a few dozen terms of 2^-24
        read(alone).forEach((x, c) =>
          assert.ok(Math.abs(x - own[c]!) <= 1e-5 * (1 + Math.abs(own[c]!)), `window ${w}`),
        );
      }
    });

    test(`${title}: the order of the modalities is a name for the same thing`, () => {
      const order = [2, 0, 1];
      const permuted = model(
        1,
        order.map((m) => modalities[m]!),
      );
      const byName = new Map(trained.weights.map((w) => [w.originalName, w.read() as tf.Tensor]));
      permuted.setWeights(
        permuted.weights.map(({ originalName }) => {
          const weight = byName.get(originalName)!;
          const blocks = ordered[originalName];
          return blocks ? permuteBlocks(weight, blocks, order) : weight;
        }),
      );
      const there = [1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 1];
      const plain = inputs(4, there);
      const turned = there.map((_, i) => there[Math.floor(i / 3) * 3 + order[i % 3]!]!);
      const presence = { shape: [batch, 3], values: Float32Array.from(turned) };
      const [expected, got] = [read(plain), reader(permuted)({ ...plain, presence })];
      got.forEach((x, i) =>
        assert.ok(Math.abs(x - expected[i]!) <= 1e-5 * (1 + Math.abs(expected[i]!)), `${i}`),
      );
    });

    test(`${title}: the caller's presence is untouched`, () => {
      const presence = tf.tensor2d([[0, 1, 1]]);
      const plain = tensors(inputs(1, [0, 1, 1], 1));
      tf.dispose(trained.predict(inputsOf(trained, { ...plain, presence })));
      assert.deepEqual([...presence.dataSync()], [0, 1, 1]);
    });
  }

test("a model asked without one of its inputs names it", () => {
  const m = earlyFusion({ modalities, encoder: encoders.conv.build, seed: 1, ...sizes });
  assert.throws(
    () => inputsOf(m, {}),
    /expected an input "hand_values", got \[\]; cut windows with that modality/,
  );
});
