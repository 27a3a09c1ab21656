/** Each operation that models and their gradients use, compiled against eager. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { engineIdentity, jit } from "fusion";

const x = tf.randomUniform([4, 6], 0.1, 0.9, "float32", 1) as tf.Tensor2D;
const y = tf.randomUniform([4, 6], 0.1, 0.9, "float32", 2) as tf.Tensor2D;
const image = tf.randomNormal([2, 8, 8, 3], 0, 1, "float32", 3) as tf.Tensor4D;
const filter = tf.randomNormal([3, 3, 3, 4], 0, 1, "float32", 4) as tf.Tensor4D;
const ids = tf.tensor1d([2, 0, 1], "int32");

const operations: Readonly<Record<string, (x: tf.Tensor2D, y: tf.Tensor2D) => tf.Tensor>> = {
  add: (a, b) => a.add(b),
  sub: (a, b) => a.sub(b),
  mul: (a, b) => a.mul(b),
  div: (a, b) => a.div(b),
  divNoNan: (a, b) => a.divNoNan(b),
  pow: (a, b) => a.pow(b),
  maximum: (a, b) => a.maximum(b),
  minimum: (a, b) => a.minimum(b),
  mod: (a, b) => a.mod(b),
  squaredDifference: (a, b) => a.squaredDifference(b),
  atan2: (a, b) => tf.atan2(a, b),
  greater: (a, b) => a.greater(b),
  greaterEqual: (a, b) => a.greaterEqual(b),
  less: (a, b) => a.less(b),
  equal: (a, b) => a.equal(b),
  notEqual: (a, b) => a.notEqual(b),
  logicalAnd: (a, b) => a.greater(0.5).logicalAnd(b.greater(0.5)),
  logicalOr: (a, b) => a.greater(0.5).logicalOr(b.greater(0.5)),
  logicalNot: (a) => a.greater(0.5).logicalNot(),
  where: (a, b) => tf.where(b.greater(0.5), a, b),
  addN: (a, b) => tf.addN([a, b, a]),
  concat: (a, b) => tf.concat([a, b], 1),
  stack: (a, b) => tf.stack([a, b]),
  unstack: (a) => tf.unstack(a)[1]!,
  split: (a) => tf.split(a, 2, 1)[1]!,
  exp: (a) => a.exp(),
  log: (a) => a.log(),
  log1p: (a) => a.log1p(),
  expm1: (a) => a.expm1(),
  sqrt: (a) => a.sqrt(),
  rsqrt: (a) => a.rsqrt(),
  square: (a) => a.square(),
  abs: (a) => a.abs(),
  neg: (a) => a.neg(),
  sign: (a) => a.sign(),
  reciprocal: (a) => a.reciprocal(),
  sin: (a) => a.sin(),
  cos: (a) => a.cos(),
  tan: (a) => a.tan(),
  tanh: (a) => a.tanh(),
  sigmoid: (a) => a.sigmoid(),
  softplus: (a) => a.softplus(),
  relu: (a) => a.relu(),
  relu6: (a) => a.relu6(),
  elu: (a) => a.elu(),
  selu: (a) => a.selu(),
  leakyRelu: (a) => a.leakyRelu(0.1),
  prelu: (a, b) => a.prelu(b),
  erf: (a) => a.erf(),
  step: (a) => a.sub(0.5).step(),
  floor: (a) => a.mul(5).floor(),
  ceil: (a) => a.mul(5).ceil(),
  round: (a) => a.mul(5).round(),
  clipByValue: (a) => a.clipByValue(0.2, 0.7),
  isNaN: (a) => a.isNaN(),
  isFinite: (a) => a.isFinite(),
  sum: (a) => a.sum(1),
  mean: (a) => a.mean(0),
  max: (a) => a.max(1),
  min: (a) => a.min(1),
  prod: (a) => a.prod(1),
  all: (a) => a.greater(0).all(1),
  any: (a) => a.greater(0.8).any(1),
  argMax: (a) => a.argMax(1),
  argMin: (a) => a.argMin(1),
  moments: (a) => tf.moments(a, 1).variance,
  logSumExp: (a) => a.logSumExp(1),
  softmax: (a) => a.softmax(),
  logSoftmax: (a) => tf.logSoftmax(a),
  matMul: (a, b) => a.matMul(b, false, true),
  batchMatMul: (a, b) => a.reshape([2, 2, 6]).matMul(b.reshape([2, 2, 6]), false, true),
  fusedMatMul: (a, b) => tf.fused.matMul({ a, b, transposeB: true, activation: "relu" }),
  reshape: (a) => a.reshape([3, 8]),
  transpose: (a) => a.transpose(),
  expandDims: (a) => a.expandDims(1),
  squeeze: (a) => a.expandDims(1).squeeze([1]),
  slice: (a) => a.slice([1, 2], [2, 3]),
  stridedSlice: (a) => a.stridedSlice([0, 1], [4, 6], [2, 2]),
  pad: (a) =>
    a.pad([
      [1, 0],
      [0, 2],
    ]),
  mirrorPad: (a) =>
    a.mirrorPad(
      [
        [1, 0],
        [0, 2],
      ],
      "reflect",
    ),
  tile: (a) => a.tile([2, 1]),
  reverse: (a) => a.reverse(1),
  broadcastTo: (a) => a.sum(1, true).broadcastTo([4, 6]),
  gather: (a) => a.gather(ids),
  gatherAxis1: (a) => a.gather(ids, 1),
  gatherND: (a) =>
    tf.gatherND(
      a,
      tf.tensor2d(
        [
          [0, 1],
          [2, 3],
        ],
        [2, 2],
        "int32",
      ),
    ),
  oneHot: () => tf.oneHot(ids, 4),
  cast: (a) => a.mul(9).cast("int32"),
  zerosLike: (a) => tf.zerosLike(a),
  onesLike: (a) => tf.onesLike(a),
  fill: (a) => a.add(tf.fill([4, 6], 3)),
  cumsum: (a) => a.cumsum(1),
  topk: (a) => tf.topk(a, 2).values,
  einsum: (a, b) => tf.einsum("ij,kj->ik", a, b),
  bandPart: (a) => tf.linalg.bandPart(a, 1, 1),
  conv2d: (a) => tf.conv2d(image.mul(a.mean()) as tf.Tensor4D, filter, 1, "same"),
  conv2dStrided: (a) => tf.conv2d(image.mul(a.mean()) as tf.Tensor4D, filter, 2, "valid"),
  depthwise: (a) =>
    tf.depthwiseConv2d(
      image.mul(a.mean()) as tf.Tensor4D,
      filter.slice([0, 0, 0, 0], [3, 3, 3, 1]),
      1,
      "same",
    ),
  maxPool: (a) => tf.maxPool(image.mul(a.mean()) as tf.Tensor4D, 2, 2, "valid"),
  avgPool: (a) => tf.avgPool(image.mul(a.mean()) as tf.Tensor4D, 2, 2, "valid"),
  batchNorm: (a) => tf.batchNorm(image.mul(a.mean()) as tf.Tensor4D, tf.zeros([3]), tf.ones([3])),
  resize: (a) => tf.image.resizeBilinear(image.mul(a.mean()) as tf.Tensor4D, [4, 4]),
};

const native = engineIdentity().name !== "wasm";
for (const [name, operation] of Object.entries(operations))
  test(`${name} compiles`, { skip: native ? false : "WASM does not compile" }, () => {
    const run = jit(name, ({ x, y }) => ({ z: operation(x as tf.Tensor2D, y as tf.Tensor2D) }), []);
    const eager = operation(x, y);
    const compiled = run({ x, y })["z"]!;
    assert.deepEqual(compiled.shape, eager.shape);
    assert.equal(compiled.dtype, eager.dtype);
    const [a, b] = [compiled.dataSync<"float32">(), eager.dataSync<"float32">()];
    // graph optimisation may reorder a sum of at most 64 float32 terms: 64 · 2⁻²⁴ of the largest
    a.forEach((value, i) =>
      assert.ok(
        Object.is(value, b[i]) || Math.abs(value - b[i]!) <= 4e-6 * (1 + Math.abs(b[i]!)),
        `${name}[${i}]: ${value}, eager ${b[i]}`,
      ),
    );
    run.dispose();
  });

const differentiable =
  "add sub mul div maximum exp log sqrt square tanh sigmoid relu elu softplus sum mean max softmax logSoftmax matMul batchMatMul where concat stack slice pad tile gather transpose reshape expandDims squeeze conv2d conv2dStrided maxPool avgPool moments erf clipByValue broadcastTo".split(
    " ",
  );
for (const name of differentiable)
  test(`the gradient of ${name} compiles`, { skip: native ? false : "WASM does not compile" }, () => {
    const gradient = (a: tf.Tensor) =>
      tf.grad((a) =>
        operations[name]!(a as tf.Tensor2D, y)
          .square()
          .sum(),
      )(a);
    const run = jit(name, ({ x }) => ({ dx: gradient(x!) }), []);
    const [a, b] = [run({ x })["dx"]!.dataSync<"float32">(), gradient(x).dataSync<"float32">()];
    a.forEach((value, i) =>
      assert.ok(
        Math.abs(value - b[i]!) <= 2e-5 * (1 + Math.abs(b[i]!)),
        `${name}[${i}]: ${value}, eager ${b[i]}`,
      ),
    );
    run.dispose();
  });
