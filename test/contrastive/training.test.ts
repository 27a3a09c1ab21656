/** Training: compiled as eager, loss falls, nothing is left behind; what is counted is what is run. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import {
  checkStep,
  contrastPairs,
  disjointPairs,
  everythingNetwork,
  fusionNetwork,
  type ModalityTokens,
  multiplyAdds,
  type Network,
} from "fusion";
import { contrastiveStep } from "fusion/dist/contrastive/contrastive-step";
import { embedder } from "fusion/dist/contrastive/embed-all";
import { fusedEmbeddings, meanOfPresent } from "fusion/dist/contrastive/fused";
import { runSteps } from "fusion/dist/contrastive/run-steps";
import { supervisedNetwork, supervisedStep } from "fusion/dist/contrastive/supervised-network";
import { shareOfEverything } from "fusion/dist/experiments/mca-asked";
import { adamW } from "fusion/dist/train/adamw";

const modalities = [4, 4, 4].map((tokens, m): ModalityTokens => ({
  ...{ name: `m${m}`, tokens, width: 6, encoder: m === 1 ? "blocks" : "sequence" },
}));
const size = { modalities, dim: 16, depth: 1, heads: 2, headDim: 8, variant: "corrected", seed: 1 } as const;

/** Sixteen samples whose modalities are waves of one phase each; every third lacks the second. */
function inputs(at: number, rate = 1e-2): tf.NamedTensorMap {
  const presence = Array.from({ length: 16 }, (_, i) => [1, Number(i % 3 !== 0), 1]);
  const given: tf.NamedTensorMap = { presence: tf.tensor2d(presence), rate: tf.scalar(rate) };
  for (const { name, tokens, width } of modalities) {
    const x = Float32Array.from({ length: 16 * tokens * width }, (_, k) =>
      Math.sin(2 * Math.floor(k / (tokens * width)) + 0.7 * (k % width) + 0.01 * at + name.length),
    );
    given[`${name}_values`] = tf.tensor3d(x, [16, tokens, width]);
    given[`${name}_validity`] = tf.ones([16, tokens]);
  }
  return given;
}

function stepOf(network: Network) {
  const weights = Object.values(network.weights);
  const optimiser = adamW(weights, { weightDecay: 0.01 });
  const pairs =
    network.root === undefined
      ? disjointPairs(network.targets)
      : contrastPairs(network.targets, [1, 2, 3, 4]);
  const loss = { targets: network.targets, pairs, complete: "all", contrast: "corrected" } as const;
  return { step: contrastiveStep(network, optimiser, loss, 2), variables: [...weights, ...optimiser.slots] };
}

const networks: Record<string, () => Network> = {
  mca: () => fusionNetwork({ ...size, design: "mca", tokensPerChannel: 1 }),
  "mca, block by block": () =>
    fusionNetwork({ ...size, design: "mca", tokensPerChannel: 1 }, { attention: "blocks" }),
  zorro: () => fusionNetwork({ ...size, design: "zorro", tokensPerChannel: 1 }),
  everything: () => everythingNetwork(size),
};

for (const [name, make] of Object.entries(networks))
  test(`${name}: nothing is frozen into the compiled step, and the loss falls`, async () => {
    const { step, variables } = stepOf(make());
    checkStep(name, step, variables, inputs(0, 0.1), inputs(7, 0.01));
    const before = tf.memory().numTensors;
    const options = { steps: 100, learningRate: 1e-2, warmupSteps: 5, batchSize: 16 };
    const losses = await runSteps(
      name,
      step,
      variables,
      (at) => {
        const { rate, ...given } = inputs(at);
        rate!.dispose();
        return given;
      },
      options,
    );
    assert.equal(tf.memory().numTensors, before);
    assert.equal(losses!.length, 4);
    assert.ok(losses![3]! < 0.8 * losses![0]!, losses!.join());
  });

