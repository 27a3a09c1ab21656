/** Asks a trained published hybrid under any switch: its encoders once, its head as often as there are sets of sensors. */
import * as tf from "@tensorflow/tfjs";
import type { Scaler } from "../data/scaler";
import type { Windows } from "../data/windows";
import { jit } from "../engine/jit";
import { hybridPublishedHead, type HybridPublishedOptions } from "../fusion/hybrid-published";
import { predictor } from "../train/predict";
import { weightsOf } from "../train/tensors";
import type { CollapseSwitch } from "./collapse-switches";

interface Asked {
  readonly windows: Windows;
  readonly scaler: Scaler;
  readonly test: Int32Array;
}

export interface HybridAnswer {
  readonly sensors: readonly string[];
  /** [window, class] */
  readonly logits: readonly Float32Array[];
  /** [modality]: mean fusion weights. */
  readonly shares: readonly number[];
}

export interface HybridAnswerer {
  ask(how: CollapseSwitch, subsets: readonly (readonly string[])[]): HybridAnswer[];
  readonly norms: readonly {
    readonly sensor: string;
    readonly ofZeros: number;
    readonly ofWindows: number;
  }[];
}

const batchSize = 256;

/** @param model of these options, trained; with raw zeros where it is asked */
export async function hybridAnswerer(
  model: tf.LayersModel,
  options: HybridPublishedOptions,
  { windows, scaler, test }: Asked,
): Promise<HybridAnswerer> {
  const { names } = windows;
  const { dim } = options;
  const encoders = encodersOf(model, names);
  const encode = predictor(encoders, scaler);
  const edit = ({ inputs }: { inputs: Readonly<Record<string, { values: Float32Array }>> }): void =>
    void inputs["presence"]!.values.fill(0);
  const real = await encode(windows, test); // [window][M · dim + M]
  const [zeros] = (await encode(windows, test.subarray(0, 1), { edit })) as [Float32Array];
  encode.dispose();
  const vector = (row: Float32Array, m: number): Float32Array => row.subarray(m * dim, (m + 1) * dim);
  const whole = (row: Float32Array, m: number): number => row[names.length * dim + m]!;
  const norm = (x: Float32Array): number => Math.hypot(...x);
  const norms = names.map((sensor, m) => {
    const open = real.filter((row) => whole(row, m) === 1);
    const total = open.reduce((sum, row) => sum + norm(vector(row, m)), 0);
    return { sensor, ofZeros: norm(vector(zeros, m)), ofWindows: open.length ? total / open.length : 0 };
  });

  const ask: HybridAnswerer["ask"] = ({ switches, rawZeros }, subsets) => {
    const { classes, hidden, heads, dropout, seed } = options;
    const head = hybridPublishedHead({ names, classes, dim, hidden, heads, dropout, seed, ...switches });
    const own = new Map(model.weights.map((w) => [w.originalName, w.read()]));
    head.setWeights(head.weights.map((w) => own.get(w.originalName)!));
    const weighing = tf.model({
      inputs: head.inputs,
      outputs: [head.outputs[0]!, head.getLayer("fusion_weights").output as tf.SymbolicTensor],
    });
    const step = jit(
      "hybrid head",
      (inputs) => {
        const list = head.inputNames.map((name) => inputs[name]!);
        const [logits, shares] = weighing.apply(list, { training: false }) as tf.Tensor[];
        return { logits: logits!, shares: shares! };
      },
      weightsOf(head).all,
    );
    const answers = subsets.map((sensors) => {
      const logits: Float32Array[] = [];
      const total = new Float64Array(names.length);
      for (let start = 0; start < real.length; start += batchSize) {
        // the last batch repeats its last window, so that one graph serves all batches
        const rows = Array.from({ length: batchSize }, (_, i) => real[Math.min(start + i, real.length - 1)]!);
        const inputs: tf.NamedTensorMap = {
          presence: tf.tensor2d(rows.map(() => names.map((name) => (sensors.includes(name) ? 1 : 0)))),
        };
        names.forEach((name, m) => {
          const from = (row: Float32Array): Float32Array =>
            rawZeros && !sensors.includes(name) ? zeros : row;
          const flat = new Float32Array(batchSize * dim);
          rows.forEach((row, i) => flat.set(vector(from(row), m), i * dim));
          inputs[`${name}_vector`] = tf.tensor2d(flat, [batchSize, dim]);
          inputs[`${name}_whole`] = tf.tensor2d(rows.map((row) => [whole(from(row), m)]));
        });
        const outputs = step(inputs);
        const [said, weighed] = [outputs["logits"]!.dataSync(), outputs["shares"]!.dataSync()];
        tf.dispose([inputs, outputs]);
        const count = Math.min(batchSize, real.length - start);
        for (let i = 0; i < count; i++) {
          logits.push(Float32Array.from(said.subarray(i * options.classes, (i + 1) * options.classes)));
          names.forEach((_, m) => (total[m]! += weighed[i * names.length + m]!));
        }
      }
      return { sensors, logits, shares: Array.from(total, (sum) => sum / real.length) };
    });
    step.dispose();
    head.dispose();
    return answers;
  };
  return { ask, norms };
}

/** A model over the trained one's encoders: [vector of each modality; whole of each], in one row. */
function encodersOf(model: tf.LayersModel, names: readonly string[]): tf.LayersModel {
  const outputs = ["pooled", "whole"].flatMap((end) =>
    names.map((name) => model.getLayer(`${name}_${end}`).output as tf.SymbolicTensor),
  );
  const row = tf.layers.concatenate({ name: "encoded" }).apply(outputs) as tf.SymbolicTensor;
  return tf.model({ inputs: model.inputs, outputs: row, name: "published_encoders" });
}
