/** Our LSTM and GRU against the stock layers whose place they take. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { jit } from "fusion";
import { GRU, gru } from "fusion/dist/encoders/gru-layer";
import { LSTM, lstm, type LstmConfig } from "fusion/dist/encoders/lstm-layer";

const [batch, time, channels, units] = [3, 6, 5, 4];
const x = tf.randomNormal<tf.Rank.R3>([batch, time, channels], 0, 1, "float32", 1);
const plain = { units, recurrentActivation: "sigmoid" } as const;

/** Of float32 sums of some dozens of terms near 1 in another order. */
const tolerance = 2e-6;

function assertNear(got: readonly tf.Tensor[], expected: readonly tf.Tensor[], what: string): void {
  assert.equal(got.length, expected.length, what);
  got.forEach((tensor, i) => {
    assert.deepEqual(tensor.shape, expected[i]!.shape, what);
    const apart = tensor.sub(expected[i]!).abs().max().dataSync()[0]!;
    assert.ok(apart <= tolerance * (1 + expected[i]!.abs().max().dataSync()[0]!), `${what} ${i}: ${apart}`);
  });
}

/** Both as a model with the same random weights. */
function pair(ours: tf.layers.Layer, stock: tf.layers.Layer, states = 0) {
  const model = (layer: tf.layers.Layer): tf.LayersModel => {
    const inputs = [
      tf.input({ shape: [time, channels] }),
      ...Array.from({ length: states }, () => tf.input({ shape: [units] })),
    ];
    return tf.model({ inputs, outputs: layer.apply(inputs) as tf.SymbolicTensor[] });
  };
  const [mine, theirs] = [model(ours), model(stock)];
  theirs.setWeights(theirs.getWeights().map((w, i) => tf.randomNormal(w.shape, 0, 0.7, "float32", 10 + i)));
  mine.setWeights(theirs.getWeights());
  return { mine, theirs };
}

const outputsOf = (model: tf.LayersModel, inputs: tf.Tensor[]): tf.Tensor[] => [model.predict(inputs)].flat();

const gradientsOf = (model: tf.LayersModel, inputs: tf.Tensor[]): tf.Tensor[] => {
  const variables = model.trainableWeights.map((w) => w.read() as tf.Variable);
  const loss = (): tf.Scalar =>
    tf.addN([model.apply(inputs) as tf.Tensor | tf.Tensor[]].flat().map((y) => y.square().sum())).asScalar();
  const { grads } = tf.variableGrads(loss, variables);
  return variables.map(({ name }) => grads[name]!);
};

const kinds = {
  lstm: { ours: lstm, stock: tf.layers.lstm, states: 2 },
  gru: { ours: gru, stock: tf.layers.gru, states: 1 },
} as const;

const options: readonly Omit<LstmConfig, "units">[] = [
  {},
  { returnSequences: true },
  { returnSequences: true, returnState: true },
  { returnState: true, goBackwards: true },
  { returnSequences: true, goBackwards: true },
  { useBias: false },
  { activation: "relu" },
  { recurrentActivation: "hardSigmoid" },
];

