/** Every encoder of vectors: size, seeds, and what it may not see. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { vectorEncoders, type RegisteredVectorEncoder } from "fusion/dist/encoders/vector-registry";

for (const [name, registered] of Object.entries<RegisteredVectorEncoder>(vectorEncoders)) {
  const { build, reference, parameters } = registered;
  const { features, dim } = reference;
  const encoder = (seed = 1): tf.LayersModel => {
    const [values, validity] = [tf.input({ shape: [features] }), tf.input({ shape: [features] })];
    const { pooled, tokens, validity: valid } = build({ ...reference, seed })(values, validity);
    return tf.model({ inputs: [values, validity], outputs: [pooled, tokens, valid] });
  };
  const see = (model: tf.LayersModel, values: number[][], validity: number[][]): number[][] => {
    const outputs = model.predict([tf.tensor2d(values), tf.tensor2d(validity)]) as tf.Tensor[];
    return outputs.map((x) => [...x.dataSync()]);
  };
  const row = Array.from({ length: features }, (_, f) => Math.sin(f + 1));
  const all = new Array<number>(features).fill(1);
  const none = new Array<number>(features).fill(0);

  test(`${name} has ${parameters} parameters and gives one vector, and tokens with their validity`, () => {
    const model = encoder();
    assert.equal(model.countParams(), parameters);
    const [pooled, tokens, valid] = model.outputs.map(({ shape }) => shape);
    assert.deepEqual(pooled, [null, dim]);
    assert.deepEqual(tokens, [null, valid![1]!, dim]);
    model.dispose();
  });

  test(`${name} is blind to missing features, whatever they hold, and answers 0 where none is there`, () => {
    const model = encoder();
    const gap = all.map((_, f) => (f === 3 ? 0 : 1));
    const hidden = (value: number): number[][] =>
      see(model, [row.map((x, f) => (f === 3 ? value : x)), row.map(() => value), row], [gap, none, all]);
    const plain = hidden(0);
    for (const value of [1e6, NaN, Infinity]) assert.deepEqual(hidden(value), plain, `${value}`);
    const [pooled] = plain;
    assert.deepEqual(pooled!.slice(dim, 2 * dim), new Array(dim).fill(0));
    assert.ok(pooled!.slice(2 * dim).some((z) => z !== 0));
    model.dispose();
  });

  test(`${name}: a NaN says the same as a closed feature`, () => {
    const model = encoder();
    const spoilt = row.map((x, f) => (f === 5 ? NaN : x));
    const closed = all.map((_, f) => (f === 5 ? 0 : 1));
    assert.deepEqual(see(model, [spoilt], [all]), see(model, [row], [closed]));
    model.dispose();
  });

  test(`${name}: a missing feature is not one that is 0`, () => {
    const model = encoder();
    const zero = row.map((x, f) => (f === 5 ? 0 : x));
    const closed = all.map((_, f) => (f === 5 ? 0 : 1));
    assert.notDeepEqual(see(model, [zero], [all])[0], see(model, [zero], [closed])[0]);
    model.dispose();
  });

  test(`${name}: each feature counts, and a row does not depend on its company`, () => {
    const model = encoder();
    const [own] = see(model, [row], [all]);
    for (let f = 0; f < features; f++) {
      const [other] = see(model, [row.map((x, i) => (i === f ? x + 1 : x))], [all]);
      assert.notDeepEqual(other, own, `feature ${f}`);
    }
    const [together] = see(model, [row, row.map((x) => -x)], [all, all]);
    // a product of another height may sum in another order: 256 terms of order 1, of 2^-24 each
    together!
      .slice(0, dim)
      .forEach((x, i) => assert.ok(Math.abs(x - own![i]!) <= 2e-5 * (1 + Math.abs(own![i]!)), `${i}`));
    model.dispose();
  });

  test(`${name}: saved and loaded it says the same`, async () => {
    const model = encoder();
    let saved: tf.io.ModelArtifacts = {};
    const keep = (artifacts: tf.io.ModelArtifacts): Promise<tf.io.SaveResult> => {
      saved = artifacts;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } });
    };
    await model.save(tf.io.withSaveHandler(keep));
    const copy = await tf.loadLayersModel(tf.io.fromMemory(saved));
    assert.deepEqual(see(copy, [row], [all]), see(model, [row], [all]));
  });

  test(`${name}: another seed, other weights; the same seed, the same`, () => {
    const weights = (seed: number): number[] => {
      const model = encoder(seed);
      const all = model.getWeights().flatMap((w) => [...w.dataSync()]);
      model.dispose();
      return all;
    };
    assert.deepEqual(weights(1), weights(1));
    assert.notDeepEqual(weights(1), weights(2));
  });
}

test("the tokeniser: a missing feature is an invalid token of zeros, the others are as before", () => {
  const { build, reference } = vectorEncoders["tabular-tokeniser"];
  const [values, validity] = [tf.input({ shape: [12] }), tf.input({ shape: [12] })];
  const { tokens, validity: valid } = build({ ...reference, seed: 1 })(values, validity);
  const model = tf.model({ inputs: [values, validity], outputs: [tokens, valid] });
  const rows = tf.tile(tf.linspace(-1, 1, 12).expandDims(0), [2, 1]);
  const gap = Array.from({ length: 12 }, (_, f) => (f === 2 ? 0 : 1));
  const [t, v] = model.predict([rows, tf.tensor2d([gap, new Array<number>(12).fill(1)])]) as [
    tf.Tensor3D,
    tf.Tensor2D,
  ];
  const [first, second] = t.arraySync() as [number[][], number[][]];
  assert.deepEqual(v.arraySync()[0], gap);
  assert.deepEqual(first[2], new Array(32).fill(0));
  assert.ok(second[2]!.some((x) => x !== 0));
  first.forEach((token, f) => f !== 2 && assert.deepEqual(token, second[f]));
});

test("the tokeniser: two features of one value are two tokens, since each has its own embedding", () => {
  const { build, reference } = vectorEncoders["tabular-tokeniser"];
  const [values, validity] = [tf.input({ shape: [12] }), tf.input({ shape: [12] })];
  const model = tf.model({
    inputs: [values, validity],
    outputs: build({ ...reference, seed: 1 })(values, validity).tokens,
  });
  const [tokens] = (model.predict([tf.fill([1, 12], 0.5), tf.ones([1, 12])]) as tf.Tensor3D).arraySync();
  const distance = Math.hypot(...tokens![0]!.map((x, i) => x - tokens![1]![i]!));
  // two independent normal vectors of length 1
  assert.ok(distance > 0.7 && distance < 2.1, `${distance}`);
});
