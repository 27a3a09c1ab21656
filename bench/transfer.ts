/** What does it cost to follow a source whose signatures are cached? A target's step with and without, one thread. */
import { performance } from "node:perf_hooks";
import * as tf from "@tensorflow/tfjs";
import { cutWindows, fitScaler, gatherBatch, jit, quantile, randomFor, type Recording, startEngine, subjectGroups, unimodalModel, type Windows } from "fusion"; // prettier-ignore
import { convEncoder } from "fusion/dist/encoders/conv";
import { adamW } from "fusion/dist/train/adamw";
import { inputTensors, oneHotTargets, weightsOf } from "fusion/dist/train/tensors";
import { trainStep } from "fusion/dist/train/train-step";
import { alignmentOf } from "fusion/dist/transfer/alignments";
import { learnedParts } from "fusion/dist/transfer/combine";
import { transferStep } from "fusion/dist/transfer/transfer-step";
import { withSources } from "fusion/dist/transfer/with-sources";

const rounds = Number(process.argv[process.argv.indexOf("--rounds") + 1]) || 60;

/** What is trained, by the steps and channels of a window: the simulator's sensor and those of the real grids (d-cat-data.ts). */
const targets = [
  { name: "simulated", time: 64, channels: 3, dims: [32, 64] },
  { name: "UTD-MHAD's inertial sensor", time: 64, channels: 6, dims: [32] },
  { name: "UTD-MHAD's skeleton", time: 32, channels: 60, dims: [32] },
  { name: "SP-SW-HAR's watch", time: 128, channels: 6, dims: [32] },
  { name: "PAMAP2's hand", time: 256, channels: 9, dims: [32] },
] as const;

async function main(): Promise<void> {
  await startEngine({ threads: 1 });
  for (const { dims, ...target } of targets) for (const dim of dims) measure({ ...target, dim });
}

/** Noise: how long a step takes does not hang on what the sensor says. */
function noise(time: number, channels: number): Windows {
  const [windows, classes, rateHz] = [60, 6, 50];
  const recordings = ["1", "2", "3", "4"].map((subject): Recording => {
    const random = randomFor(1, "noise", subject);
    const steps = windows * time;
    return {
      ...{ dataset: "noise", subject, session: subject },
      space: { kind: "class", classes: Array.from({ length: classes }, (_, i) => `${i}`) },
      modalities: {
        target: {
          kind: "sequence",
          channels: Array.from({ length: channels }, (_, i) => ({ name: `${i}`, unit: "1" })),
          rateHz,
          seconds: Float64Array.from({ length: steps }, (_, i) => i / rateHz),
          values: Float32Array.from({ length: steps * channels }, () => random.normal()),
        },
      },
      segments: Array.from({ length: windows }, (_, i) => ({
        ...{ startSeconds: (i * time) / rateHz, endSeconds: ((i + 1) * time) / rateHz },
        target: [i % classes],
      })),
    };
  });
  return cutWindows(recordings, { lengthSeconds: time / rateHz, strideSeconds: time / rateHz });
}

function measure(of: { name: string; time: number; channels: number; dim: number }): void {
  const { name, time, channels, dim } = of;
  const target = noise(time, channels);
  const fold = subjectGroups(target, { seed: 1, groups: 4 })[0]!;
  const scaler = fitScaler(target, fold);
  const alignment = alignmentOf("signature", { dim, classes: 6 }, { normalisation: "none" });
  const rows = Array.from({ length: target.count }, () => new Float32Array(alignment.width).fill(0.1));
  const paired = withSources(target, [{ name: "source", rows, pairing: Int32Array.from(rows.keys()) }]);
  const make = () => {
    const sizes = { modality: "target", time, channels, dim, classes: 6, heads: 1, dropout: 0.2 };
    const model = unimodalModel({ ...sizes, encoder: convEncoder, seed: 1 });
    const { trained, all } = weightsOf(model);
    const optimiser = adamW(trained, { weightDecay: 0.01 });
    return { model, optimiser, variables: [...all, ...optimiser.slots] };
  };
  const [a, b] = [make(), make()];
  const alone = jit("alone", trainStep(a.model, a.optimiser, { clipNorm: 1, labelSmoothing: 0, noise: 0 }), a.variables); // prettier-ignore
  const objective = {
    ...{ alignment, sources: ["source"], lambda: 1, reduction: "mean_over_gated" as const, dim },
    ...{ combination: "mean" as const, labelSmoothing: 0, classWeights: undefined },
    learned: learnedParts(1, { combination: "mean", map: false, dim }),
  };
  const beside = jit("beside", transferStep(b.model, b.optimiser, { clipNorm: 1 }, objective), b.variables);
  /** Gathering counts: what is cached has to be copied into each batch. */
  const once = (of: Windows, step: typeof alone, at: number): number => {
    const started = performance.now();
    const indices = Int32Array.from({ length: 32 }, (_, i) => (i + 7 * at) % of.count);
    const batch = gatherBatch(of, indices, { scaler });
    const seed = tf.tensor1d([1, at], "int32");
    const inputs = {
      ...inputTensors(batch),
      targets: oneHotTargets(batch, 6),
      rate: tf.scalar(1e-3),
      seed,
    };
    const outputs = step(inputs);
    outputs["loss"]!.dataSync();
    tf.dispose([inputs, outputs]);
    return performance.now() - started;
  };
  const ratios: number[] = [];
  const times: number[] = [];
  for (let at = 0; at < rounds + 20; at++) {
    const [x, y] = [once(target, alone, at), once(paired, beside, at)];
    if (at >= 20) {
      ratios.push(y / x);
      times.push(x);
    }
  }
  const middle = (values: number[], p: number): string =>
    quantile(
      [...values].sort((u, v) => u - v),
      p,
    ).toFixed(2);
  console.log(
    `${name}, ${time} × ${channels}, dim ${dim}, batch 32: beside a cached source ${middle(ratios, 0.5)} × alone (quartiles ${middle(ratios, 0.25)} to ${middle(ratios, 0.75)}; alone ${middle(times, 0.5)} ms, ${rounds} rounds)`,
  );
}

void main();
