/** Channel scales: the identity before training, a gain for each channel, and what one reads of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { encoders } from "fusion/dist/encoders/registry";
import { ChannelScale, describeScales } from "fusion/dist/fusion/channel-scale";
import { crossAttentionFusion } from "fusion/dist/fusion/cross-attention";
import { earlyFusion, type EarlyFusionOptions } from "fusion/dist/fusion/early";
import { gatedFusion } from "fusion/dist/fusion/gated";
import { fit } from "fusion/dist/train/fit";
import { problemFold, problemOptions, problemWindows } from "../train/problem";

const modalities = [
  { name: "arm", time: 16, channels: 2 },
  { name: "room", time: 16, channels: 1 },
];
const options = {
  modalities,
  encoder: encoders.conv.build,
  classes: 3,
  dim: 4,
  hidden: 8,
  dropout: 0,
  seed: 1,
};
const crossAttention = (options: EarlyFusionOptions) => crossAttentionFusion({ ...options, heads: 2 });
const inputs = () => [
  tf.ones([2, 16, 2]),
  tf.ones([2, 16]),
  tf.ones([2, 16, 1]),
  tf.ones([2, 16]),
  tf.tensor2d([1, 1, 1, 0], [2, 2]),
];

test("y = g x for each channel, in vectors and in tokens", () => {
  for (const x of [tf.tensor2d([[1, 2, 3]]), tf.tensor3d([[[1, 2, 3]]])]) {
    const layer = new ChannelScale({ name: "hand_scale" });
    const before = layer.apply(x) as tf.Tensor;
    assert.deepEqual([...before.dataSync()], [1, 2, 3]);
    layer.setWeights([tf.tensor1d([2, 0, -1])]);
    assert.deepEqual([...(layer.apply(x) as tf.Tensor).dataSync()], [2, 0, -3]);
  }
});

for (const [name, build] of Object.entries({ early: earlyFusion, gated: gatedFusion, crossAttention })) {
  test(`${name}: with scales it has dim numbers more for each modality, and says the same before training`, () => {
    const [plain, scaled] = [build(options), build({ ...options, channelScales: true })];
    assert.equal(scaled.countParams() - plain.countParams(), 2 * options.dim);
    assert.deepEqual(describeScales(plain), []);
    const [a, b] = [plain, scaled].map((model) => (model.predict(inputs()) as tf.Tensor).dataSync());
    assert.deepEqual(a, b);
  });

  test(`${name}: training moves every scale of every modality`, async () => {
    const windows = problemWindows();
    const model = build({ ...options, channelScales: true });
    const fold = problemFold(windows);
    await fit({ model, windows, fold, seed: 1, options: { ...problemOptions, epochs: 2 } });
    const scales = describeScales(model);
    assert.deepEqual(
      scales.map(({ modality }) => modality),
      ["arm", "room"],
    );
    for (const { std, top } of scales) {
      assert.ok(std > 0);
      assert.ok(top.every(({ gain }) => gain !== 1));
    }
  });
}

test("mean, deviation and the largest, by hand", () => {
  const model = earlyFusion({ ...options, channelScales: true });
  model.getLayer("arm_scale").setWeights([tf.tensor1d([1, 3, -1, 5])]);
  const [arm, room] = describeScales(model, 2);
  assert.deepEqual(arm, {
    modality: "arm",
    mean: 2,
    std: Math.sqrt(5), // of deviations -1, 1, -3, 3
    top: [
      { channel: 3, gain: 5 },
      { channel: 1, gain: 3 },
    ],
  });
  assert.deepEqual([room!.mean, room!.std], [1, 0]);
});