for (const [kind, { ours, stock, states }] of Object.entries(kinds)) {
  for (const option of options)
    test(`${kind} gives the values and gradients of the stock layer with ${JSON.stringify(option)}`, () => {
      const config = { ...plain, ...option };
      const { mine, theirs } = pair(ours({ ...config }), stock({ ...config }));
      assertNear(outputsOf(mine, [x]), outputsOf(theirs, [x]), "output");
      assertNear(gradientsOf(mine, [x]), gradientsOf(theirs, [x]), "gradient");
      mine.dispose();
      theirs.dispose();
    });

  test(`${kind} starts from a given state as the stock layer does`, () => {
    const config = { ...plain, returnSequences: true };
    const { mine, theirs } = pair(ours({ ...config }), stock({ ...config }), states);
    const start = Array.from({ length: states }, (_, i) =>
      tf.randomNormal([batch, units], 0, 1, "float32", 5 + i),
    );
    assertNear(outputsOf(mine, [x, ...start]), outputsOf(theirs, [x, ...start]), "output");
    assertNear(gradientsOf(mine, [x, ...start]), gradientsOf(theirs, [x, ...start]), "gradient");
  });

  test(`${kind} with a given state may have several outputs, and keeps the state to itself`, () => {
    const zero = ours({ ...plain, units: channels, returnSequences: true, returnState: true });
    const [input, ...start] = [
      tf.input({ shape: [time, channels] }),
      ...Array.from({ length: states }, () => tf.input({ shape: [channels] })),
    ];
    const [sequence, ...ends] = zero.apply([input, ...start]) as tf.SymbolicTensor[];
    const after = ours({ ...plain }); // starts from 0: its width is another
    const outputs = [after.apply(sequence!) as tf.SymbolicTensor, ...ends];
    const model = tf.model({ inputs: [input, ...start], outputs });
    const state = Array.from({ length: states }, () => tf.ones([batch, channels]));
    const [whole, ...found] = zero.apply([x, ...state]) as unknown as tf.Tensor[];
    const got = model.apply([x, ...state]) as tf.Tensor[]; // one kwargs for all layers; predict has none
    assertNear(got, [after.apply(whole!) as tf.Tensor, ...found], "output");
  });

  test(`${kind} has the stock layer's configuration and weights`, () => {
    const config = {
      ...plain,
      name: `same_${kind}`,
      unitForgetBias: true,
      kernelInitializer: "heNormal",
    } as const;
    const [mine, theirs] = [ours({ ...config }), stock({ ...config })];
    assert.deepEqual(mine.getConfig(), theirs.getConfig());
    assert.equal(mine.getClassName(), theirs.getClassName());
    const shapes = (layer: tf.layers.Layer): unknown => {
      layer.apply(x);
      return layer.weights.map(({ originalName, shape }) => ({ originalName, shape }));
    };
    assert.deepEqual(shapes(mine), shapes(theirs));
  });

  test(`a model with ${kind} opens as a stock model, and the other way round`, async () => {
    const Ours = { lstm: LSTM, gru: GRU }[kind]!;
    const Stock = Object.getPrototypeOf(Ours) as typeof LSTM;
    const reopen = async (model: tf.LayersModel): Promise<tf.LayersModel> => {
      let saved: tf.io.ModelArtifacts | undefined;
      await model.save(
        tf.io.withSaveHandler((artifacts) => {
          saved = artifacts;
          return Promise.resolve({
            modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" },
          });
        }),
      );
      return tf.loadLayersModel(tf.io.fromMemory(saved!));
    };
    const config = { ...plain, returnSequences: true };
    const { mine, theirs } = pair(ours({ ...config }), stock({ ...config }));
    const expected = outputsOf(theirs, [x]);
    const again = await reopen(theirs);
    assert.ok(again.layers[1] instanceof Ours);
    assertNear(outputsOf(again, [x]), expected, "stock opened as ours");
    tf.serialization.registerClass(Stock);
    try {
      const without = await reopen(mine);
      assert.ok(without.layers[1] instanceof Stock && !(without.layers[1] instanceof Ours));
      assertNear(outputsOf(without, [x]), expected, "ours opened as stock");
    } finally {
      tf.serialization.registerClass(Ours);
    }
  });
}

/** Whether a call of the layer runs as one operation. */
async function runsWhole(layer: tf.layers.Layer, kwargs = {}): Promise<boolean> {
  const { kernelNames } = await tf.profile(() => layer.apply(x, kwargs) as tf.Tensor);
  return kernelNames.some((name) => name.endsWith("Sequence"));
}

test("sigmoid and tanh run as one operation, anything else as the stock layer does", async () => {
  const dropping = { ...plain, dropout: 0.5 };
  const stateful = { ...plain, stateful: true, batchInputShape: [batch, time, channels] };
  const all: readonly [boolean, tf.layers.Layer, kwargs?: object][] = [
    [true, lstm({ ...plain })],
    [true, gru({ ...plain, resetAfter: true })],
    [true, lstm({ ...dropping }), { training: false }],
    [false, lstm({ ...dropping }), { training: true }],
    [false, lstm({ ...plain, recurrentDropout: 0.5 }), { training: true }],
    [false, lstm({ ...plain }), { mask: tf.ones([batch, time]) }],
    [false, lstm({ ...stateful })],
    [false, lstm({ units })], // hardSigmoid
    [false, lstm({ ...plain, activation: "relu" })],
    [false, gru({ units, resetAfter: true })],
    [false, gru({ ...plain })],
  ];
  for (const [whole, layer, kwargs] of all)
    assert.equal(await runsWhole(layer, kwargs), whole, JSON.stringify([layer.getConfig(), kwargs]));
});

