/** The gradient of every encoder against differences of its values. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { encoders } from "fusion/dist/encoders/registry";
import { vectorEncoders } from "fusion/dist/encoders/vector-registry";
import { weightsOf } from "fusion/dist/train/tensors";

const time = 24;

interface Case {
  readonly model: tf.LayersModel;
  readonly axes: readonly number[];
}

const cases: Readonly<Record<string, () => Case>> = {
  ...Object.fromEntries(
    Object.entries(encoders).map(([name, { build }]) => [
      name,
      () => {
        const [values, validity] = [tf.input({ shape: [time, 5] }), tf.input({ shape: [time] })];
        const encode = build({ modality: "m", time, channels: 5, dim: 8, seed: 1 });
        return {
          model: tf.model({ inputs: [values, validity], outputs: encode(values, validity).pooled }),
          axes: [time, 5],
        };
      },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(vectorEncoders).map(([name, { build }]) => [
      name,
      () => {
        const [values, validity] = [tf.input({ shape: [7] }), tf.input({ shape: [7] })];
        const encode = build({ modality: "m", features: 7, dim: 8, seed: 1 });
        return {
          model: tf.model({ inputs: [values, validity], outputs: encode(values, validity).pooled }),
          axes: [7],
        };
      },
    ]),
  ),
};

for (const [name, build] of Object.entries(cases))
  test(`${name}: along a random direction of inputs and weights, the gradient is the slope`, () => {
    const { model, axes } = build();
    const { trained } = weightsOf(model);
    const batch = 4;
    const normal = (shape: number[], seed: number): tf.Tensor =>
      tf.randomNormal(shape, 0, 1, "float32", seed);
    const inputs = [normal([batch, ...axes], 3), tf.ones([batch, axes[0]!])] as const;
    const weigh = normal([batch, 8], 2);
    const f = (x: tf.Tensor): tf.Scalar =>
      (model.apply([x, inputs[1]], { training: false }) as tf.Tensor).mul(weigh).sum();
    const { grads } = tf.variableGrads(() => f(inputs[0]), trained);
    const gradients = [...trained.map(({ name }) => grads[name]!), tf.grad(f)(inputs[0])];
    // half a random direction, half the gradient's own, so that the slope is large
    const random = gradients.map(({ shape }, i) => normal(shape, 10 + i));
    const direction = unit(sum(unit(random), unit(gradients)));

    const start = trained.map((w) => w.clone());
    const along = (h: number): number => {
      trained.forEach((w, i) => w.assign(start[i]!.add(direction[i]!.mul(h))));
      return f(inputs[0].add(direction.at(-1)!.mul(h))).dataSync()[0]!;
    };
    const slope = (h: number): number => (along(h) - along(-h)) / (2 * h);
    const [wide, narrow] = [slope(2 ** -9), slope(2 ** -10)];
    const expected = dot(gradients, direction);
    // a smooth function's error falls to a quarter from wide to narrow, a kink's to a half: twice their distance
    // bounds both; and the values are rounded, to 2^-22 of them after some sums
    const rounding = (2 ** -22 * (1 + Math.abs(along(0)))) / 2 ** -10;
    const tolerance = 2 * Math.abs(wide - narrow) + 2 * rounding;
    assert.ok(tolerance < expected / 10, `${name}: ${tolerance} tells little of ${expected}`);
    assert.ok(
      Math.abs(expected - narrow) <= tolerance,
      `${name}: gradient ${expected}, slopes ${wide}, ${narrow}, tolerance ${tolerance}`,
    );
    model.dispose();
  });

type Tensors = readonly tf.Tensor[];
const dot = (a: Tensors, b: Tensors): number =>
  a.reduce((total, x, i) => total + x.mul(b[i]!).sum().dataSync()[0]!, 0);
const unit = (a: Tensors): tf.Tensor[] => a.map((x) => x.div(Math.sqrt(dot(a, a))));
const sum = (a: Tensors, b: Tensors): tf.Tensor[] => a.map((x, i) => x.add(b[i]!));
