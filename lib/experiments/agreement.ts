/** Do the weights that a model gives its sensors say which of them its answer needs? Window by window. */
import * as tf from "@tensorflow/tfjs";
import type { Scaler } from "../data/scaler";
import type { Windows } from "../data/windows";
import { fusionWeightsOf, hasFusionWeights } from "../fusion/fusion-weights-of";
import { keysByModality } from "../metrics/attention-summary";
import { type Importance, leaveOneOut, shapley } from "../metrics/importance";
import { kendall } from "../metrics/rank-agreement";
import { softmax } from "../metrics/softmax";
import { openRows, readEvenly, type WindowAttention } from "../metrics/window-attention";
import { predictor } from "../train/predict";
import { randomFor } from "../random";
import type { ReadAttention } from "./attention";
import type { Result } from "./result";
import type { SubsetLogits } from "./subset-logits";

/** What a model looks at in each window. */
export interface SensorWeights {
  readonly of: "attention" | "fusion weights";
  /** [window]: by sensor; of those that are there they sum to 1. */
  readonly weights: readonly Importance[];
  /** [window]: the same of a reader without any preference. */
  readonly even: readonly Importance[];
}

/** The mean over heads and queries of the weight on each sensor's tokens. */
export function attentionWeights({ windows, modality }: ReadAttention): SensorWeights {
  const names = [...new Set(modality)];
  const received = (read: readonly WindowAttention[]): Importance[] =>
    keysByModality(read, modality).map((window) => {
      const rows = openRows(window);
      const mean = (key: number): number =>
        rows.reduce((sum, { weights }) => sum + weights[key]!, 0) / (rows.length || 1);
      return Object.fromEntries(names.map((name, key) => [name, mean(key)]));
    });
  return { of: "attention", weights: received(windows), even: received(readEvenly(windows)) };
}

/** @returns undefined where the model weighs nothing */
export async function fusionWeights(
  model: tf.LayersModel,
  scaler: Scaler,
  windows: Windows,
  indices: Int32Array,
): Promise<SensorWeights | undefined> {
  if (!hasFusionWeights(model)) return undefined;
  const read = predictor(fusionWeightsOf(model), scaler);
  const rows = await read(windows, indices);
  read.dispose();
  const { names, presence } = windows;
  const named = (row: ArrayLike<number>): Importance =>
    Object.fromEntries(names.map((name, m) => [name, row[m]!]));
  const even = Array.from(indices, (w) => {
    const there = presence.subarray(w * names.length, (w + 1) * names.length);
    const count = there.reduce((a, b) => a + b, 0) || 1;
    return named(Array.from(there, (flag) => flag / count));
  });
  return { of: "fusion weights", weights: rows.map(named), even };
}

export interface Asked {
  readonly windows: Windows;
  readonly indices: Int32Array;
  /** [window], class ids */
  readonly truth: Int32Array;
  /** Of all sets of sensors. */
  readonly subsets: readonly SubsetLogits[];
}

type Agreement = Result["agreement"][number];

/**
 * Beside the weights: what a sensor is worth to the answer of the same window, v(S) being the probability that the
 * model gives the true class when the sensors of S are left. Two controls: the weights of another window, drawn at
 * random, which know the habits of the model but not this window, and this window's weights dealt out to its sensors
 * at random, which know nothing.
 */
export function agreementOf({ of, weights, even }: SensorWeights, asked: Asked): Agreement {
  const worth = windowWorth(asked);
  const { windows, indices, truth } = asked;
  const classes = windows.space.kind === "class" ? windows.space.classes : [];
  const random = randomFor(1, "agreement", of);
  const others = random.permutation(indices.length);
  const rows = worth.map(({ sensors, occlusion, shapley: fair }, i) => {
    const order = random.permutation(sensors.length);
    const seen = sensors.map((name) => weights[i]![name]!);
    const controls = {
      otherWindow: sensors.map((name) => weights[others[i]!]![name]!),
      permuted: sensors.map((_, k) => seen[order[k]!]!),
    };
    const ranks = (wanted: Importance) => {
      const needed = sensors.map((name) => wanted[name]!);
      return {
        kendall: kendall(seen, needed),
        otherWindow: kendall(controls.otherWindow, needed),
        permuted: kendall(controls.permuted, needed),
      };
    };
    const subject = windows.subject[indices[i]!]!;
    return { subject, class: classes[truth[i]!]!, occlusion: ranks(occlusion), shapley: ranks(fair) };
  });
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  return {
    of,
    ranks: subjects.flatMap((subject) =>
      (["occlusion", "shapley"] as const).map((worth) => {
        const own = rows.filter((row) => row.subject === subject).map((row) => row[worth]);
        return {
          ...{ subject, worth, windows: own.length },
          kendall: meanOfFinite(own.map((row) => row.kendall)),
          otherWindow: meanOfFinite(own.map((row) => row.otherWindow)),
          permuted: meanOfFinite(own.map((row) => row.permuted)),
        };
      }),
    ),
    sensors: [...new Set(rows.map((row) => row.class))].sort().flatMap((name) =>
      windows.names.map((sensor) => {
        const own = rows.flatMap((row, i) => (row.class === name ? [i] : []));
        const mean = (of: (i: number) => number | undefined): number =>
          own.reduce((sum, i) => sum + (of(i) ?? 0), 0) / own.length;
        return {
          ...{ class: name, sensor },
          weight: mean((i) => weights[i]![sensor]),
          even: mean((i) => even[i]![sensor]),
          occlusion: mean((i) => worth[i]!.occlusion[sensor]),
          shapley: mean((i) => worth[i]!.shapley[sensor]),
        };
      }),
    ),
  };
}

/** [window]: what each sensor that is there is worth to its answer. */
function windowWorth({ windows, indices, truth, subsets }: Asked): {
  readonly sensors: readonly string[];
  readonly occlusion: Importance;
  readonly shapley: Importance;
}[] {
  const { names, presence } = windows;
  const bySet = new Map(subsets.map(({ present, test }) => [present.join("\n"), test]));
  return Array.from(indices, (w, i) => {
    const sensors = names.filter((_, m) => presence[w * names.length + m] === 1);
    const value = (present: readonly string[]): number =>
      softmax(bySet.get(present.join("\n"))![i]!)[truth[i]!]!;
    return { sensors, occlusion: leaveOneOut(sensors, value), shapley: shapley(sensors, value) };
  });
}

/** Windows in which nothing is told apart do not count; null where there is no other. */
function meanOfFinite(values: readonly number[]): number | null {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? null : finite.reduce((sum, x) => sum + x, 0) / finite.length;
}
