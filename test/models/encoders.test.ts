/** Every encoder of the registry: size, learning, and what it may not see. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { encoders, reference } from "fusion/dist/encoders/registry";

for (const [name, { build, parameters }] of Object.entries(encoders)) {
  const encoder = (time: number = reference.time): tf.LayersModel => {
    const values = tf.input({ shape: [time, reference.channels] });
    const validity = tf.input({ shape: [time] });
    return tf.model({
      inputs: [values, validity],
      outputs: build({ ...reference, time, seed: 1 })(values, validity),
    });
  };

  test(`${name} has ${parameters} parameters and gives one vector`, () => {
    const model = encoder();
    assert.equal(model.countParams(), parameters);
    assert.deepEqual(model.outputs[0]!.shape, [null, reference.dim]);
    model.dispose();
  });

  test(`${name} is blind to invalid samples, whatever they hold, and answers 0 where nothing is valid`, () => {
    const model = encoder(32);
    const shape: [number, number, number] = [2, 32, reference.channels];
    const values = tf.randomNormal<tf.Rank.R3>(shape, 0, 1, "float32", 1).arraySync();
    const validity = [0, 1].map((w) => Array.from({ length: 32 }, (_, t) => (w === 0 && t % 3 > 0 ? 1 : 0)));
    const see = (hidden: number): number[] => {
      const seen = values.map((rows, w) =>
        rows.map((row, t) => (validity[w]![t] ? row : row.map(() => hidden))),
      );
      return [...(model.predict([tf.tensor3d(seen), tf.tensor2d(validity)]) as tf.Tensor).dataSync()];
    };
    const plain = see(0);
    for (const hidden of [1e6, NaN, Infinity, -Infinity]) assert.deepEqual(see(hidden), plain, `${hidden}`);
    assert.ok(plain.slice(0, reference.dim).some((z) => z !== 0));
    assert.deepEqual(plain.slice(reference.dim), new Array(reference.dim).fill(0));
    model.dispose();
  });

  test(`${name}: another seed, other weights; the same seed, the same`, () => {
    const weights = (seed: number) => {
      const [values, validity] = [tf.input({ shape: [32, 3] }), tf.input({ shape: [32] })];
      const shape = { modality: "m", time: 32, channels: 3, dim: 4, seed };
      const model = tf.model({ inputs: [values, validity], outputs: build(shape)(values, validity) });
      const all = model.getWeights().flatMap((w) => [...w.dataSync()]);
      model.dispose();
      return all;
    };
    assert.deepEqual(weights(1), weights(1));
    assert.notDeepEqual(weights(1), weights(2));
  });

  test(`${name} names the window that is too short`, () => {
    assert.throws(() => encoder(4), /hand: expected \d+ steps or more, got 4; cut longer windows/);
  });
}
