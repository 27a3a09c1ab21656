/** The networks: published sizes, what each output can see, and the ways of attention against one another. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import {
  channelMask,
  countOf,
  everythingNetwork,
  disjointPairs,
  everythingShapes,
  fusionNetwork,
  type FusionNetworkOptions,
  fusionNetworkShapes,
  layoutOf,
  type ModalityTokens,
  type Network,
  pairLoss,
} from "fusion";

/** COVAREP, FACET, OpenFace, GloVe of CMU-MOSEI. */
const mosei: ModalityTokens[] = [
  { name: "covarep", tokens: 1500, width: 74, encoder: "sequence" },
  { name: "facet", tokens: 450, width: 35, encoder: "sequence" },
  { name: "openface", tokens: 450, width: 713, encoder: "sequence" },
  { name: "glove", tokens: 50, width: 300, encoder: "sequence" },
];
const tcga: ModalityTokens[] = [800, 198, 800, 662].map((tokens, m) => ({
  ...{ name: ["expression", "protein", "methylation", "mirna"][m]!, tokens, width: 1, encoder: "features" },
}));
const size = { dim: 512, depth: 5, heads: 8, headDim: 64, variant: "published", seed: 1 } as const;

test("at the published size the networks have exactly the published numbers of parameters", () => {
  const count = (modalities: ModalityTokens[]) => [
    countOf(fusionNetworkShapes({ ...size, modalities, design: "mca", tokensPerChannel: 8 })),
    countOf(fusionNetworkShapes({ ...size, modalities, design: "zorro", tokensPerChannel: 8 })),
    countOf(everythingShapes({ ...size, modalities })),
  ];
  assert.deepEqual(count(mosei), [17_413_829, 17_408_709, 16_312_005]);
  assert.deepEqual(count(tcga), [19_149_313, 19_144_193, 18_047_489]);
});

test("what is made has the size that was described", () => {
  const network = fusionNetwork({ ...four("mca"), dim: 64 });
  const made = Object.values(network.weights).reduce((sum, weight) => sum + weight.size, 0);
  assert.equal(made, countOf(network.shapes));
  const before = tf.memory().numTensors;
  network.dispose();
  assert.equal(before - tf.memory().numTensors, Object.keys(network.shapes).length);
});

/** Four modalities of other lengths, so that no equal size hides an index that slipped; 22 learned tokens. */
function four(design: FusionNetworkOptions["design"], tokens = [3, 2, 4, 1]): FusionNetworkOptions {
  const modalities = tokens.map((count, m): ModalityTokens => ({
    ...{ name: `m${m}`, tokens: count, width: 5, encoder: m === 2 ? "blocks" : "sequence" },
  }));
  return {
    modalities,
    design,
    tokensPerChannel: 2,
    dim: 32,
    depth: 2,
    heads: 4,
    headDim: 8,
    variant: "corrected",
    seed: 3,
  };
}

type Presence = readonly number[];

/** A batch of two samples with these modalities; `change` is added to all values of one modality. */
function batch(
  { modalities }: Pick<FusionNetworkOptions, "modalities">,
  presence: Presence,
  change?: { of: number; by: number },
) {
  const inputs: tf.NamedTensorMap = { presence: tf.tensor2d([[...presence], [...presence]]) };
  modalities.forEach(({ name, tokens, width }, m) => {
    const wave = Float32Array.from({ length: 2 * tokens * width }, (_, i) => Math.sin(3 * i + m + 1));
    const x = tf.tensor3d(wave, [2, tokens, width]);
    inputs[`${name}_values`] = change?.of === m ? x.add(tf.scalar(change.by).mul(tf.range(0, width))) : x;
    inputs[`${name}_validity`] = tf.ones([2, tokens]);
  });
  return inputs;
}

/** [target][number] */
function answers(network: Network, inputs: tf.NamedTensorMap): number[][] {
  return tf.tidy(() => {
    const { embeddings } = network.embed(inputs);
    return tf.unstack(embeddings, 1).map((x) => Array.from(x.dataSync()));
  });
}
const changedTargets = (network: Network, a: number[][], b: number[][]): string[] =>
  network.targets.flatMap(({ members }, t) =>
    a[t]!.every((x, i) => Object.is(x, b[t]![i])) ? [] : [members.join("")],
  );
const all = [1, 1, 1, 1];

