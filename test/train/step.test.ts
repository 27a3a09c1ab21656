/** The real training step of the real model: compiled as eager, and nothing in it that would be frozen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { checkStep, jit } from "fusion";
import { gatherBatch } from "fusion/dist/data/gather-batch";
import { fitScaler } from "fusion/dist/data/scaler";
import { KeyedDropout } from "fusion/dist/engine/keyed-dropout";
import { withStepSeed } from "fusion/dist/engine/step-seed";
import { adamW } from "fusion/dist/train/adamw";
import { inputTensors, oneHotTargets, weightsOf } from "fusion/dist/train/tensors";
import { trainStep } from "fusion/dist/train/train-step";
import { problemFold, problemModel, problemOptions, problemWindows } from "./problem";

const windows = problemWindows();
const scaler = fitScaler(windows, problemFold(windows));

function makeStep() {
  const model = problemModel();
  const { trained, all } = weightsOf(model);
  const optimiser = adamW(trained, { weightDecay: 0.01 });
  const step = trainStep(model, optimiser, problemOptions, tf.tensor1d([1, 2, 3]));
  return { step, variables: [...all, ...optimiser.slots] };
}

/** What changes from call to call: windows, rate, seed and step. */
function inputsOf(at: number, rate: number): tf.NamedTensorMap {
  const indices = Int32Array.from({ length: 24 }, (_, i) => (7 * i + 5 * at) % windows.count);
  const batch = gatherBatch(windows, indices, { scaler });
  const seed = tf.tensor1d([99 + at, at], "int32");
  return { ...inputTensors(batch), targets: oneHotTargets(batch, 3), rate: tf.scalar(rate), seed };
}

test("two recordings of the training step, with another rate, seed and epoch, hold the same constants", () => {
  const { step, variables } = makeStep();
  checkStep("fit", step, variables, inputsOf(0, 0.1), inputsOf(7, 0.01));
});

test("three compiled steps of training give what eager ones give, in every variable", () => {
  const run = (way: "eager" | "compiled") => {
    const { step, variables } = makeStep();
    const f =
      way === "eager" ? (x: tf.NamedTensorMap) => tf.tidy(() => step(x)) : jit("fit", step, variables);
    const outputs = [0, 1, 2].map((at) => {
      const { loss, correct, norm } = f(inputsOf(at, 1e-3));
      return [loss, correct, norm].map((x) => x!.dataSync()[0]!);
    });
    return {
      outputs,
      values: variables.map((v) => v.dataSync().slice()),
      names: variables.map((v) => v.name),
    };
  };
  const [eager, compiled] = [run("eager"), run("compiled")];
  // sums in another order differ by a few hundred 2^-24; AdamW divides by √v̂, so a weight moves by at most the rate
  // whatever its gradient, and its error is that of m̂ / √v̂ times 1e-3
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-5 * (1 + Math.abs(b));
  eager.outputs
    .flat()
    .forEach((x, i) => assert.ok(near(compiled.outputs.flat()[i]!, x), `output ${i}: ${x}`));
  eager.values.forEach((value, i) =>
    value.forEach((x, j) =>
      assert.ok(near(compiled.values[i]![j]!, x), `${eager.names[i]}[${j}]: ${x}, ${compiled.values[i]![j]}`),
    ),
  );
});

test("keyed dropout is the same eagerly and compiled; another step, key or name, another mask", () => {
  const x = tf.ones([40, 50]);
  const drop = (name: string, key: number, at: number, compiled: boolean): Float32Array => {
    const layer = new KeyedDropout({ name, rate: 0.3 });
    const step = ({ seed }: tf.NamedTensorMap) => ({
      y: withStepSeed(seed!, () => layer.apply(x, { training: true }) as tf.Tensor),
    });
    return (compiled ? jit("dropout", step, []) : step)({ seed: tf.tensor1d([key, at], "int32") })[
      "y"
    ]!.dataSync<"float32">();
  };
  const first = drop("a", 1, 1, false);
  assert.deepEqual(drop("a", 1, 1, true), first);
  for (const other of [drop("b", 1, 1, false), drop("a", 2, 1, false), drop("a", 1, 2, false)])
    assert.notDeepEqual(other, first);
  // kept with 0.7 and scaled by 1 / 0.7: a mean of 1, within five standard errors
  const kept = first.filter((y) => y !== 0);
  assert.ok(kept.every((y) => Math.abs(y - 1 / 0.7) < 1e-6));
  const error = Math.sqrt((0.7 * 0.3) / first.length);
  assert.ok(Math.abs(kept.length / first.length - 0.7) < 5 * error, `${kept.length} kept`);
});

test("keyed dropout is the identity outside of training, and refuses to guess a key", () => {
  const layer = new KeyedDropout({ name: "sober", rate: 0.5 });
  assert.deepEqual([...(layer.apply(tf.tensor2d([[1, 2]])) as tf.Tensor).dataSync()], [1, 2]);
  assert.throws(
    () => layer.apply(tf.ones([1, 2]), { training: true }),
    /sober: expected a step with a seed, got none; run the model inside withStepSeed/,
  );
  assert.throws(() => new KeyedDropout({ name: "x", rate: 1 }), /expected a rate in \[0, 1\), got 1/);
  const config = layer.getConfig();
  assert.equal(config["rate"], 0.5);
  assert.equal(config["name"], "sober");
});

test("a compiled step leaves its outputs in memory and nothing else", () => {
  const { step, variables } = makeStep();
  const run = jit("fit", step, variables);
  const inputs = inputsOf(0, 1e-3);
  tf.dispose(run(inputs));
  const before = tf.memory().numTensors;
  const outputs = run(inputs);
  assert.equal(tf.memory().numTensors - before, Object.keys(outputs).length);
  run.dispose();
});
