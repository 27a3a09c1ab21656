/** The published fusions: exact size, what they compute, and what a flag of theirs closes and does not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { randomFor } from "fusion";
import { encoders } from "fusion/dist/encoders/registry";
import { lstmPublished } from "fusion/dist/encoders/recurrent-published";
import { withStepSeed } from "fusion/dist/engine/step-seed";
import { earlyPublished } from "fusion/dist/fusion/early-published";
import {
  type HybridPublishedOptions,
  hybridPublished,
  hybridPublishedHead,
  hybridPublishedWeightsOf,
  type HybridSwitches,
} from "fusion/dist/fusion/hybrid-published";
import { latePublished, publishedVotesOf } from "fusion/dist/fusion/late-published";
import { FlagDropout, type PublishedOptions } from "fusion/dist/fusion/published-inputs";
import { assertClose } from "../close";

const imu = { time: 100, channels: 17 };
const pamap2 = [
  { name: "hand", ...imu },
  { name: "chest", ...imu },
  { name: "ankle", ...imu },
  { name: "heart", time: 100, channels: 1 },
];
const published = { dim: 128, hidden: 256, dropout: 0.1, seed: 1, heads: 4 };

/** PyTorch's totals with four LSTM encoders, and what its second bias in each of their two layers adds: 4 · 2 · 4 · 256. */
const totals = {
  early: { build: earlyPublished, of24: 3_550_232, of12: 3_547_148 },
  late: { build: latePublished, of24: 3_503_716, of12: 3_491_380 },
  hybrid: { build: hybridPublished, of24: 3_847_705, of12: 3_844_621 },
} as const;
const secondBiases = 8_192;
/** Three of 17 channels and one of 1, as the registry of encoders has them. */
const lstms = 3 * encoders["lstm-published"].parameters + 822_400;

for (const [name, { build, of24, of12 }] of Object.entries(totals))
  test(`${name}: as many weights as were published, less PyTorch's second biases`, () => {
    const count = (classes: number, encoder: "lstm-published" | "frame-mean"): number => {
      const { build: encode } = encoders[encoder];
      const model = build({ ...published, modalities: pamap2, classes, encoder: encode });
      const parameters = model.countParams();
      model.dispose();
      return parameters;
    };
    const frames = 3 * (17 + 1) * published.dim + 2 * published.dim;
    for (const [classes, total] of [
      [24, of24],
      [12, of12],
    ] as const)
      assert.equal(count(classes, "frame-mean") - frames + lstms, total - secondBiases);
    // three and a half million numbers take a second to draw: once
    if (name === "hybrid") assert.equal(count(24, "lstm-published"), of24 - secondBiases);
  });

const [time, batch, classes, dim, hidden, heads] = [6, 5, 3, 4, 8, 2];
const names = ["hand", "chest", "heart"];
const small = {
  modalities: names.map((name, i) => ({ name, time, channels: i + 1 })),
  encoder: lstmPublished({ hidden: 5, layers: 2, dropout: 0.1 }),
  ...{ classes, dim, hidden, heads, dropout: 0.1, seed: 1 },
} satisfies HybridPublishedOptions;

/** By input name. `gaps`: windows of which a step is invalid, by modality. */
function inputs(
  presence: readonly number[][],
  gaps: Readonly<Record<string, readonly number[]>> = {},
): Record<string, tf.Tensor> {
  const random = randomFor(7, "published inputs");
  const each = small.modalities.map(({ name, channels }) => {
    const validity = Array.from({ length: batch }, (_, w) =>
      Array.from({ length: time }, (_, t) => (gaps[name]?.includes(w) && t === 2 ? 0 : 1)),
    );
    const values = Float32Array.from({ length: batch * time * channels }, () => random.normal());
    return {
      [`${name}_values`]: tf.tensor3d(values, [batch, time, channels]),
      [`${name}_validity`]: tf.tensor2d(validity),
    };
  });
  return Object.assign({ presence: tf.tensor2d(presence as number[][]) }, ...each) as Record<
    string,
    tf.Tensor
  >;
}
const flags = (...row: number[]): number[][] => new Array<number[]>(batch).fill(row);
const ask = (model: tf.LayersModel, named: Record<string, tf.Tensor>): number[] => {
  const answer = model.predict(model.inputNames.map((name) => named[name]!)) as tf.Tensor;
  return [...answer.dataSync()];
};
const louder = (named: Record<string, tf.Tensor>, name: string): Record<string, tf.Tensor> => ({
  ...named,
  [`${name}_values`]: named[`${name}_values`]!.mul(2).add(1),
});
const furthest = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((x, i) => Math.abs(x - b[i]!)));

