/** Time and memory of a contrastive training step by the number of modalities, each method and number in a process of its own. */
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import * as tf from "@tensorflow/tfjs";
import { contrastPairs, describeEngine, disjointPairs, jit, startEngine } from "fusion";
import { contrastiveStep } from "fusion/dist/contrastive/contrastive-step";
import type { McaModalityRow } from "fusion/dist/experiments/mca-bench";
import { costNetwork, costOptions, networkSizes } from "fusion/dist/experiments/mca-costs";
import { adamW } from "fusion/dist/train/adamw";
import { alternate, type Pace, type Turn } from "./alternate";
import { median, quantile } from "./ratio";
import { resident } from "./resident";
import { Way } from "./way";

export const costMethods = ["MCA", "Zorro", "Zorro, one token", "everything at once"] as const;
type Method = (typeof costMethods)[number];

const batch = 32;

/** "2..8" → 2, 3, ..., 8 @throws where it is no such range */
export function modalitiesOf(range: string): number[] {
  const [, from, to] = /^(\d+)\.\.(\d+)$/.exec(range) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (!(first >= 2 && last >= first && last <= 10))
    throw new Error(`bench: --modalities: expected a range within 2..10, such as 2..8, got ${range}`);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Methods take turns at each number of modalities. */
export async function measureModalities(
  counts: readonly number[],
  script: string,
  pace: Pace,
  warmUpSeconds: number,
): Promise<McaModalityRow[]> {
  const rows: McaModalityRow[] = [];
  for (const modalities of counts) {
    const sizes = networkSizes(modalities);
    const turns = costMethods.map((method): Turn => ({
      way: new Way(method, process.execPath, [script, "--work-modalities", `${modalities},${method}`]),
      ...{ peaks: false, warmUpSeconds },
    }));
    const taken = await alternate(turns, pace);
    taken.forEach((one, i) => {
      const method = costMethods[i]!;
      if (typeof one === "string") throw new Error(`bench: expected ${method} to train, got "${one}"`);
      const { tokens } = sizes.find((one) => one.method === method)!;
      const row: McaModalityRow = {
        ...{ method, modalities, batch, tokens, parameters: one.about.parameters },
        milliseconds: median(one.milliseconds),
        ...{ lower: quantile(one.milliseconds, 0.25), upper: quantile(one.milliseconds, 0.75) },
        memoryMegabytes: one.memory,
      };
      const memory = row.memoryMegabytes === null ? "memory unknown" : `${row.memoryMegabytes.toFixed(0)} MB`;
      console.log(
        `  ${modalities} modalities, ${method}: ${row.milliseconds.toFixed(1)} ms (${row.lower.toFixed(1)} to ${row.upper.toFixed(1)}), ${memory}, ${tokens} tokens`,
      );
      rows.push(row);
    });
  }
  return rows;
}

/** The process at the other end of a way. @param order "4,MCA" */
export async function workModalities(order: string): Promise<void> {
  const comma = order.indexOf(",");
  const [modalities, method] = [Number(order.slice(0, comma)), order.slice(comma + 1) as Method];
  const library = describeEngine(await startEngine({ threads: 1 }));
  const { step, inputs, parameters } = stepOf(modalities, method);
  const go = (steps: number) => {
    const [begun, busy] = [performance.now(), process.cpuUsage()];
    const losses = Array.from({ length: steps }, () => {
      const outputs = step(inputs);
      const loss = outputs["loss"]!.dataSync()[0]!;
      tf.dispose(outputs);
      return loss;
    });
    const { user, system } = process.cpuUsage(busy);
    return { milliseconds: performance.now() - begun, processor: (user + system) / 1000, losses };
  };
  let held: number | null | undefined;
  const answer = (word: string, count: number): unknown => {
    if (word === "about") return { parameters, library };
    if (word === "memory") return held == null ? null : resident("VmHWM")! - held;
    if (held !== undefined) return go(count);
    held = resident("VmRSS");
    const steps = go(count);
    if (held !== null) writeFileSync("/proc/self/clear_refs", "5"); // the peak begins anew
    return steps;
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const [word, count] = line.split(" ");
    let said: unknown;
    try {
      said = answer(word!, Number(count));
    } catch (error) {
      said = { error: (error as Error).message }; // or whoever asked would wait for ever
    }
    console.log(JSON.stringify(said));
  }
  process.exit(0);
}

/** Encoders, trunk, pooling, all pairs of the method, AdamW. */
function stepOf(modalities: number, method: Method) {
  const options = costOptions(modalities);
  const network = costNetwork(method, modalities);
  const { targets } = network;
  const pairs = network.root === undefined ? disjointPairs(targets) : contrastPairs(targets, [1, 2, 3, 4]);
  const weights = Object.values(network.weights);
  const optimiser = adamW(weights, { weightDecay: 1e-2 });
  const loss = { targets, pairs, complete: "all", contrast: "corrected" } as const;
  const step = jit("mca", contrastiveStep(network, optimiser, loss, Infinity), [
    ...weights,
    ...optimiser.slots,
  ]);
  const inputs: tf.NamedTensorMap = {
    presence: tf.ones([batch, modalities]),
    rate: tf.scalar(1e-3),
  };
  options.modalities.forEach(({ name, tokens, width }, m) => {
    inputs[`${name}_values`] = tf.randomNormal([batch, tokens, width], 0, 1, "float32", m + 1);
    inputs[`${name}_validity`] = tf.ones([batch, tokens]);
  });
  return { step, inputs, parameters: weights.reduce((sum, weight) => sum + weight.size, 0) };
}
