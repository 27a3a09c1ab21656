import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { jit, MultiHeadAttention } from "fusion";
import { assertClose } from "../close";
import fixture from "../fixtures/cross_attention.json";

type Parameters = (typeof fixture.cases)[number]["parameters"];

/** PyTorch's kernels are [out, in]; ours are [in, out]. */
const ours = (p: Parameters): Record<string, tf.Tensor> => ({
  query_kernel: tf.tensor2d(p.Wq).transpose(),
  query_bias: tf.tensor1d(p.bq),
  key_kernel: tf.tensor2d(p.Wk).transpose(),
  key_bias: tf.tensor1d(p.bk),
  value_kernel: tf.tensor2d(p.Wv).transpose(),
  value_bias: tf.tensor1d(p.bv),
  output_kernel: tf.tensor2d(p.Wo).transpose(),
  output_bias: tf.tensor1d(p.bo),
});

for (const { name, inputs, parameters, expected, gradients, float32_atol } of fixture.cases) {
  const data = { query: tf.tensor3d(inputs.query), context: tf.tensor3d(inputs.context) };
  const lossWeights = tf.tensor3d(inputs.loss_weights);
  const valid = inputs.key_valid && tf.tensor2d(inputs.key_valid);

  const layer = new MultiHeadAttention({ name: `fixture_${name}`, heads: 2, dim: 8, seed: 1 });
  layer.build([data.query.shape, data.context.shape]);
  const given = ours(parameters);
  const ends = layer.weights.map((w) => w.originalName.split("/").at(-1)!);
  layer.setWeights(ends.map((end) => given[end]!));
  const variables = layer.weights.map((w) => w.read() as tf.Variable);

  const apply = (query: tf.Tensor, context: tf.Tensor) =>
    layer.apply([query, context, ...(valid ? [valid] : [])]) as tf.Tensor[];
  const step = ({ query, context }: tf.NamedTensorMap): tf.NamedTensorMap => {
    const loss = (query?: tf.Tensor, context?: tf.Tensor) =>
      apply(query!, context!)[0]!.mul(lossWeights).sum() as tf.Scalar;
    const { value, grads } = tf.valueAndGrads(loss)([query!, context!, ...variables]);
    const [y, attention] = apply(query!, context!);
    const each = Object.fromEntries(ends.map((end, i) => [end, grads[i + 2]!]));
    return { y: y!, attention: attention!, loss: value, query: grads[0]!, context: grads[1]!, ...each };
  };

  for (const [way, run] of [
    ["eager", step],
    ["compiled", jit("attention", step, variables)],
  ] as const)
    test(`MultiHeadAttention, ${way}, agrees with PyTorch on "${name}", values and gradients`, () => {
      const { y, attention, loss, query, context, ...d } = run(data);
      const near = (got: tf.Tensor, wanted: Parameters["Wq"] | number[] | number, what: string) =>
        assertClose(got.dataSync(), wanted, float32_atol.expected, fixture.tolerance.rtol, what);
      near(y!, expected.y.flat(), "y");
      near(attention!, expected.attention.flat(2), "attention");
      near(loss!, expected.loss, "loss");
      const wanted = ours(gradients as unknown as Parameters);
      const nearGradient = (got: tf.Tensor, wanted: tf.Tensor | number[][], what: string) => {
        const numbers = Array.isArray(wanted) ? wanted : [...wanted.dataSync()];
        assertClose(got.dataSync(), numbers, float32_atol.gradients, fixture.tolerance.rtol, what);
      };
      nearGradient(query!, gradients.query.flat(), "query");
      nearGradient(context!, gradients.context.flat(), "context");
      for (const [what, gradient] of Object.entries(d)) nearGradient(gradient!, wanted[what]!, what);
      assert.equal(Object.keys(d).length, 8);
      const rows = valid ? (valid.arraySync() as number[][]) : [];
      for (const [b, keys] of rows.entries()) {
        const zero = (x: tf.Tensor, what: string) =>
          assert.ok(
            x.dataSync().every((v) => v === 0),
            `${what} of window ${b}`,
          );
        for (const [k, open] of keys.entries())
          if (!open) {
            zero(attention!.slice([b, 0, 0, k], [1, 2, 4, 1]), `weights of key ${k}`);
            zero(context!.slice([b, k, 0], [1, 1, 5]), `gradient of key ${k}`);
          }
        if (keys.every((open) => !open)) for (const x of [y!, query!]) zero(x.slice([b], [1]), "all");
      }
    });
}

type Mistake = "multiplied mask" | "inverted mask" | "wrong scale" | "no transposition" | "none";

/** The same attention with one usual mistake, to see that the fixture would notice. */
function mistaken({ inputs, parameters: p }: (typeof fixture.cases)[number], mistake: Mistake): tf.Tensor {
  const [batch, heads, dim] = [3, 2, 4];
  const flat = (x: number[][][]) => tf.tensor3d(x).reshape([-1, x[0]![0]!.length]) as tf.Tensor2D;
  const project = (x: number[][][], kernel: number[][], bias: number[]) => {
    const y = flat(x).matMul(tf.tensor2d(kernel), false, true).add(tf.tensor1d(bias));
    const shape = [batch, x[0]!.length, heads, dim];
    return mistake === "no transposition"
      ? y.reshape([batch, heads, x[0]!.length, dim])
      : y.reshape(shape).transpose([0, 2, 1, 3]);
  };
  const q = project(inputs.query, p.Wq, p.bq);
  const [k, v] = [project(inputs.context, p.Wk, p.bk), project(inputs.context, p.Wv, p.bv)];
  const open = tf.tensor2d(inputs.key_valid!).reshape([batch, 1, 1, -1]);
  let scores = q.matMul(k, false, true).div(Math.sqrt(mistake === "wrong scale" ? heads * dim : dim));
  if (mistake === "multiplied mask") scores = scores.mul(open);
  else scores = scores.add((mistake === "inverted mask" ? open.neg() : open.sub(1)).mul(1e9));
  const y = tf
    .softmax(scores)
    .matMul(v)
    .transpose([0, 2, 1, 3])
    .reshape([-1, heads * dim]) as tf.Tensor2D;
  return y.matMul(tf.tensor2d(p.Wo), false, true).add(tf.tensor1d(p.bo));
}

const masked = fixture.cases.find(({ name }) => name === "partly_masked_batch")!;
const worst = (mistake: Mistake): number =>
  Math.max(...mistaken(masked, mistake).sub(tf.tensor(masked.expected.y.flat())).abs().dataSync());

/** The error that the fixture's file states for each mistake, to two digits. */
const mistakes = {
  "multiplied mask": fixture.traps[0]!.max_abs_error_in_y!,
  "inverted mask": fixture.traps[1]!.max_abs_error_in_y!,
  "wrong scale": fixture.traps[2]!.max_abs_error_in_y!,
  "no transposition": fixture.traps[3]!.max_abs_error_in_y!,
  none: 0,
};
for (const [mistake, error] of Object.entries(mistakes))
  test(`the fixture would notice: ${mistake} is off by ${error}`, () => {
    const got = worst(mistake as Mistake);
    assert.ok(Math.abs(got - error) <= masked.float32_atol.expected + 0.02 * error, `${got}`);
  });
