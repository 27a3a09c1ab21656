import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { jit } from "fusion";
import { lstmSequence } from "fusion/dist/engine/lstm-sequence";
import { lastValid, putBack, reverseValid, validFirst } from "fusion/dist/encoders/valid-first";
import {
  assertAgrees,
  casesOf,
  outputsOf,
  type RecurrentCase,
  type TorchModule,
} from "../engine/torch-recurrent";
import fixture from "../fixtures/lstm_variable_length.json";

/** One window of one channel. */
const series = (...values: number[]): tf.Tensor3D => tf.tensor3d(values, [1, values.length, 1]);
const mask = (...values: number[]): tf.Tensor2D => tf.tensor2d(values, [1, values.length]);
const numbers = (x: tf.Tensor): number[] => [...x.dataSync()];

test("valid steps stand first, in their order, and go back to where they were", () => {
  const [x, valid] = [series(10, 20, 30, 40, 50), mask(0, 1, 0, 1, 1)];
  const slots = validFirst(x, valid);
  assert.deepEqual(numbers(slots), [20, 40, 50, 10, 30]);
  assert.deepEqual(numbers(reverseValid(slots, valid)), [50, 40, 20, 10, 30]);
  assert.deepEqual(numbers(lastValid(slots, valid)), [50]);
  assert.deepEqual(numbers(putBack(slots, valid)), [0, 20, 0, 40, 50]);
});

test("where nothing is valid, nothing is last", () => {
  const [x, none] = [series(1, 2, 3), mask(0, 0, 0)];
  assert.deepEqual(numbers(lastValid(validFirst(x, none), none)), [0]);
  assert.deepEqual(numbers(putBack(x, none)), [0, 0, 0]);
});

const windows = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 9 }))
  .chain(([batch, time]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: time, maxLength: time }), {
      minLength: batch,
      maxLength: batch,
    }),
  );

test("for any validity, there and back is the identity on valid steps, and a reversal undoes itself", () => {
  fc.assert(
    fc.property(windows, (validity) => {
      const valid = tf.tensor2d(validity);
      const [batch, time] = valid.shape;
      const x = tf.randomNormal<tf.Rank.R3>([batch, time, 2], 0, 1, "float32", 1);
      const kept = tf.where(valid.expandDims(2).cast("bool"), x, tf.zerosLike(x));
      const slots = validFirst(x, valid);
      assert.deepEqual(
        numbers(putBack(slots, valid)),
        numbers(kept).map((v) => v + 0),
      ); // no -0
      assert.deepEqual(numbers(reverseValid(reverseValid(slots, valid), valid)), numbers(slots));
      const compact = x.arraySync().map((steps, row) => steps.filter((_, t) => validity[row]![t]));
      compact.forEach((steps, row) =>
        assert.deepEqual(slots.arraySync()[row]!.slice(0, steps.length), steps, `window ${row}`),
      );
    }),
    { seed: 1, numRuns: 50 },
  );
});

test("the gradient goes back to its own step, and is exactly 0 at invalid ones, eager and compiled", () => {
  const inputs = { x: series(1, 2, 3, 4), valid: mask(1, 0, 1, 1), weights: series(5, 6, 7, 8) };
  const gradients = ({ x, valid, weights }: tf.NamedTensorMap): tf.NamedTensorMap => {
    const v = valid as tf.Tensor2D;
    const of = (f: (x: tf.Tensor3D) => tf.Tensor): tf.Tensor => tf.grad((x) => f(x as tf.Tensor3D))(x!);
    return {
      back: of((x) => putBack(validFirst(x, v), v).mul(weights!).sum()),
      last: of((x) => lastValid(validFirst(x, v), v).sum()),
      turned: of((x) => reverseValid(validFirst(x, v), v).mul(weights!).sum()),
    };
  };
  for (const { back, last, turned } of [gradients(inputs), jit("gradients", gradients, [])(inputs)]) {
    assert.deepEqual(numbers(back!), [5, 0, 7, 8]);
    assert.deepEqual(numbers(last!), [0, 0, 0, 1]);
    assert.deepEqual(numbers(turned!), [7, 8, 6, 5]); // slots [4, 3, 1 | 2] meet the weights [5, 6, 7, 8]
  }
});

/** PyTorch's packed sequences: the gaps at the end. */
const packed: TorchModule = (named) => {
  const x = named["x"] as tf.Tensor3D;
  const steps = tf.range(0, x.shape[1], 1, "int32").expandDims(0);
  const valid = steps.less(named["lengths"]!.cast("int32").expandDims(1)).cast("float32") as tf.Tensor2D;
  const { outputs } = lstmSequence(
    validFirst(x, valid),
    named["weight_ih_l0"]!.transpose(),
    named["weight_hh_l0"]!.transpose(),
    named["bias_ih_l0"]!.add(named["bias_hh_l0"]!),
  );
  return { y: putBack(outputs, valid), h_n: lastValid(outputs, valid).expandDims(0) };
};

const [lengths] = casesOf(fixture) as [RecurrentCase];
const { y, h_n, loss } = lengths.expected; // the encoder has no use for the cell
const withoutCell = { ...lengths, expected: { y: y!, h_n: h_n!, loss: loss! } };

for (const way of ["eager", "compiled"] as const)
  test(`sequences of 7, 4 and 2 steps give what PyTorch's packed ones give, ${way}`, () => {
    const got = outputsOf(withoutCell, packed, way);
    assertAgrees(withoutCell, got);
    // what the fixture lists as 0 is 0 exactly
    const [y, dx] = [numbers(got["y"]!), numbers(got["of_loss/x"]!)];
    const zero = (wanted: unknown, found: number[], what: string): void =>
      (wanted as number[][][])
        .flat(2)
        .forEach((v, i) => v === 0 && assert.equal(found[i], 0, `${what} ${i}`));
    zero(lengths.expected["y"], y, "y");
    zero(lengths.gradients.of_loss!["x"], dx, "dx");
  });

test("a recurrence that does not skip is told apart", () => {
  const values = { ...withoutCell, gradients: {} };
  const unpacked: TorchModule = (named) => packed({ ...named, lengths: tf.fill([3], 7) });
  assert.throws(() => assertAgrees(values, outputsOf(values, unpacked, "eager")), /they differ by/);
});