test("gru with resetAfter is one function, whether run whole or step by step", () => {
  const whole = gru({ ...plain, resetAfter: true, returnSequences: true, returnState: true });
  const stepwise = gru({ ...plain, resetAfter: true, returnSequences: true, returnState: true });
  const { mine, theirs } = pair(whole, stepwise);
  const masked = (inputs: tf.Tensor): tf.Tensor[] =>
    stepwise.apply(inputs, { mask: tf.ones([batch, time]) }) as unknown as tf.Tensor[]; // a mask goes step by step
  assertNear(outputsOf(mine, [x]), masked(x), "output");
  const { grads } = tf.variableGrads(
    () => tf.addN(masked(x).map((y) => y.square().sum())).asScalar(),
    theirs.trainableWeights.map((w) => w.read() as tf.Variable),
  );
  assertNear(gradientsOf(mine, [x]), Object.values(grads), "gradient");
});

test("gru with resetAfter keeps its configuration, its weights and its answer when saved", async () => {
  const layer = gru({ ...plain, resetAfter: true });
  const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [time, channels] }), layer] });
  assert.deepEqual(
    model.getWeights().map(({ shape }) => shape),
    [
      [channels, 3 * units],
      [units, 3 * units],
      [2, 3 * units],
    ],
  );
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      saved = artifacts;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } });
    }),
  );
  const again = await tf.loadLayersModel(tf.io.fromMemory(saved!));
  assert.equal(again.layers.at(-1)!.getConfig()["resetAfter"], true);
  assert.deepEqual(outputsOf(again, [x])[0]!.dataSync(), outputsOf(model, [x])[0]!.dataSync());
});

test("gru names the dropout that resetAfter does not know", () => {
  assert.throws(() => gru({ ...plain, resetAfter: true, dropout: 0.5 }), {
    message: "GRU: expected no dropout with resetAfter, got 0.5 and 0; put KeyedDropout between layers",
  });
});

for (const [kind, make] of [
  ["lstm", lstm],
  ["gru", (config: LstmConfig) => gru({ ...config, resetAfter: true })],
] as const) {
  test(`${kind} used twice in one model, eager and compiled, has the sum of both gradients`, () => {
    const shared = make({ units: channels, recurrentActivation: "sigmoid", returnSequences: true });
    const input = tf.input({ shape: [time, channels] });
    const model = tf.model({
      inputs: input,
      outputs: shared.apply(shared.apply(input)) as tf.SymbolicTensor,
    });
    const variables = model.trainableWeights.map((w) => w.read() as tf.Variable);
    const step = ({ x }: tf.NamedTensorMap): tf.NamedTensorMap =>
      tf.variableGrads(() => (model.apply(x!) as tf.Tensor).square().sum().asScalar(), variables).grads;
    const eager = step({ x });
    const compiled = jit(kind, step, variables)({ x });
    const names = variables.map(({ name }) => name);
    assertNear(
      names.map((name) => compiled[name]!),
      names.map((name) => eager[name]!),
      "compiled",
    );
    // by hand: two layers with the same weights, whose gradients are added
    const [first, second] = [0, 1].map(() =>
      make({ units: channels, recurrentActivation: "sigmoid", returnSequences: true }),
    );
    const two = tf.sequential({
      layers: [tf.layers.inputLayer({ inputShape: [time, channels] }), first!, second!],
    });
    two.setWeights([...model.getWeights(), ...model.getWeights()]);
    const apart = gradientsOf(two, [x]);
    assertNear(
      names.map((name) => eager[name]!),
      names.map((_, i) => apart[i]!.add(apart[i + names.length]!)),
      "twice",
    );
  });

  test(`${kind} leaves no tensor behind, in prediction and in training`, () => {
    const model = tf.sequential({
      layers: [
        tf.layers.inputLayer({ inputShape: [time, channels] }),
        make({ ...plain, returnSequences: true }),
      ],
    });
    const before = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) {
      tf.dispose(model.predict(x));
      tf.dispose(gradientsOf(model, [x]));
    }
    // the loss's value is disposed with its scope; `variableGrads` hands over the gradients and the value
    assert.equal(tf.memory().numTensors - before, 3, "the value of each of three losses");
  });
}
