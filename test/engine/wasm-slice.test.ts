import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";

/** x[i] = i, so that a part tells where it was taken. */
const counted = (shape: readonly number[]): tf.Tensor =>
  tf.range(0, tf.util.sizeFromShape([...shape])).reshape([...shape]);

const axis = fc
  .integer({ min: 1, max: 4 })
  .chain((size) =>
    fc
      .integer({ min: 0, max: size - 1 })
      .chain((from) => fc.integer({ min: 1, max: size - from }).map((length) => ({ size, from, length }))),
  );

test("a slice holds the numbers at its place, whether it is one piece of memory or not", () => {
  fc.assert(
    fc.property(fc.array(axis, { minLength: 1, maxLength: 4 }), (axes) => {
      tf.tidy(() => {
        const x = counted(axes.map(({ size }) => size));
        const part = tf.slice(
          x,
          axes.map(({ from }) => from),
          axes.map(({ length }) => length),
        );
        const wanted = axes.reduce<number[]>(
          (offsets, { size, from, length }) =>
            offsets.flatMap((offset) => Array.from({ length }, (_, i) => offset * size + from + i)),
          [0],
        );
        assert.deepEqual([...part.dataSync()], wanted);
      });
    }),
  );
});

test("unstacking gives each part in its order, along the first axis and along others", () => {
  const x = counted([3, 2, 2]);
  const along = (axis: number) => tf.unstack(x, axis).map((part) => [...part.dataSync()]);
  const first = [
    [0, 1, 2, 3],
    [4, 5, 6, 7],
    [8, 9, 10, 11],
  ];
  assert.deepEqual(along(0), first);
  assert.deepEqual(along(-3), first);
  assert.deepEqual(along(1), [
    [0, 1, 4, 5, 8, 9],
    [2, 3, 6, 7, 10, 11],
  ]);
});

test("a part is a copy: it survives the whole and the growth of the memory that holds it", () => {
  const x = counted([64, 1024]);
  const parts = tf.unstack(x);
  x.dispose();
  const large = tf.ones([2048, 4096]); // 32 MB, more than the memory that WASM begins with
  assert.deepEqual([...parts[63]!.slice([1022], [2]).dataSync()], [65_534, 65_535]);
  tf.dispose([large, ...parts]);
});

test("whole numbers and truths are cut as they were", () => {
  assert.deepEqual([...tf.tensor1d([1, 2, 3], "int32").slice([1], [2]).dataSync()], [2, 3]);
  assert.deepEqual([...tf.tensor1d([true, false], "bool").slice([1], [1]).dataSync()], [0]);
});