test("a supervised network of each kind learns, whatever is absent", async () => {
  for (const kind of ["late", "concat-zero", "concat-mean", "concat-token"] as const) {
    const network = supervisedNetwork({ ...size, kind, classes: 2 });
    const weights = Object.values(network.weights);
    const optimiser = adamW(weights, { weightDecay: 0 });
    const targets = tf.oneHot(
      tf.tensor1d(
        Array.from({ length: 16 }, (_, i) => Number(Math.sin(2 * i) > 0)),
        "int32",
      ),
      2,
    );
    const losses = await runSteps(
      kind,
      supervisedStep(network, optimiser, 2),
      [...weights, ...optimiser.slots],
      () => {
        const { rate, ...given } = inputs(0);
        rate!.dispose();
        return { ...given, targets: targets.cast("float32") };
      },
      { steps: 75, learningRate: 1e-2, warmupSteps: 5, batchSize: 16 },
    );
    assert.ok(losses![2]! < 0.5 * losses![0]!, `${kind}: ${losses!.join()}`);
    const noisy = inputs(0);
    const hidden = { ...noisy, presence: tf.ones([16, 3]).sub(tf.oneHot(1, 3)) };
    const answer = (x: tf.NamedTensorMap) => Array.from(network.embed(x).embeddings.dataSync());
    // an absent modality's values arrive as zeros, and only of a mean's fill are they looked at
    if (kind !== "concat-mean")
      assert.deepEqual(answer({ ...hidden, m1_values: tf.fill([16, 4, 6], NaN) }), answer(hidden), kind);
  }
});

test("embeddings of many samples are those of each, the last batch too, and the fused one is root or mean", () => {
  const network = networks["everything"]!();
  const { embed, dispose } = embedder(network, 5);
  const given = inputs(0);
  const gather = (rows: ArrayLike<number>): tf.NamedTensorMap =>
    Object.fromEntries(
      Object.entries(given)
        .filter(([name]) => name !== "rate")
        .map(([name, x]) => [name, tf.gather(x, Int32Array.from(rows))]),
    );
  const some = embed([3, 1, 4, 15, 9, 2, 6], gather);
  const whole = network.embed(given).embeddings; // [sample, target, dim]
  const expected = whole.slice([6, 0, 0], [1, 1, 16]).dataSync();
  expected.forEach((x, k) => assert.ok(Math.abs(some.targets[0]![6 * 16 + k]! - x) < 1e-5));
  const presence = [3, 1, 4, 15, 9, 2, 6].flatMap((i) => [1, Number(i % 3 !== 0), 1]);
  const fused = fusedEmbeddings(some, network, presence);
  assert.deepEqual(fused, meanOfPresent(some.targets, 3, 7, 16, presence));
  // sample 3 lacks the second: the mean of two rows of length 1, brought to length 1
  const row = (t: number) => Array.from(some.targets[t]!.subarray(0, 16));
  const unit = (x: number[]) => x.map((v) => v / Math.hypot(...x));
  const both = unit(unit(row(0)).map((v, k) => v + unit(row(2))[k]!));
  both.forEach((v, k) => assert.ok(Math.abs(fused[k]! - v) < 1e-6));
  dispose();
});

test("multiply-adds are those of arithmetic, and equal compute is equal", async () => {
  const [a, b] = [tf.ones([3, 4, 5]), tf.ones([3, 5, 7])];
  assert.equal(await multiplyAdds(() => void a.matMul(b)), 3 * 4 * 5 * 7);
  assert.equal(
    await multiplyAdds(() => void tf.ones([4, 5]).matMul(tf.ones([7, 5]), false, true)),
    4 * 5 * 7,
  );
  const pamap2 = [90, 90, 90, 3].map((width, m): ModalityTokens => ({
    name: `s${m}`,
    tokens: 12,
    width,
    encoder: "sequence",
  }));
  const study = { ...size, modalities: pamap2, dim: 48, depth: 2, heads: 4, headDim: 12 };
  const given: tf.NamedTensorMap = { presence: tf.ones([32, 4]) };
  for (const { name, tokens, width } of pamap2)
    Object.assign(given, {
      [`${name}_values`]: tf.ones([32, tokens, width]),
      [`${name}_validity`]: tf.ones([32, tokens]),
    });
  const count = (network: Network) => multiplyAdds(() => void network.embed(given));
  const mca = await count(fusionNetwork({ ...study, design: "mca", tokensPerChannel: 1 }));
  const everything = await count(everythingNetwork(study));
  assert.equal((mca / everything).toFixed(3), shareOfEverything.toFixed(3));
});
