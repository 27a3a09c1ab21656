/** So many compiled steps, batch after batch: of contrastive networks and of the supervised ones beside them. */
import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs";
import { type CompiledStep, jit, type Step } from "../engine/jit";
import { type ProgressReporter, stopwatch } from "../train/progress";
import { learningRateAt } from "../train/schedule";

export interface StepsOptions {
  readonly steps: number;
  readonly learningRate: number;
  readonly warmupSteps: number;
  /** For progress: samples in a batch. */
  readonly batchSize: number;
}

export interface StepsContext {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ProgressReporter | undefined;
}

/** Losses are kept as means over so many steps. */
export const stepsPerRecord = 25;

/**
 * @param variables all that the step reads or assigns
 * @param batch the inputs of step 0, 1, ...; freed afterwards
 * @returns mean loss of each `stepsPerRecord` steps; undefined where the signal asked to stop
 * @throws where a loss is not finite
 */
export async function runSteps(
  name: string,
  step: Step,
  variables: readonly tf.Variable[],
  batch: (step: number) => tf.NamedTensorMap,
  options: StepsOptions,
  { signal, progress }: StepsContext = {},
): Promise<number[] | undefined> {
  const { steps, learningRate, warmupSteps, batchSize } = options;
  const schedule = { base: learningRate, minimum: 0, warmupSteps, totalSteps: steps };
  const compiled: CompiledStep = jit(name, step, variables);
  const clock = stopwatch();
  const losses: number[] = [];
  let sum = 0;
  try {
    for (let at = 0; at < steps; at++) {
      if (at % 8 === 0) await setImmediate(); // an interrupt and a notebook's messages get their turn
      if (signal?.aborted) return undefined;
      const inputs = { ...batch(at), rate: tf.scalar(learningRateAt(at, schedule)) };
      const outputs = compiled(inputs);
      const loss = outputs["loss"]!.dataSync()[0]!;
      tf.dispose([inputs, outputs]);
      if (!Number.isFinite(loss))
        throw new Error(
          `${name}: expected a finite loss, got ${loss} in step ${at + 1}; lower learningRate (${learningRate}) or look for NaN in the data`,
        );
      sum += loss;
      if ((at + 1) % stepsPerRecord === 0 || at + 1 === steps) {
        losses.push(
          sum / (at % stepsPerRecord === stepsPerRecord - 1 ? stepsPerRecord : (at % stepsPerRecord) + 1),
        );
        sum = 0;
      }
      progress?.update({
        ...{
          epoch: 1,
          epochs: 1,
          batch: at + 1,
          batches: steps,
          loss,
          metric: { name: "loss", value: loss },
        },
        ...clock(batchSize, (steps - at - 1) * batchSize),
      });
    }
    return losses;
  } finally {
    progress?.clear();
    compiled.dispose();
  }
}