for (const attention of ["dense", "rows", "blocks"] as const)
  for (const variant of ["corrected", "published"] as const)
    test(`a perturbed modality moves itself and its seven channels, bit for bit nothing else: ${attention}, ${variant}`, () => {
      const options = { ...four("mca"), variant };
      const network = fusionNetwork(options, { attention });
      const [before, after] = [undefined, { of: 1, by: 0.5 }].map((change) =>
        answers(network, batch(options, all, change)),
      );
      assert.deepEqual(changedTargets(network, before!, after!), [
        "1",
        "0123",
        "012",
        "013",
        "123",
        "01",
        "12",
        "13",
      ]);
    });

test("without a mask everything moves; with random channels modalities stay pure and channels do not", () => {
  const moved = (design: "open" | "random" | "zorro") => {
    const network = fusionNetwork(four(design));
    const [before, after] = [undefined, { of: 1, by: 0.5 }].map((change) =>
      answers(network, batch(four(design), all, change)),
    );
    return changedTargets(network, before!, after!);
  };
  assert.deepEqual(moved("open"), ["0", "1", "2", "3", "0123"]);
  assert.deepEqual(moved("zorro"), ["1", "0123"]);
  const random = moved("random");
  assert.ok(["0", "2", "3"].every((pure) => !random.includes(pure)));
  assert.ok(random.some((name) => name.length > 1 && !name.includes("1"))); // a channel without it read it
});

test("everything at once: a perturbed modality moves itself and its pairs", () => {
  const network = everythingNetwork(four("mca"));
  const [before, after] = [undefined, { of: 1, by: 0.5 }].map((change) =>
    answers(network, batch(four("mca"), all, change)),
  );
  assert.deepEqual(changedTargets(network, before!, after!), ["1", "01", "12", "13"]);
});

const near = (a: readonly number[], b: readonly number[], tolerance: number, what: string) =>
  a.forEach((x, i) => assert.ok(Math.abs(x - b[i]!) <= tolerance, `${what}: ${x}, ${b[i]}`));

test("skipping the forbidden blocks gives what masking them gives", () => {
  for (const tokens of [
    [3, 2, 4, 1],
    [3, 3, 3, 3],
  ])
    for (const presence of [all, [1, 0, 1, 1]]) {
      const options = four("mca", tokens);
      const [dense, rows, blocks] = (["dense", "rows", "blocks"] as const).map((attention) =>
        answers(fusionNetwork(options, { attention }), batch(options, presence)),
      );
      // embeddings are of the order of 1; sums of some ten numbers in another order: a few 2^-24 in each of two layers
      dense!.forEach((x, t) => near(x, rows![t]!, 5e-6, `rows, target ${t}`));
      dense!.forEach((x, t) => near(x, blocks![t]!, 5e-6, `blocks, target ${t}`));
    }
});

for (const design of ["mca", "zorro"] as const)
  test(`${design}: dropped, padded and deleted are one, and what an absent modality holds is nobody's business`, () => {
    const options = four(design);
    const network = fusionNetwork(options);
    const dropped = batch(options, [1, 0, 1, 1]);
    const noise = { ...dropped, m1_values: tf.fill([2, 2, 5], NaN) };
    const padded = { ...batch(options, all), m1_validity: tf.zeros([2, 2]), presence: dropped["presence"]! };
    const answer = answers(network, dropped);
    assert.deepEqual(answers(network, noise), answer);
    assert.deepEqual(answers(network, padded), answer);
    assert.ok(
      answer[1]!.every((x) => x === 0),
      "an absent modality's embedding is 0",
    );
    const complete = answers(network, batch(options, all));
    network.targets.forEach(({ members }, t) => {
      if (!members.includes(1)) assert.deepEqual(answer[t], complete[t], members.join());
    });
  });

test("deleting a modality's tokens is dropping it", () => {
  const options = four("mca");
  const network = fusionNetwork(options);
  const dropped = answers(network, batch(options, [1, 0, 1, 1]));
  // the same weights in a network whose second modality has one token instead of two: all of it is absent
  const shorter = fusionNetwork(four("mca", [3, 1, 4, 1]));
  const fewer = answers(shorter, batch(four("mca", [3, 1, 4, 1]), [1, 0, 1, 1]));
  dropped.forEach((x, t) => near(x, fewer[t]!, 5e-6, `target ${t}`));
});