/** Biases are drawn, too, since zeros would hide a dropped term. */
function unsettle(model: tf.LayersModel): tf.LayersModel {
  const random = randomFor(3, "published weights");
  model.setWeights(
    model.weights.map(({ shape }) =>
      tf.tensor(
        Float32Array.from({ length: tf.util.sizeFromShape(shape as number[]) }, () => 0.6 * random.normal()),
        shape as number[],
      ),
    ),
  );
  return model;
}
const built = (switches: HybridSwitches & Partial<PublishedOptions> = {}): tf.LayersModel =>
  unsettle(hybridPublished({ ...small, ...switches }));

test("hybrid: the loss of a flag leaves its values in the logits; early and late multiply them away", () => {
  const there = inputs(flags(1, 1, 1));
  const absent = inputs(flags(1, 0, 1));
  const moved = (model: tf.LayersModel, named: Record<string, tf.Tensor>): number =>
    furthest(ask(model, named), ask(model, louder(named, "chest")));
  const asModel = { rawZeros: "never" } as const; // as the model is, without the test's raw zeros
  for (const build of [earlyPublished, latePublished]) {
    const model = unsettle(build({ ...small, ...asModel }));
    assert.equal(moved(model, absent), 0);
    assert.ok(moved(model, there) > 0.01);
  }
  const hybrid = built(asModel);
  assert.ok(moved(hybrid, absent) > 0.01, `the absent chest moves a logit by ${moved(hybrid, absent)}`);
  // each mended place alone still lets it through, all of them do not
  for (const one of [{ keys: "masked" }, { mean: "present" }, { shares: "present" }] as const)
    assert.ok(moved(built({ ...asModel, ...one }), absent) > 0, JSON.stringify(one));
  assert.equal(moved(built({ ...asModel, mean: "present", shares: "present" }), absent), 0);
  assert.equal(moved(built({ ...asModel, features: "zeroed" }), absent), 0);
});

test("the published test sets raw input to 0: no value of an absent sensor is left, but an encoder's answer to zeros is", () => {
  const absent = inputs(flags(1, 0, 1));
  const model = built();
  assert.deepEqual(ask(model, louder(absent, "chest")), ask(model, absent));
  const zeros = { ...inputs(flags(1, 1, 1)) };
  zeros["chest_values"] = tf.zerosLike(zeros["chest_values"]!);
  const kept = built({ rawZeros: "never" });
  assert.deepEqual(ask(kept, { ...zeros, presence: absent["presence"]! }), ask(model, absent));
  // a gap in what is zeroed is no gap any more
  assert.deepEqual(ask(model, inputs(flags(1, 0, 1), { chest: [1, 2] })), ask(model, absent));
  const vector = tf.model({
    inputs: model.inputs,
    outputs: model.getLayer("chest_pooled").output as tf.SymbolicTensor,
  });
  assert.ok(Math.max(...ask(vector, absent).map(Math.abs)) > 0.01, "enc(0) is not 0");
});

test("in training a flag is all that is cleared: values still move the logits, unless raw zeros are for training, too", () => {
  const absent = inputs(flags(1, 0, 1));
  const trained = (model: tf.LayersModel, named: Record<string, tf.Tensor>): number[] => {
    const list = model.inputNames.map((name) => named[name]!);
    const run = () => model.apply(list, { training: true }) as tf.Tensor;
    return [...withStepSeed(tf.tensor1d([1, 1], "int32"), run).dataSync()];
  };
  const moved = (model: tf.LayersModel): number =>
    furthest(trained(model, absent), trained(model, louder(absent, "chest")));
  assert.ok(moved(built({ flagDropout: 0 })) > 0.01);
  assert.equal(moved(built({ flagDropout: 0, rawZeros: "always" })), 0);
});

