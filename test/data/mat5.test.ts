import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readMat5 } from "fusion/dist/data/mat5";
import { matBytes } from "./mat-bytes";

/** Written by scipy.io.savemat 1.17.1: d_skel[i, j, k] = (6 i + 2 j + k) / 4, an int16, a text, two float32; compressed. */
const fromScipy = Buffer.from(
  "TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IFNhdCBOb3YgMjEgMTk6MjM6NDIgMjAyNgAA" +
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0PAAAAUgAAAHic42NgYFgAxGxAzAGl" +
    "QYAViHmAmAmImaE0CDBC1aTEF2en5jAwcALZCQzo4Ic9hH4ApRkcINQHKJ8Fyr8A5f+B0i+gNBNU/guUz+YAAF1sDPIPAAAAKwAA" +
    "AHic42NgYLAAYjYg5gBiLgYIYIXyGZEwSKw4NzEnB0gzMzAxsANpADX9ApkPAAAAKwAAAHic42NgYDAAYjYg5gBiFgYIYIXyGYGY" +
    "GUyzMJSkVpQIAHmJSckMACjRA2UPAAAALwAAAHic42NgYLAAYjYg5gBidgYIYIXymYCYEYxZGDISc9LYoeIMDAfsGRgUHAA8kAN6",
  "base64",
);
const read = (bytes: Uint8Array) => readMat5(bytes, "readMat5: a.mat", "get it again");

test("a file of scipy's reads as it was written: three axes, small types, and no text", () => {
  const { d_skel: cube, ...others } = read(fromScipy);
  assert.deepEqual(cube!.shape, [2, 3, 2]);
  const at = (i: number, j: number, k: number): number => cube!.values[i + 2 * j + 6 * k]!;
  for (const i of [0, 1]) for (const j of [0, 1, 2]) for (const k of [0, 1]) assert.equal(at(i, j, k), (6 * i + 2 * j + k) / 4);
  assert.deepEqual(others, {
    small: { shape: [1, 1], values: Float64Array.of(7) },
    half: { shape: [2, 1], values: Float64Array.of(1.5, 2.5) },
  });
});

test("whatever is written is read", () => {
  const array = fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
    .chain((shape) => {
      const length = shape.reduce((a, b) => a * b);
      return fc.record({ shape: fc.constant(shape), values: fc.array(fc.double(), { minLength: length, maxLength: length }) });
    });
  fc.assert(
    fc.property(array, array, (a, b) => {
      const found = read(matBytes({ a, long_name: b }));
      for (const [name, { shape, values }] of Object.entries({ a, long_name: b }))
        assert.deepEqual(found[name], { shape, values: Float64Array.from(values) });
    }),
    { seed: 1, numRuns: 30 },
  );
});

const whole = matBytes({ d_iner: { shape: [2, 1], values: [1, 2] } });
const message = (got: string): { message: string } => ({ message: `readMat5: a.mat: expected ${got}; get it again` });

test("a torn or foreign file is told with what was found", () => {
  assert.throws(() => read(whole.subarray(0, 60)), message("a MATLAB 5 file, got 60 bytes"));
  assert.throws(() => read(Buffer.from("x,y,z\n".repeat(60))), message("a MATLAB 5 file, got another header"));
  const [size, there] = [whole.readUInt32LE(132), whole.length - 136 - 5];
  assert.throws(
    () => read(whole.subarray(0, whole.length - 5)),
    message(`${size} bytes in a data element, got ${there} before the end`),
  );
  assert.throws(() => read(whole.subarray(0, 131)), message("8 bytes of a data element, got 3 at the end"));
  const damaged = Buffer.from(whole).fill(0, 140, 160);
  assert.throws(() => read(damaged), /expected a whole compressed element, got ".*"; get it again/);
});

test("an array whose size is not that of its numbers is refused", () => {
  const short = matBytes({ d_iner: { shape: [2, 3], values: [1, 2] } });
  assert.throws(() => read(short), message("6 numbers in d_iner [2, 3], got 2"));
});
