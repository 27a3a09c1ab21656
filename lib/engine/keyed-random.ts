/** Random tensors that depend on a key alone: the same eagerly, compiled, and in every process. */
import { createHash } from "node:crypto";
import * as tf from "@tensorflow/tfjs";
import { nativeBackend } from "./native-backend";

/**
 * Uniform numbers in [0, 1).
 *
 * @param seed int32 [2], usually key and step of the training run
 * @param name what the numbers are for, such as a layer's explicit name: another name, other numbers
 */
export const keyedUniform = (shape: readonly number[], seed: tf.Tensor, name: string): tf.Tensor =>
  keyed("StatelessRandomUniform", hostUniform, shape, seed, name);

/** Standard normal numbers; arguments as `keyedUniform`. */
export const keyedNormal = (shape: readonly number[], seed: tf.Tensor, name: string): tf.Tensor =>
  keyed("StatelessRandomNormal", hostNormal, shape, seed, name);

function keyed(
  op: string,
  onHost: (key: ArrayLike<number>, length: number) => Float32Array,
  shape: readonly number[],
  seed: tf.Tensor,
  name: string,
): tf.Tensor {
  return tf.tidy(() => {
    const key = seed.add(tf.tensor1d(hash(name), "int32")) as tf.Tensor1D;
    const backend = nativeBackend();
    if (!backend) return tf.tensor(onHost(key.dataSync(), tf.util.sizeFromShape([...shape])), [...shape]);
    const types = [
      { name: "dtype", type: 4, value: 1 },
      { name: "T", type: 4, value: 3 },
      { name: "Tseed", type: 4, value: 3 },
    ];
    // TensorFlow's Philox generator, a pure function of its seed
    return backend.executeSingleOutput(op, types, [tf.tensor1d([...shape], "int32"), key]);
  });
}

/** Two numbers that fit int32 together with seeds below 2^30. */
const hash = (name: string): number[] => {
  const digest = createHash("sha256").update(name).digest();
  return [digest.readUInt32LE(0) >>> 2, digest.readUInt32LE(4) >>> 2];
};

/** The generator of the WASM engine: a hash of key and position (murmur3's finaliser, twice), 24 bits a number. */
function hostUniform(key: ArrayLike<number>, length: number): Float32Array {
  const mix = (x: number): number => {
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return x ^ (x >>> 16);
  };
  return Float32Array.from(
    { length },
    (_, i) => (mix(mix(key[0]! + Math.imul(i, 0x9e3779b9)) ^ key[1]!) >>> 8) / 2 ** 24,
  );
}

/** Box and Muller: √(-2 ln u) cos 2πv. */
function hostNormal(key: ArrayLike<number>, length: number): Float32Array {
  const uniform = hostUniform(key, 2 * length);
  return Float32Array.from(
    { length },
    (_, i) => Math.sqrt(-2 * Math.log(1 - uniform[i]!)) * Math.cos(2 * Math.PI * uniform[length + i]!),
  );
}
