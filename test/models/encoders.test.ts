/** Every encoder of the registry: size, learning, and what it may not see. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { encoders, type RegisteredEncoder } from "fusion/dist/encoders/registry";

for (const [name, registered] of Object.entries<RegisteredEncoder>(encoders)) {
  const { build, reference, parameters, gapCloses, blindTo } = registered;
  const encoder = (time: number = reference.time): tf.LayersModel => {
    const values = tf.input({ shape: [time, reference.channels] });
    const validity = tf.input({ shape: [time] });
    const { pooled, tokens, validity: valid } = build({ ...reference, time, seed: 1 })(values, validity);
    return tf.model({ inputs: [values, validity], outputs: [pooled, tokens, valid] });
  };

  test(`${name} has ${parameters} parameters and gives one vector, and tokens with their validity`, () => {
    const model = encoder();
    assert.equal(model.countParams(), parameters);
    const [pooled, tokens, valid] = model.outputs.map(({ shape }) => shape);
    assert.deepEqual(pooled, [null, reference.dim]);
    assert.deepEqual(tokens, [null, valid![1]!, reference.dim]);
    model.dispose();
  });

  test(`${name} is blind to invalid samples, whatever they hold, and answers 0 where nothing is valid`, () => {
    const model = encoder(32);
    const shape: [number, number, number] = [2, 32, reference.channels];
    const values = tf.randomNormal<tf.Rank.R3>(shape, 0, 1, "float32", 1).arraySync();
    const validity = [0, 1].map((w) =>
      Array.from({ length: 32 }, (_, t) => (w === 0 && (t % 3 > 0 || gapCloses) ? 1 : 0)),
    );
    const see = (hidden: number): number[] => {
      const seen = values.map((rows, w) =>
        rows.map((row, t) => (validity[w]![t] ? row : row.map(() => hidden))),
      );
      return (model.predict([tf.tensor3d(seen), tf.tensor2d(validity)]) as tf.Tensor[]).flatMap((x) => [
        ...x.dataSync(),
      ]);
    };
    const plain = see(0);
    for (const hidden of [1e6, NaN, Infinity, -Infinity]) assert.deepEqual(see(hidden), plain, `${hidden}`);
    const [first, second] = [plain.slice(0, reference.dim), plain.slice(reference.dim, 2 * reference.dim)];
    assert.ok(first.some((z) => z !== 0));
    assert.deepEqual(second, new Array(reference.dim).fill(0));
    model.dispose();
  });

  test(`${name} ${blindTo === "order" ? "does not tell" : "tells"} a window from the same one backwards`, () => {
    const model = encoder(32);
    const values = tf.randomNormal<tf.Rank.R3>([1, 32, reference.channels], 0, 1, "float32", 1);
    const [forward, backward] = [values, values.reverse(1)].map(
      (x) => (model.predict([x, tf.ones([1, 32])]) as tf.Tensor[])[0]!,
    );
    const difference = forward!.sub(backward!).abs().max().dataSync()[0]!;
    // sums of 32 frames in another order, each term good to 2^-24 of a few
    assert.ok(blindTo === "order" ? difference < 1e-5 : difference > 1e-3, `${difference}`);
    model.dispose();
  });

  test(`${name}: another seed, other weights; the same seed, the same`, () => {
    const weights = (seed: number) => {
      const [values, validity] = [tf.input({ shape: [32, 3] }), tf.input({ shape: [32] })];
      const shape = { modality: "m", time: 32, channels: 3, dim: 4, seed };
      const model = tf.model({ inputs: [values, validity], outputs: build(shape)(values, validity).pooled });
      const all = model.getWeights().flatMap((w) => [...w.dataSync()]);
      model.dispose();
      return all;
    };
    assert.deepEqual(weights(1), weights(1));
    assert.notDeepEqual(weights(1), weights(2));
  });

  test(`${name} takes a window of four steps, or says how many it needs`, () => {
    let model: tf.LayersModel;
    try {
      model = encoder(4);
    } catch (error) {
      const needs = new RegExp(
        `: ${reference.modality}: expected \\d+ steps or more, got 4; cut longer windows`,
      );
      assert.match((error as Error).message, needs);
      return;
    }
    const [pooled] = model.predict([tf.ones([1, 4, reference.channels]), tf.ones([1, 4])]) as tf.Tensor[];
    assert.ok(pooled!.dataSync().every(Number.isFinite));
    model.dispose();
  });
}
