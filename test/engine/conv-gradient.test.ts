import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { jit } from "fusion";
import { assertClose } from "../close";
import fixture from "../fixtures/conv1d.json";

type Padding = Parameters<typeof tf.conv1d>[3];
const around = (left: number, right: number): Padding => [
  [0, 0],
  [0, 0],
  [left, right],
  [0, 0],
];

/** y, and the gradients of Σ weights · y, in tfjs's layout. */
const convolve =
  (stride: number, padding: Padding, dilation = 1) =>
  ({ x, filter, bias, weights }: tf.NamedTensorMap): tf.NamedTensorMap => {
    const f = (x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
      tf.conv1d(x as tf.Tensor3D, filter as tf.Tensor3D, stride, padding, "NWC", dilation).add(bias);
    const loss = (...of: tf.Tensor[]): tf.Scalar => f(of[0]!, of[1]!, of[2]!).mul(weights!).sum();
    const [dx, dFilter, dBias] = tf.grads(loss)([x!, filter!, bias!]);
    return { y: f(x!, filter!, bias!), dx: dx!, dFilter: dFilter!, dBias: dBias! };
  };

type Case = (typeof fixture.cases)[number];
const inputsOf = ({ inputs, parameters }: Case): tf.NamedTensorMap => ({
  x: tf.tensor3d(inputs.x),
  weights: tf.tensor3d(inputs.loss_weights),
  filter: tf.tensor3d(parameters.weight).transpose([2, 1, 0]), // PyTorch's [out, in, kernel]
  bias: tf.tensor1d(parameters.bias),
});

/** The fixture's answers, with the filter's gradient turned to PyTorch's layout. */
function assertPyTorch(c: Case, { y, dx, dFilter, dBias }: tf.NamedTensorMap): void {
  const { expected, gradients, float32_atol } = c;
  const rtol = fixture.tolerance.rtol;
  assertClose(y!.dataSync(), expected.y, float32_atol.expected, rtol, "y");
  assertClose(dx!.dataSync(), gradients.x, float32_atol.gradients, rtol, "dx");
  const turned = dFilter!.transpose([2, 1, 0]).dataSync();
  assertClose(turned, gradients.weight, float32_atol.gradients, rtol, "dW");
  assertClose(dBias!.dataSync(), gradients.bias, float32_atol.gradients, rtol, "db");
}

const paddingOf = ({ name, padding }: Case): Padding =>
  name.endsWith("tensorflow_same") ? "same" : around(padding[0]!, padding[1]!);

for (const c of fixture.cases)
  for (const way of ["eager", "compiled"] as const)
    test(`convolution and its gradients are PyTorch's on "${c.name}", ${way}`, () => {
      const step = convolve(c.stride, paddingOf(c));
      assertPyTorch(c, (way === "eager" ? step : jit("conv", step, []))(inputsOf(c)));
    });

test('"same" with stride 2 at an even length is not PyTorch\'s padding 2, and the fixture tells them apart', () => {
  const c = fixture.cases.find(({ name }) => name === "time8_stride2_torch_padding_2")!;
  assert.throws(() => assertPyTorch(c, convolve(2, "same")(inputsOf(c))), /y\[0\]: .* differ by/);
});

interface Shape {
  readonly batch: number;
  readonly time: number;
  readonly channels: number;
  readonly filters: number;
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  readonly left: number;
  readonly right: number;
}

/** The gradients as sums in float64, and as sums of absolute terms, which bound what rounding may do. */
function bySums(s: Shape, out: number, x: Float32Array, filter: Float32Array, slope: Float32Array) {
  const [dx, dFilter] = [new Float64Array(x.length), new Float64Array(filter.length)];
  const [sizeX, sizeFilter] = [new Float64Array(x.length), new Float64Array(filter.length)];
  for (let b = 0; b < s.batch; b++)
    for (let t = 0; t < out; t++)
      for (let k = 0; k < s.taps; k++) {
        const u = s.stride * t + s.dilation * k - s.left;
        if (u < 0 || u >= s.time) continue;
        for (let i = 0; i < s.channels; i++)
          for (let o = 0; o < s.filters; o++) {
            const [atX, atFilter] = [(b * s.time + u) * s.channels + i, (k * s.channels + i) * s.filters + o];
            const dy = slope[(b * out + t) * s.filters + o]!;
            dx[atX]! += dy * filter[atFilter]!;
            sizeX[atX]! += Math.abs(dy * filter[atFilter]!);
            dFilter[atFilter]! += dy * x[atX]!;
            sizeFilter[atFilter]! += Math.abs(dy * x[atX]!);
          }
      }
  return { dx, dFilter, sizeX, sizeFilter };
}

const shapes = fc
  .record({
    ...{ batch: fc.integer({ min: 1, max: 3 }), time: fc.integer({ min: 1, max: 20 }) },
    ...{ channels: fc.integer({ min: 1, max: 3 }), filters: fc.integer({ min: 1, max: 3 }) },
    ...{ taps: fc.integer({ min: 1, max: 6 }), rate: fc.integer({ min: 1, max: 5 }), strided: fc.boolean() },
    ...{ left: fc.nat(7), right: fc.nat(7), seed: fc.nat(1000) },
  })
  .map(({ rate, strided, ...s }) => ({ ...s, stride: strided ? rate : 1, dilation: strided ? 1 : rate }))
  .map((s) => ({ ...s, reach: (s.taps - 1) * s.dilation }))
  .filter((s) => Math.max(s.left, s.right) <= s.reach && s.left + s.time + s.right > s.reach);

test("the gradients are the sums that the formula says, for any stride, dilation and padding", () => {
  const property = fc.property(shapes, (s) => {
    const x = tf.randomNormal([s.batch, s.time, s.channels], 0, 1, "float32", s.seed);
    const filter = tf.randomNormal([s.taps, s.channels, s.filters], 0, 1, "float32", s.seed + 1);
    const out = Math.floor((s.left + s.time + s.right - (s.taps - 1) * s.dilation - 1) / s.stride) + 1;
    const weights = tf.randomNormal([s.batch, out, s.filters], 0, 1, "float32", s.seed + 2);
    const inputs = { x, filter, weights, bias: tf.zeros([s.filters]) };
    const { dx, dFilter } = convolve(s.stride, around(s.left, s.right), s.dilation)(inputs);
    const read = (tensor: tf.Tensor): Float32Array => tensor.dataSync<"float32">();
    const expected = bySums(s, out, read(x), read(filter), read(weights));
    // n terms in any order and n products: an error of at most (n + 1) · 2⁻²⁴ of the sum of their absolute values
    const rounding = 2 ** -24 * (s.batch * out + s.taps * s.filters + 1);
    read(dx!).forEach((value, i) =>
      assert.ok(Math.abs(value - expected.dx[i]!) <= rounding * expected.sizeX[i]!, `dx[${i}] ${value}`),
    );
    read(dFilter!).forEach((value, i) =>
      assert.ok(
        Math.abs(value - expected.dFilter[i]!) <= rounding * expected.sizeFilter[i]!,
        `dW[${i}] ${value}`,
      ),
    );
    tf.dispose([inputs, dx!, dFilter!]);
  });
  fc.assert(property, { seed: 1, numRuns: 150 });
});

test("they are TensorFlow's own gradients, at the size of a model", () => {
  const [x, filter] = [tf.randomNormal<tf.Rank.R4>([8, 1, 50, 16]), tf.randomNormal([1, 5, 16, 24])];
  const dy = tf.randomNormal([8, 1, 25, 24]);
  const [dx, dFilter] = tf.grads((x, filter) =>
    tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, [1, 2], "same"),
  )([x, filter], dy);
  const attrs = { strides: [1, 2], pad: "same", dataFormat: "NHWC" };
  const run = (kernel: string, inputs: tf.NamedTensorMap, more: object): tf.Tensor =>
    tf.engine().runKernel(kernel, inputs, { ...attrs, ...more } as never) as tf.Tensor;
  const stock = {
    dx: run("Conv2DBackpropInput", { dy, filter }, { inputShape: x.shape }),
    dFilter: run("Conv2DBackpropFilter", { x, dy }, { filterShape: filter.shape }),
  };
  // both sum at most 200 terms, each a product of two standard normal numbers: 2 · 200 · 2⁻²⁴ of some hundred
  assertClose(dx!.dataSync(), [...stock.dx.dataSync()], 400 * 2 ** -24 * 200, 0, "dx");
  assertClose(dFilter!.dataSync(), [...stock.dFilter.dataSync()], 400 * 2 ** -24 * 200, 0, "dW");
});

