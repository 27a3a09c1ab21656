import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { checkStep, jit, type Step } from "fusion";
import { adamW } from "fusion/dist/train/adamw";
import { unflatten } from "fusion/dist/train/flat";
import { learningRateAt } from "fusion/dist/train/schedule";
import { assertClose } from "../close";
import fixture from "../fixtures/adamw.json";

const cases = fixture.cases.map((c) => ({ lr: undefined, max_norm: undefined, ...c }));
type Case = (typeof cases)[number];

/** The fixture's linear model y = x W + b under our AdamW, eagerly or compiled. */
function train(c: Case, way: "eager" | "compiled") {
  const W = tf.variable(tf.tensor2d(c.parameters.W), true, `W${way}${c.name}${Math.random()}`);
  const b = tf.variable(tf.tensor1d(c.parameters.b), true, `b${way}${c.name}${Math.random()}`);
  const [x, target] = [tf.tensor2d(c.inputs.x), tf.tensor2d(c.inputs.target)];
  const optimiser = adamW([W, b], {
    ...{ weightDecay: c.weight_decay, beta1: c.beta1, beta2: c.beta2, epsilon: c.eps },
  });
  const variables = [W, b, ...optimiser.slots];
  const step: Step = ({ rate }) => {
    const loss = () => tf.squaredDifference(x.matMul(W).add(b), target).mean<tf.Scalar>();
    const { value, grads } = tf.variableGrads(loss, [W, b]);
    optimiser.update(grads, rate as tf.Scalar, c.max_norm);
    return { loss: value };
  };
  const rates = c.expected.steps.map((_, i) =>
    c.lr === undefined
      ? learningRateAt(i, { base: 0.1, minimum: 0.001, warmupSteps: 2, totalSteps: 5 })
      : c.lr,
  );
  checkStep("adamw", step, variables, { rate: tf.scalar(0.1) }, { rate: tf.scalar(0.2) });
  const run =
    way === "eager"
      ? (inputs: tf.NamedTensorMap) => tf.tidy(() => step(inputs))
      : jit("adamw", step, variables);
  const [m, v] = optimiser.slots;
  const moments = (slot: tf.Variable) => unflatten(slot.as1D(), [W, b]);
  return rates.map((rate) => {
    const loss = run({ rate: tf.scalar(rate) })["loss"]!.dataSync()[0]!;
    const [[m_W, m_b], [v_W, v_b]] = [moments(m), moments(v)];
    const values = { W, b, m_W: m_W!, m_b: m_b!, v_W: v_W!, v_b: v_b! };
    const read = Object.entries(values).map(([name, v]) => [name, v.dataSync<"float32">().slice()] as const);
    return { loss, ...(Object.fromEntries(read) as Record<keyof typeof values, Float32Array>) };
  });
}

const names = ["W", "b", "m_W", "m_b", "v_W", "v_b"] as const;
const agrees = (steps: ReturnType<typeof train>, c: Case) =>
  steps.forEach((got, i) => {
    const expected = c.expected.steps[i]!;
    assertClose([got.loss], expected.loss, c.float32_atol.expected, 1e-5, `step ${i + 1} loss`);
    for (const name of names)
      assertClose(got[name], expected[name], c.float32_atol.expected, 1e-5, `step ${i + 1} ${name}`);
  });

for (const c of cases.filter(({ name }) => name !== "adam_l2"))
  for (const way of ["eager", "compiled"] as const)
    test(`adamW, ${way}, takes PyTorch's five steps on "${c.name}"`, () => agrees(train(c, way), c));

test("decay inside the gradient (Adam with L2) is another thing, and the fixture tells them apart", () => {
  const contrast = cases.find(({ name }) => name === "adam_l2")!;
  assert.throws(() => agrees(train(contrast, "eager"), contrast), /they differ by/);
});

test("the bias correction of the first step keeps float32's precision", () => {
  // m̂ = g and v̂ = g², so that the first step moves by η · |g| / (|g| + ε) = η but for rounding: a few of 2^-24.
  // 1 - 0.999¹ in float32 would be wrong by 1.6e-5
  const w = tf.variable(tf.scalar(0), true, "first step");
  const optimiser = adamW([w], { weightDecay: 0 });
  optimiser.update({ [w.name]: tf.scalar(3) }, tf.scalar(1));
  assert.ok(Math.abs(w.dataSync()[0]! + 1) < 8 * 2 ** -24, `${w.dataSync()[0]}`);
});

test("adamW names a weight without a gradient, and frees what it made", () => {
  const w = tf.variable(tf.scalar(1), true, "lonely");
  const before = tf.memory().numTensors;
  const optimiser = adamW([w], { weightDecay: 0 });
  assert.throws(
    () => optimiser.update({}, tf.scalar(1)),
    /expected a gradient for each weight, got none for lonely/,
  );
  optimiser.dispose();
  assert.equal(tf.memory().numTensors - before, 1, "the rate alone");
});
