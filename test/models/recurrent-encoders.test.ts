/** LSTM and GRU encoders: what they skip, what the directions read, and what training does with them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { checkStep, jit, type Step } from "fusion";
import type { EncoderFactory } from "fusion/dist/encoders/encoder";
import { gruEncoder, lstmEncoder, type RecurrentOptions } from "fusion/dist/encoders/recurrent";
import { gruPublished, lstmPublished } from "fusion/dist/encoders/recurrent-published";
import { withStepSeed } from "fusion/dist/engine/step-seed";
import { adamW } from "fusion/dist/train/adamw";

const [time, channels, dim] = [6, 3, 4];

function modelOf(build: EncoderFactory, steps = time): tf.LayersModel {
  const [values, validity] = [tf.input({ shape: [steps, channels] }), tf.input({ shape: [steps] })];
  const { pooled, tokens } = build({ modality: "m", time: steps, channels, dim, seed: 1 })(values, validity);
  return tf.model({ inputs: [values, validity], outputs: [pooled, tokens] });
}

const run = (model: tf.LayersModel, values: number[][], valid: number[]) => {
  const [pooled, tokens] = model.predict([tf.tensor3d([values]), tf.tensor2d([valid])]) as tf.Tensor[];
  return { pooled: [...pooled!.dataSync()], tokens: (tokens as tf.Tensor3D).arraySync()[0]! };
};

/** The model for another number of steps, with the same weights. */
function resized(model: tf.LayersModel, build: EncoderFactory, steps: number): tf.LayersModel {
  const other = modelOf(build, steps);
  other.setWeights(model.getWeights());
  return other;
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6; // sums of a dozen terms below 1

const kinds = { lstm: lstmEncoder, gru: gruEncoder } as const;
const shapes: readonly RecurrentOptions[] = [
  { layers: 1 },
  { layers: 2 },
  { layers: 1, bidirectional: true },
  { layers: 2, bidirectional: true },
];

for (const [kind, encoder] of Object.entries(kinds))
  for (const options of shapes)
    test(`${kind} ${JSON.stringify(options)} gives what the valid steps alone give, NaN or not in between`, () => {
      const build = encoder(options);
      const model = modelOf(build);
      const values = tf.randomNormal<tf.Rank.R2>([time, channels], 0, 1, "float32", 2).arraySync();
      const whole = new Map<number, tf.LayersModel>();
      fc.assert(
        fc.property(
          fc.array(fc.constantFrom("valid", "invalid", "NaN"), { minLength: time, maxLength: time }),
          (kinds) => {
            const seen = values.map((row, t) => (kinds[t] === "NaN" ? [NaN, ...row.slice(1)] : row));
            const { pooled, tokens } = run(
              model,
              seen,
              kinds.map((k) => (k === "invalid" ? 0 : 1)),
            );
            const kept = values.filter((_, t) => kinds[t] === "valid");
            if (kept.length === 0) {
              assert.deepEqual(pooled, new Array(dim).fill(0));
              return;
            }
            if (!whole.has(kept.length)) whole.set(kept.length, resized(model, build, kept.length));
            const alone = run(
              whole.get(kept.length)!,
              kept,
              kept.map(() => 1),
            );
            assert.ok(
              pooled.every((v, i) => near(v, alone.pooled[i]!)),
              `${pooled} ${alone.pooled}`,
            );
            const valid = tokens.filter((_, t) => kinds[t] === "valid").flat();
            assert.ok(valid.every((v, i) => near(v, alone.tokens.flat()[i]!)));
            const invalid = tokens.filter((_, t) => kinds[t] !== "valid").flat();
            assert.ok(invalid.every((v) => v === 0));
          },
        ),
        { seed: 1, numRuns: 8 },
      );
    });

test("both directions end where they have read everything: forwards at the last step, backwards at the first", () => {
  const model = modelOf(lstmEncoder({ layers: 1, bidirectional: true }));
  const values = tf.randomNormal<tf.Rank.R2>([time, channels], 0, 1, "float32", 3).arraySync();
  const { pooled, tokens } = run(
    model,
    values,
    values.map(() => 1),
  );
  assert.deepEqual(pooled, [...tokens.at(-1)!.slice(0, dim / 2), ...tokens[0]!.slice(dim / 2)]);
});

test("a later step changes a bidirectional token, and no token of a forward one", () => {
  const values = tf.randomNormal<tf.Rank.R2>([time, channels], 0, 1, "float32", 3).arraySync();
  const changed = [...values.slice(0, -1), [9, 9, 9]];
  const ones = values.map(() => 1);
  for (const bidirectional of [false, true]) {
    const model = modelOf(lstmEncoder({ layers: 1, bidirectional }));
    const [before, after] = [values, changed].map((x) => run(model, x, ones).tokens[0]);
    if (bidirectional) assert.notDeepEqual(before, after);
    else assert.deepEqual(before, after);
  }
});

const trained: Readonly<Record<string, EncoderFactory>> = {
  lstm: lstmEncoder({ layers: 2, dropout: 0.2 }),
  "bi-gru": gruEncoder({ layers: 2, dropout: 0.2, bidirectional: true }),
  "lstm-published": lstmPublished({ hidden: 8, layers: 2, dropout: 0.1 }),
  "gru-published": gruPublished({ hidden: 8, layers: 2, dropout: 0.1 }),
};

for (const [name, build] of Object.entries(trained))
  test(`${name} learns in a compiled step with dropout, the eager step agrees, and no tensor is left`, () => {
    const model = modelOf(build);
    const weights = model.trainableWeights.map((w) => w.read() as tf.Variable);
    const optimiser = adamW(weights, { weightDecay: 0 });
    const variables = [...weights, ...optimiser.slots];
    const step: Step = ({ x, valid, y, seed, rate }) =>
      withStepSeed(seed!, () => {
        const loss = (): tf.Scalar => {
          const [pooled] = model.apply([x!, valid!], { training: true }) as tf.Tensor[];
          return tf.losses.meanSquaredError(y!, pooled!).asScalar();
        };
        const { value, grads } = tf.variableGrads(loss, weights);
        optimiser.update(grads, rate as tf.Scalar);
        return { loss: value };
      });
    const valid = tf.tensor2d(
      [0, 1, 2, 3].map((w) => Array.from({ length: time }, (_, t) => (t % 5 >= w ? 1 : 0))),
    );
    const inputs = (n: number): tf.NamedTensorMap => ({
      x: tf.randomNormal([4, time, channels], 0, 1, "float32", 5),
      valid: name.includes("published") ? tf.onesLike(valid) : valid,
      y: tf.randomUniform([4, dim], -0.5, 0.5, "float32", 6),
      seed: tf.tensor1d([7, n], "int32"),
      rate: tf.scalar(0.02),
    });
    checkStep(name, step, variables, inputs(1), inputs(2));
    const start = variables.map((v) => v.clone());
    const eager = tf.tidy(() => step(inputs(1))["loss"]!.dataSync()[0]!);
    const after = variables.map((v) => [...v.dataSync()]);
    variables.forEach((v, i) => v.assign(start[i]!));
    const compiled = jit(name, step, variables);
    const losses = Array.from({ length: 40 }, (_, n) => {
      const loss = compiled(inputs(n + 1))["loss"]!.dataSync()[0]!;
      // Adam's first step is the rate times the gradient's sign: a gradient near 0 may differ, so compare the loss of
      // step 1 to rounding, and the weights to a hundredth of the rate
      if (n === 0) {
        assert.ok(Math.abs(loss - eager) < 1e-6);
        weights.forEach((v, i) =>
          v.dataSync().forEach((w, j) => assert.ok(Math.abs(w - after[i]![j]!) < 2e-4, `${v.name}[${j}]`)),
        );
      }
      return loss;
    });
    assert.ok(losses.at(-1)! < losses[0]! / 2, `${losses[0]} → ${losses.at(-1)}`);
    const fixed = inputs(1);
    const before = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) tf.dispose(compiled(fixed));
    assert.equal(tf.memory().numTensors, before);
    model.dispose();
  });

test("the published sizes with one channel are the assignment's", () => {
  const options = { hidden: 256, layers: 2, dropout: 0.1 };
  const count = (build: EncoderFactory): number => {
    const [values, validity] = [tf.input({ shape: [100, 1] }), tf.input({ shape: [100] })];
    const encode = build({ modality: "heart", time: 100, channels: 1, dim: 128, seed: 1 });
    return tf.model({ inputs: [values, validity], outputs: encode(values, validity).pooled }).countParams();
  };
  // 824,448 less PyTorch's second biases, 2 · 4 · 256
  assert.deepEqual([count(lstmPublished(options)), count(gruPublished(options))], [822_400, 626_560]);
});

test("a recurrent encoder names what it cannot do", () => {
  assert.throws(() => lstmEncoder({ layers: 4 }), /lstmEncoder: expected 1 to 3 layers, got 4/);
  const shape = { modality: "m", time, channels, dim: 5, seed: 1 };
  const [values, validity] = [tf.input({ shape: [time, channels] }), tf.input({ shape: [time] })];
  assert.throws(
    () => gruEncoder({ layers: 1, bidirectional: true })(shape)(values, validity),
    /gruEncoder: m: expected an even dim for two directions, got 5/,
  );
});