test("a missing modality's pooled embedding depends on the others as published", () => {
  const options = { ...four("mca"), variant: "published" as const };
  const network = fusionNetwork(options);
  const [before, after] = [undefined, { of: 0, by: 0.5 }].map((change) =>
    answers(network, batch(options, [1, 0, 1, 1], change)),
  );
  assert.ok(changedTargets(network, before!, after!).includes("1"));
});

test("the pooling of zorro-pytorch makes pure outputs read everything, and the corrected one does not", () => {
  const moved = (pooling: "corrected" | "zorro-pytorch") => {
    const options = { ...four("zorro"), variant: "published" as const };
    const network = fusionNetwork(options, { pooling });
    const [before, after] = [undefined, { of: 1, by: 0.5 }].map((change) =>
      answers(network, batch(options, all, change)),
    );
    return changedTargets(network, before!, after!);
  };
  assert.deepEqual(moved("zorro-pytorch"), ["0", "1", "2", "3", "0123"]);
  assert.deepEqual(moved("corrected"), ["1", "0123"]);
});

test("without learned tokens the trunk is as many encoders as modalities", () => {
  const options = { ...four("mca"), tokensPerChannel: 0 };
  const { plan, mask } = layoutOf(options);
  assert.equal(plan.size, plan.measured);
  assert.deepEqual(mask, channelMask(plan));
  const network = fusionNetwork(options);
  const [before, after] = [undefined, { of: 1, by: 0.5 }].map((change) =>
    answers(network, batch(options, all, change)),
  );
  assert.deepEqual(changedTargets(network, before!, after!), ["1"]);
});

test("both trunks start alike and answer differently", () => {
  const [corrected, published] = (["corrected", "published"] as const).map((variant) =>
    answers(fusionNetwork({ ...four("mca"), variant }), batch(four("mca"), all)),
  );
  assert.ok(corrected!.some((x, t) => x.some((value, i) => Math.abs(value - published![t]![i]!) > 0.01)));
});

test("one norm, empty rows and positions are one trap each, and all of them together are as published", () => {
  const of = (variant: FusionNetworkOptions["variant"], presence: Presence = all) => ({
    mca: answers(fusionNetwork({ ...four("mca"), variant }), batch(four("mca"), presence)).flat(),
    everything: answers(everythingNetwork({ ...four("mca"), variant }), batch(four("mca"), presence)).flat(),
  });
  const [corrected, oneNorm, emptyRows, positions] = (
    ["corrected", "one norm", "empty rows", "positions"] as const
  ).map((variant) => of(variant));
  const differ = (a: number[], b: number[]): boolean => a.some((x, i) => Math.abs(x - b[i]!) > 1e-3);
  assert.ok(differ(oneNorm!.mca, corrected!.mca) && differ(oneNorm!.everything, corrected!.everything));
  // where all are there no row is empty: the same up to roundings of two layers
  near(emptyRows!.mca, corrected!.mca, 5e-6, "empty rows, complete");
  assert.ok(differ(of("empty rows", [1, 0, 1, 1]).mca, of("corrected", [1, 0, 1, 1]).mca));
  assert.deepEqual(positions!.mca, corrected!.mca);
  assert.ok(differ(positions!.everything, corrected!.everything));
  near(of("published").mca, oneNorm!.mca, 5e-6, "published, complete");
});

test("everything at once has gradients where a pass has a size of its own: two modalities, and unequal ones", () => {
  for (const tokens of [
    [2, 2],
    [3, 2, 4, 1],
  ]) {
    const options = four("mca", tokens);
    const network = everythingNetwork(options);
    const inputs = batch(options, tokens.map(() => 1)); // prettier-ignore
    const loss = {
      ...{ targets: network.targets, pairs: disjointPairs(network.targets) },
      ...({ complete: "all", contrast: "corrected" } as const),
    };
    const logScale = network.weights["logScale"] as tf.Tensor as tf.Scalar;
    const { grads } = tf.variableGrads(
      () => pairLoss(network.embed(inputs), logScale, loss).loss,
      Object.values(network.weights),
    );
    const kernel = network.weights["encoder/m0/kernel"]!.name;
    assert.ok(grads[kernel]!.dataSync().some((g) => g !== 0));
    assert.ok(Object.values(grads).every((g) => g.dataSync().every(Number.isFinite)));
  }
});