test("flags: as many are cleared as the rate says, never all of a window, none outside of training", () => {
  const layer = new FlagDropout({ name: "flags", rate: 0.4 });
  const presence = tf.tensor2d([...flags(1, 1, 1), ...flags(0, 1, 1)]).tile([200, 1]);
  const run = () => layer.apply(presence, { training: true }) as tf.Tensor;
  const kept = withStepSeed(tf.tensor1d([1, 1], "int32"), run).arraySync() as number[][];
  assert.ok(kept.every((row) => row.reduce((a, b) => a + b) >= 1));
  const [full, lacking] = [0, 1].map((k) => kept.filter((_, i) => Math.floor(i / batch) % 2 === k));
  assert.ok(lacking!.every(([hand]) => hand === 0));
  // of three flags one stays at 0.4 more often: 1 - 0.4 + 0.4³ / 3; 1,000 draws, five deviations
  for (const m of [0, 1, 2]) {
    const share = full!.reduce((sum, row) => sum + row[m]!, 0) / full!.length;
    assert.ok(Math.abs(share - (0.6 + 0.4 ** 3 / 3)) < 5 * Math.sqrt(0.24 / 1000), `${share}`);
  }
  assert.deepEqual((layer.apply(presence) as tf.Tensor).arraySync(), presence.arraySync());
});

test("late: shares are those of all sensors, whoever is there", () => {
  const model = unsettle(latePublished(small));
  const named = inputs(flags(1, 0, 1));
  const votes = publishedVotesOf(model, names).predict(
    model.inputNames.map((name) => named[name]!),
  ) as tf.Tensor[];
  const preference = model.getLayer("votes").getWeights()[0]!.arraySync() as number[];
  const total = preference.reduce((sum, w) => sum + Math.exp(w), 0);
  const expected = Array.from({ length: batch * classes }, (_, i) =>
    votes.reduce((sum, vote, m) => sum + (Math.exp(preference[m]!) / total) * vote.dataSync()[i]!, 0),
  );
  assertClose(ask(model, named), expected, 1e-6); // three terms of single precision
  const chest = votes[1]!.arraySync() as number[][];
  assert.ok(chest.every((row) => furthest(row, chest[0]!) === 0) && Math.abs(chest[0]![0]!) > 0.01);
});

