import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { checkStep, engineIdentity, jit, keyedNormal, keyedUniform, type Step } from "fusion";

const native = engineIdentity().name !== "wasm";
const nativeOnly = { skip: native ? false : "WASM does not compile" };

/** Gradient descent on a small network of stock layers, with everything that changes as an input. */
function makeNetwork() {
  const seed = (n: number) => tf.initializers.glorotUniform({ seed: n });
  const model = tf.sequential({
    layers: [
      tf.layers.conv1d({
        filters: 4,
        kernelSize: 3,
        inputShape: [16, 3],
        kernelInitializer: seed(1),
        name: `conv${tf.util.now()}`,
      }),
      tf.layers.batchNormalization({}),
      tf.layers.reLU(),
      tf.layers.maxPooling1d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 3, kernelInitializer: seed(2) }),
    ],
  });
  const trainable = model.trainableWeights.map((w) => w.read() as tf.Variable);
  const variables = model.weights.map((w) => w.read() as tf.Variable);
  const step: Step = ({ x, y, rate, seed }) => {
    const { value, grads } = tf.variableGrads(() => {
      const kept = keyedUniform(x!.shape, seed!, "dropout").greater(0.3).cast("float32");
      const logits = model.apply(x!.mul(kept), { training: true }) as tf.Tensor2D;
      return tf.losses.softmaxCrossEntropy(y!, logits).asScalar();
    }, trainable);
    for (const w of trainable) w.assign(w.sub(grads[w.name]!.mul(rate!)));
    return { loss: value };
  };
  return { model, variables, step };
}

const batch = (n: number, rate = 0.1): tf.NamedTensorMap => ({
  x: tf.randomNormal([8, 16, 3], 0, 1, "float32", n),
  y: tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1], "int32"), 3).cast("float32"),
  rate: tf.scalar(rate),
  seed: tf.tensor1d([7, n], "int32"),
});

test("a compiled step gives what the eager one gives, for every variable, also with another rate and seed", () => {
  const { variables, step } = makeNetwork();
  const start = variables.map((v) => v.clone());
  const run = (f: (inputs: tf.NamedTensorMap) => tf.NamedTensorMap) => {
    variables.forEach((v, i) => v.assign(start[i]!));
    const losses = [1, 2, 3].map((n) => f(batch(n, 0.1 * n))["loss"]!.dataSync()[0]!);
    return { losses, values: variables.map((v) => v.dataSync().slice()) };
  };
  const eager = run((inputs) => tf.tidy(() => step(inputs)));
  const compiled = run(jit("test", step, variables));
  // float32 sums in another order: 2^-23 relative, a few hundred terms
  const near = (a: number, b: number) => Math.abs(a - b) <= 2e-6 * (1 + Math.abs(b));
  eager.losses.forEach((loss, i) => assert.ok(near(compiled.losses[i]!, loss), `loss ${i}`));
  eager.values.forEach((value, i) =>
    value.forEach((v, j) => assert.ok(near(compiled.values[i]![j]!, v), `${variables[i]!.name}[${j}]`)),
  );
});

test("memory stays flat over 3,000 compiled steps", () => {
  const { variables, step } = makeNetwork();
  const run = jit("test", step, variables);
  const inputs = batch(1);
  tf.dispose(run(inputs));
  tf.dispose(run(inputs));
  const tensors = tf.memory().numTensors;
  const steps = native ? 3000 : 100;
  const resident = process.memoryUsage.rss();
  for (let i = 0; i < steps; i++) tf.dispose(run(inputs));
  assert.equal(tf.memory().numTensors, tensors);
  const grown = (process.memoryUsage.rss() - resident) / 2 ** 20;
  // one leaked activation [8, 14, 4] a step would be 5 MiB, one leaked batch 5 MiB; V8's own heap moves by less than 60
  assert.ok(grown < 60, `resident memory grew by ${grown.toFixed(0)} MiB`);
});

const state = () => tf.variable(tf.tensor1d([1, 2, 3]));
const refuses = (title: string, step: (v: tf.Variable, x: tf.Tensor) => tf.Tensor, message: RegExp) =>
  void test(`recording refuses ${title}`, nativeOnly, () => {
    const v = state();
    const run = jit("step", ({ x }) => ({ y: step(v, x!) }), [v]);
    assert.throws(() => run({ x: tf.tensor1d([1, 2, 3]) }), message);
    v.dispose();
  });

