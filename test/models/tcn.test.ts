import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { jit } from "fusion";
import { tcnEncoder, type TcnOptions } from "fusion/dist/encoders/tcn";

const [time, channels, dim] = [24, 3, 6];

function build(options: TcnOptions) {
  const [values, validity] = [
    tf.input({ name: "values", shape: [time, channels] }),
    tf.input({ name: "validity", shape: [time] }),
  ];
  const encoded = tcnEncoder(options)({ modality: "m", time, channels, dim, seed: 1 })(values, validity);
  return tf.model({ inputs: [values, validity], outputs: [encoded.tokens, encoded.pooled] });
}
const window = (seed: number): tf.Tensor3D => tf.randomNormal([2, time, channels], 0, 1, "float32", seed);

const causal = build({ causal: true, blocks: 3, stepsPerToken: 2 });
const tokensOf = (model: tf.LayersModel, values: tf.Tensor, validity: tf.Tensor): number[][][] =>
  tf.tidy(() => (model.predict([values, validity]) as tf.Tensor3D[])[0]!.arraySync());

test("no token of the causal network sees the future, whatever comes and whether it is valid", () => {
  const rubbish = fc.constantFrom(NaN, Infinity, 1e30, -7, 0);
  const property = fc.property(
    fc.nat(99),
    fc.nat(time - 1),
    rubbish,
    fc.boolean(),
    (seed, now, value, open) => {
      const values = window(seed).arraySync();
      const validity = [0, 1].map(() => new Array<number>(time).fill(1));
      const plain = tokensOf(causal, tf.tensor3d(values), tf.tensor2d(validity));
      for (const rows of values) for (let t = now + 1; t < time; t++) rows[t]!.fill(value);
      for (const row of validity) row.fill(open ? 1 : 0, now + 1);
      const later = tokensOf(causal, tf.tensor3d(values), tf.tensor2d(validity));
      const past = Math.floor((now + 1) / 2); // tokens of two steps, all of them by now
      assert.deepEqual(
        later.map((tokens) => tokens.slice(0, past)),
        plain.map((tokens) => tokens.slice(0, past)),
      );
    },
  );
  fc.assert(property, { seed: 1, numRuns: 40 });
});

test("the other sees both ways: a change of the last step moves the first token, and here alone", () => {
  const both = build({ blocks: 3, stepsPerToken: 2 });
  const [values, open] = [window(1), tf.ones([2, time])];
  const late = tf.tensor3d(
    values.arraySync().map((rows) => rows.map((row, t) => row.map((x) => x + (t === time - 1 ? 3 : 0)))),
  );
  assert.notDeepEqual(tokensOf(both, late, open)[0]![0], tokensOf(both, values, open)[0]![0]);
  assert.deepEqual(tokensOf(causal, late, open)[0]![0], tokensOf(causal, values, open)[0]![0]);
});

test("a token of closed steps is 0, and the steps beside it are seen as if it were not there", () => {
  const values = window(2).arraySync();
  const validity = [0, 1].map(() => Array.from({ length: time }, (_, t) => (t === 8 || t === 9 ? 0 : 1)));
  const plain = tokensOf(causal, tf.tensor3d(values), tf.tensor2d(validity));
  for (const rows of values) for (const t of [8, 9]) rows[t]!.fill(NaN);
  assert.deepEqual(tokensOf(causal, tf.tensor3d(values), tf.tensor2d(validity)), plain);
  assert.deepEqual(plain[0]![4], new Array(dim).fill(0));
  assert.ok(plain[0]![5]!.some((x) => x !== 0));
});

/** Σ (pooled - target)², and its gradients. */
function learning(model: tf.LayersModel) {
  const trained = model.trainableWeights.map((w) => w.read() as tf.Variable);
  const target = tf.randomUniform([2, dim], 0, 1, "float32", 3);
  const inputs = { values: window(4), validity: tf.ones([2, time]) };
  const loss = (values: tf.Tensor, validity: tf.Tensor): tf.Scalar =>
    (model.apply([values, validity]) as tf.Tensor[])[1]!.squaredDifference(target).sum();
  const step = ({ values, validity }: tf.NamedTensorMap): tf.NamedTensorMap => {
    const { value, grads } = tf.variableGrads(() => loss(values!, validity!), trained);
    for (const w of trained) w.assign(w.sub(grads[w.name]!.mul(0.02)));
    return { loss: value };
  };
  return { inputs, loss, run: jit("tcn", step, trained), trained };
}

test("the loss falls, compiled, dilation and all", () => {
  const { inputs, run } = learning(build({ causal: true, dropout: 0 }));
  const losses = Array.from({ length: 30 }, () => run(inputs)["loss"]!.dataSync()[0]!);
  assert.ok(losses.at(-1)! < 0.2 * losses[0]!, `${losses[0]} to ${losses.at(-1)}`);
});

for (const isCausal of [true, false])
  test(`the gradient of the input is the slope of the loss, ${isCausal ? "causal" : "both ways"}`, () => {
    const { inputs, loss } = learning(build({ causal: isCausal }));
    const { values, validity } = inputs;
    const gradient = tf.grad((x) => loss(x, validity))(values);
    const length = 5e-3;
    const way = gradient.div(gradient.norm()).mul(length); // uphill
    const slope = tf.sub(loss(values.add(way), validity), loss(values.sub(way), validity)).div(2 * length);
    const [expected, got] = [gradient.norm().dataSync()[0]!, slope.dataSync()[0]!];
    // uphill, the slope is the gradient's length; central differences miss length² of the curvature's change, and
    // corners of ReLU that lie between the two points by their share of the steps
    assert.ok(Math.abs(got - expected) < 0.03 * expected, `${got}, gradient ${expected}`);
  });

test("saved and loaded it answers the same, and nothing stays in memory", async () => {
  const loaded = await tf.models.modelFromJSON({
    modelTopology: JSON.parse(causal.toJSON() as string),
  } as never);
  loaded.setWeights(causal.getWeights());
  const [values, open] = [window(5), tf.ones([2, time])];
  assert.deepEqual(tokensOf(loaded, values, open), tokensOf(causal, values, open));
  const before = tf.memory().numTensors;
  tokensOf(causal, values, open);
  assert.equal(tf.memory().numTensors, before);
});