/** The hybrid's head in plain loops, window by window, after its description: a second opinion. */
function plainHead(
  weights: ReadonlyMap<string, tf.Tensor>,
  vectors: readonly (readonly number[] | null)[],
  presence: readonly number[],
  switches: HybridSwitches = {},
): { logits: number[]; shares: number[] } {
  const rows = (name: string): number[][] => weights.get(name)!.arraySync() as number[][];
  const row = (name: string): number[] => weights.get(name)!.arraySync() as number[];
  const times = (x: readonly number[], kernel: string, bias: string): number[] =>
    row(bias).map((b, j) => b + x.reduce((sum, xi, i) => sum + xi * rows(kernel)[i]![j]!, 0));
  const dense = (x: readonly number[], name: string): number[] => times(x, `${name}/kernel`, `${name}/bias`);
  const erf = (x: number): number => {
    if (Math.abs(x) > 4.5) return Math.sign(x); // to 2e-10
    let [sum, term] = [x, x];
    for (let n = 1; n < 120; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  };
  const gelu = (x: number): number => (x * (1 + erf(x / Math.SQRT2))) / 2;
  const flag = presence.map((f, m) => (vectors[m] ? f : 0));
  const p = vectors.map((v, m) =>
    v
      ? dense(switches.features === "zeroed" ? v.map((x) => x * presence[m]!) : v, `${names[m]}_projected`)
      : null,
  );
  const attention = "attended_pairs";
  const hear = (k: number): number[] => {
    const open = switches.keys === "masked" ? flag[k]! : 1; // the softmax over one key is 1, mask or not
    const value = times(p[k]!, `${attention}/value_kernel`, `${attention}/value_bias`);
    return times(
      value.map((x) => open * x),
      `${attention}/output_kernel`,
      `${attention}/output_bias`,
    );
  };
  const attended = p.map((own, q) => {
    if (!own) return new Array<number>(hidden).fill(0);
    const heard = p.flatMap((key, k) =>
      k !== q && key && (switches.mean !== "present" || flag[k]) ? [hear(k)] : [],
    );
    if (heard.length === 0) return own;
    return own.map((x, i) => x / 2 + heard.reduce((sum, y) => sum + y[i]!, 0) / heard.length / 2);
  });
  const scores = attended.map((a, q) => {
    const x = a.map((x) => x * flag[q]!);
    return dense(dense(x, "share_hidden").map(gelu), "share_score")[0]!;
  });
  const raised = scores.map((s, m) => (switches.shares === "present" ? flag[m]! : 1) * Math.exp(s));
  const shares = raised.map((e) => e / raised.reduce((a, b) => a + b));
  const fused = Array.from({ length: hidden }, (_, i) =>
    attended.reduce((sum, a, m) => sum + shares[m]! * a[i]!, 0),
  );
  const mean = fused.reduce((a, b) => a + b) / hidden;
  const variance = fused.reduce((sum, x) => sum + (x - mean) ** 2, 0) / hidden;
  const [gain, bias] = [row("classifier_norm/gain"), row("classifier_norm/bias")];
  const normed = fused.map((x, i) => (gain[i]! * (x - mean)) / Math.sqrt(variance + 1e-5) + bias[i]!);
  return { logits: dense(dense(normed, "classifier_hidden").map(gelu), "logits"), shares };
}

const settings: readonly HybridSwitches[] = [
  {},
  { keys: "masked" },
  { mean: "present" },
  { shares: "present" },
  { features: "zeroed" },
  { features: "zeroed", mean: "present", shares: "present", keys: "masked" },
];

for (const switches of settings)
  test(`hybrid head: what plain loops say, with ${JSON.stringify(switches)}`, () => {
    const model = unsettle(hybridPublishedHead({ ...small, names, ...switches }));
    const weights = new Map(model.weights.map((w) => [w.originalName, w.read()]));
    const random = randomFor(11, "vectors");
    const presence = [
      [1, 1, 1],
      [1, 0, 1],
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ];
    for (const dead of [false, true]) {
      // the heart's encoder answers `None` where no window of the batch is whole
      const vectors = presence.map(() =>
        names.map((name) =>
          dead && name === "heart" ? null : Array.from({ length: dim }, () => random.normal()),
        ),
      );
      const named: Record<string, tf.Tensor> = { presence: tf.tensor2d(presence) };
      names.forEach((name, m) => {
        named[`${name}_vector`] = tf.tensor2d(vectors.map((v) => v[m] ?? new Array<number>(dim).fill(0)));
        named[`${name}_whole`] = tf.tensor2d(vectors.map((v) => [v[m] ? 1 : 0]));
      });
      const used = presence.map((row, w) => [row, vectors[w]!] as const);
      // the heart alone, dead: nobody is left for a softmax over the present
      const some = used.map(([row], w) => ({ row, w })).filter(({ row }) => !dead || row[0]! + row[1]! > 0);
      const [got, [shares]] = [
        ask(model, named),
        hybridPublishedWeightsOf(model).predict(model.inputNames.map((n) => named[n]!)) as tf.Tensor[],
      ];
      for (const { w } of some) {
        const plain = plainHead(weights, vectors[w]!, presence[w]!, switches);
        // single precision through five layers of at most eight terms, on numbers below 30
        assertClose(got.slice(w * classes, (w + 1) * classes), plain.logits, 1e-4, 1e-4, `window ${w}`);
        assertClose((shares!.arraySync() as number[][])[w]!, plain.shares, 1e-5, 1e-4, `shares of ${w}`);
      }
    }
  });

test("hybrid: gaps give a vector of zeros and keep the flag; a sensor with a gap in every window is not there", () => {
  const model = built();
  const weights = new Map(model.weights.map((w) => [w.originalName, w.read()]));
  const vectorsOf = tf.model({
    inputs: model.inputs,
    outputs: names.map((name) => model.getLayer(`${name}_pooled`).output as tf.SymbolicTensor),
  });
  const all = [0, 1, 2, 3, 4];
  for (const [gaps, lost] of [
    [{ hand: [1, 3], heart: all }, ["heart"]],
    [{ hand: [1, 3], heart: [0] }, []],
  ] as const) {
    const named = inputs(flags(1, 1, 1), gaps);
    const vectors = vectorsOf.predict(model.inputNames.map((name) => named[name]!)) as tf.Tensor[];
    const got = ask(model, named);
    for (const w of all) {
      const own = vectors.map((v, m) =>
        (lost as readonly string[]).includes(names[m]!) ? null : (v.arraySync() as number[][])[w]!,
      );
      if ((gaps.hand as readonly number[]).includes(w)) assert.deepEqual(own[0], new Array(dim).fill(0));
      const { logits } = plainHead(weights, own, [1, 1, 1]);
      assertClose(got.slice(w * classes, (w + 1) * classes), logits, 1e-4, 1e-4, `window ${w}`);
    }
  }
});

test("hybrid: a window's answer depends on its company, unless gaps count by window", () => {
  const [some, every] = [{ heart: [0, 1, 2, 3] }, { heart: [0, 1, 2, 3, 4] }];
  const first = (model: tf.LayersModel, gaps: Record<string, number[]>): number[] =>
    ask(model, inputs(flags(1, 1, 1), gaps)).slice(0, classes);
  assert.ok(furthest(first(built(), some), first(built(), every)) > 1e-3);
  const mended = built({ gaps: "window" });
  assert.deepEqual(first(mended, some), first(mended, every));
});

test("hybrid: the missing `continue` changes nothing while features are kept, and excludes the token once they are zeroed", () => {
  const absent = inputs(flags(1, 0, 1));
  assert.deepEqual(ask(built({ skipZeros: true }), absent), ask(built(), absent));
  const [zeroed, skipped] = [built({ features: "zeroed" }), built({ features: "zeroed", skipZeros: true })];
  assert.ok(furthest(ask(zeroed, absent), ask(skipped, absent)) > 1e-3);
  // then means are those of the present; the absent one still gets its share of the sum, for a vector of zeros
  const means = built({ mean: "present" });
  assert.notDeepEqual(ask(skipped, absent), ask(means, absent));
});

test("every switch keeps the list of weights, and a head takes the weights of a whole model by name", () => {
  const listed = (model: tf.LayersModel): string[] => model.weights.map((w) => w.originalName).sort();
  const whole = built();
  for (const switches of [...settings, { gaps: "window" }, { skipZeros: true }] as HybridSwitches[])
    assert.deepEqual(listed(built(switches)), listed(whole));
  const head = hybridPublishedHead({ ...small, names });
  const there = new Map(whole.weights.map((w) => [w.originalName, w.read()]));
  head.setWeights(head.weights.map((w) => there.get(w.originalName)!));
  const named = inputs(flags(1, 0, 1));
  const list = whole.inputNames.map((name) => named[name]!);
  const part = (end: string) =>
    tf
      .model({
        inputs: whole.inputs,
        outputs: names.map((name) => whole.getLayer(`${name}_${end}`).output as tf.SymbolicTensor),
      })
      .predict(list) as tf.Tensor[];
  const [vectors, wholes] = [part("pooled"), part("whole")];
  const asked: Record<string, tf.Tensor> = { presence: named["presence"]! };
  names.forEach((name, m) => {
    asked[`${name}_vector`] = vectors[m]!;
    asked[`${name}_whole`] = wholes[m]!;
  });
  assertClose(ask(head, asked), ask(whole, named), 1e-6);
});

test("an untrained hybrid with the hand alone gives absent sensors about their even share", () => {
  const model = hybridPublished({ ...small, hidden: 64, dim: 32 });
  const named = inputs(flags(1, 0, 0));
  const [shares] = hybridPublishedWeightsOf(model).predict(
    model.inputNames.map((name) => named[name]!),
  ) as tf.Tensor[];
  for (const [hand, chest, heart] of shares!.arraySync() as number[][]) {
    assert.equal(chest, heart); // the score of zeros, twice
    assert.ok(chest! > 0.25 && hand! + chest! + heart! > 0.999);
  }
});

test("saved and loaded layers say the same", () => {
  const model = built({ gaps: "window", shares: "present", keys: "masked" });
  const again = tf.model({ inputs: model.inputs, outputs: model.outputs });
  for (const layer of again.layers.filter(({ name }) =>
    /absence|attended_pairs|fusion_weights|raw_zeros|flag/.test(name),
  )) {
    const Class = layer.constructor as unknown as tf.serialization.SerializableConstructor<tf.layers.Layer>;
    assert.deepEqual(new Class(layer.getConfig()).getConfig(), layer.getConfig());
  }
});