test("the gradient of the first layer's input is computed only when asked for", async () => {
  const x = tf.randomNormal<tf.Rank.R3>([2, 8, 3]);
  const filter = tf.randomNormal<tf.Rank.R3>([3, 3, 4]);
  const convolutions = async (of: () => tf.Tensor[]): Promise<number> => {
    const { kernels } = await tf.profile(of);
    return kernels.filter(({ name }) => name === "Conv2D").length;
  };
  const y = (x: tf.Tensor, filter: tf.Tensor) =>
    tf.conv1d(x as tf.Tensor3D, filter as tf.Tensor3D, 1, "same");
  assert.equal(await convolutions(() => [tf.grad((filter) => y(x, filter).sum())(filter)]), 1);
  assert.equal(await convolutions(() => tf.grads((x, filter) => y(x!, filter!).sum())([x, filter])), 2);
});

test("a filter of more than one row keeps tfjs's gradient, and nothing stays in memory", () => {
  const [image, filter] = [tf.ones<tf.Rank.R4>([1, 4, 4, 1]), tf.ones<tf.Rank.R4>([2, 2, 1, 1])];
  const before = tf.memory().numTensors;
  // each of the four weights has seen the nine places
  const dFilter = tf.grad((filter) => tf.conv2d(image, filter as tf.Tensor4D, 1, "valid").sum())(filter);
  assert.deepEqual([...dFilter.dataSync()], [9, 9, 9, 9]);
  const sequence = tf.ones<tf.Rank.R3>([1, 4, 1]);
  const dx = tf.grad((x) => tf.conv1d(x as tf.Tensor3D, tf.ones([2, 1, 1]), 2, "same").sum())(sequence);
  assert.deepEqual([...dx.dataSync()], [1, 1, 1, 1]);
  tf.dispose([dFilter, sequence, dx]);
  assert.equal(tf.memory().numTensors, before);
});
