/** One run: masks, training, and every question that a trained network is asked. */
import type { StepsContext } from "../contrastive/run-steps";
import type { TokenData, TokenSplit } from "../data/token-data";
import { attentionOnTest } from "./mca-attention";
import { askGaps } from "./mca-gaps";
import { maskOf, trainingPlan } from "./mca-masks";
import { trainMethod } from "./mca-method";
import type { McaRunOptions } from "./mca-options";
import type { McaResult } from "./mca-result";
import { askSubsets } from "./mca-subsets";
import type { McaTask } from "./mca-task";

export type McaMeasured = Pick<
  McaResult,
  "mask" | "parameters" | "multiplyAdds" | "losses" | "chosen" | "subsets" | "tests" | "attention"
>;

/** @returns undefined where the signal asked to stop */
export async function runMca(
  options: McaRunOptions,
  data: TokenData,
  split: TokenSplit,
  context: StepsContext,
): Promise<McaMeasured | undefined> {
  const task: McaTask = { options, data, split, plan: trainingPlan(options, data), context };
  const method = await trainMethod(task);
  if (!method) return undefined;
  const { trained, chosen } = method;
  const measured = {
    mask: maskOf(task),
    subsets: askSubsets(task, method),
    tests: askGaps(task, method),
    attention: options.method === "mca" ? attentionOnTest(task, trained[0]!.network) : null,
    chosen,
    parameters: sum(trained.flatMap(({ network }) => Object.values(network.weights).map(({ size }) => size))),
    multiplyAdds: sum(trained.map((one) => one.multiplyAdds)),
    losses: [...(trained[0]?.losses ?? [])],
  };
  method.dispose();
  return measured;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
