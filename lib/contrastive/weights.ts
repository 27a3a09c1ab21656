/** Weights by name: described first, so that they can be counted without being made. */
import * as tf from "@tensorflow/tfjs";
import { randomFor } from "../random";

/** How the numbers begin: U(±1/√inputs) as PyTorch's linear layer, N(0, 1), or one constant. */
export type Beginning = { readonly inputs: number } | "normal" | number;

export interface WeightShape {
  readonly shape: readonly number[];
  readonly from: Beginning;
}

/** By name, in the order in which they are made. */
export type WeightShapes = Readonly<Record<string, WeightShape>>;

export const linearShape = (inputs: number, outputs: number): WeightShape => ({
  shape: [inputs, outputs],
  from: { inputs },
});
export const constantShape = (size: number, value: number): WeightShape => ({ shape: [size], from: value });
export const normalShape = (rows: number, size: number): WeightShape => ({
  shape: [rows, size],
  from: "normal",
});

/** The same weights with a prefix before each name. */
export const named = (prefix: string, shapes: WeightShapes): WeightShapes =>
  Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [`${prefix}/${name}`, shape]));

/** How many numbers. */
export const countOf = (shapes: WeightShapes): number =>
  Object.values(shapes).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);

/** By the names of their description. */
export type Weights = Readonly<Record<string, tf.Variable>>;

/** Each weight's numbers depend on its name and the seed alone, so that models which share a part begin alike. */
export function makeWeights(shapes: WeightShapes, seed: number): Weights {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, { shape, from }]) => {
      const size = shape.reduce((a, b) => a * b, 1);
      const start = tf.tensor(beginning(name, from, size, seed), [...shape]);
      const variable = tf.variable(start, true, `contrastive/${name}_${made++}`);
      start.dispose();
      return [name, variable];
    }),
  );
}

/** tfjs refuses a second variable of the same name in a process. */
let made = 0;

function beginning(name: string, from: Beginning, size: number, seed: number): Float32Array {
  if (typeof from === "number") return new Float32Array(size).fill(from);
  const random = randomFor(seed, "weight", name);
  if (from === "normal") return Float32Array.from({ length: size }, () => random.normal());
  const bound = 1 / Math.sqrt(from.inputs);
  return Float32Array.from({ length: size }, () => (2 * random.uniform() - 1) * bound);
}

/** Those of one prefix, without it. */
export const weightsUnder = (weights: Weights, prefix: string): Weights =>
  Object.fromEntries(
    Object.entries(weights)
      .filter(([name]) => name.startsWith(`${prefix}/`))
      .map(([name, weight]) => [name.slice(prefix.length + 1), weight]),
  );