refuses(
  "a value read on the host",
  (v, x) => (x.sum().dataSync()[0]! > 0 ? x.add(v) : x),
  /step: expected no value to be read on the host/,
);
refuses(
  "random numbers of the host",
  (v, x) => x.add(v).mul(tf.tensor1d([0.3, 0.1, 0.7])),
  /step: expected no new numbers inside/,
);
refuses("stock dropout", (v, x) => tf.dropout(x.add(v), 0.5), /step: expected no new numbers inside/);
test("recording refuses a variable that is not in its list", nativeOnly, () => {
  const [v, forgotten] = [state(), tf.variable(tf.scalar(2), true, "forgotten")];
  const run = jit("step", ({ x }) => ({ y: x!.mul(v).mul(forgotten) }), [v]);
  assert.throws(
    () => run({ x: tf.tensor1d([1, 2, 3]) }),
    /step: .* got "forgotten" besides.*add it to the list/,
  );
  tf.dispose([v, forgotten]);
});
test("after a refusal the backend works as before", nativeOnly, () => {
  const v = state();
  assert.throws(() =>
    jit("step", ({ x }) => ({ y: x!.mul(x!.dataSync()[0]!).add(v) }), [v])({ x: tf.scalar(2).add(1) }),
  );
  assert.deepEqual(
    [
      ...tf
        .tensor1d([1, 2])
        .add(tf.tensor1d([0.5, 0.25]))
        .dataSync(),
    ],
    [1.5, 2.25],
  );
  v.dispose();
});

test("two recordings find a learning rate that is a JavaScript number", nativeOnly, () => {
  const v = state();
  let rate = 0.1;
  const frozen: Step = ({ x }) => {
    v.assign(v.sub(x!.mul(rate)));
    return {};
  };
  const inputs = { x: tf.tensor1d([1, 2, 3]) };
  const moveOn = () => void (rate /= 2);
  assert.throws(
    () => checkStep("step", frozen, [v], inputs, inputs, moveOn),
    /step: .*a constant read by Mul.*make the number an input/,
  );
  assert.deepEqual([...v.dataSync()], [1, 2, 3], "variables are as before");
  const { variables, step } = makeNetwork();
  checkStep("step", step, variables, batch(1, 0.1), batch(2, 0.05)); // the right way passes
  v.dispose();
});

test("keyed random numbers are the same eagerly and compiled, and others for another step or name", () => {
  const draw = (step: number, name: string) =>
    keyedUniform([64], tf.tensor1d([5, step], "int32"), name).dataSync();
  const run = jit("draw", ({ seed }) => ({ u: keyedUniform([64], seed!, "a") }), []);
  const compiled = [1, 2].map((step) => run({ seed: tf.tensor1d([5, step], "int32") })["u"]!.dataSync());
  assert.deepEqual(compiled, [draw(1, "a"), draw(2, "a")]);
  assert.notDeepEqual(draw(1, "a"), draw(2, "a"));
  assert.notDeepEqual(draw(1, "a"), draw(1, "b"));
  const many = keyedUniform([100_000], tf.tensor1d([1, 1], "int32"), "mean").dataSync<"float32">();
  const mean = many.reduce((sum, u) => sum + u, 0) / many.length;
  assert.ok(Math.abs(mean - 0.5) < 5 * Math.sqrt(1 / 12 / many.length), `mean ${mean}`); // five standard errors
  assert.ok(many.every((u) => u >= 0 && u < 1));
});

test("keyed normal numbers have mean 0 and deviation 1", () => {
  const n = 100_000;
  const many = keyedNormal([n], tf.tensor1d([1, 1], "int32"), "normal").dataSync<"float32">();
  const mean = many.reduce((sum, z) => sum + z, 0) / n;
  const variance = many.reduce((sum, z) => sum + (z - mean) ** 2, 0) / n;
  assert.ok(Math.abs(mean) < 5 / Math.sqrt(n), `mean ${mean}`); // five standard errors
  assert.ok(Math.abs(variance - 1) < 5 * Math.sqrt(2 / n), `variance ${variance}`);
});
