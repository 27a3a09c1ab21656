/** What a training run knows after an epoch: its history, its best weights, and whether it goes on. */
import * as tf from "@tensorflow/tfjs";

/** What one epoch gave. */
export interface EpochRecord {
  readonly epoch: number;
  /** Of its last step. */
  readonly learningRate: number;
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  /** On the windows for stopping; null where the fold has none. */
  readonly stopLoss: number | null;
  readonly stopAccuracy: number | null;
}

/** Plain data: what a checkpoint holds beside the weights. */
export interface RunState {
  readonly history: readonly EpochRecord[];
  /** 0 before the first epoch has ended. */
  readonly bestEpoch: number;
  readonly bestLoss: number | null;
}

export const untrained: RunState = { history: [], bestEpoch: 0, bestLoss: null };

/**
 * The best epoch is the one with the least loss on the windows for stopping; without such windows, or where the last is
 * to be kept, the last.
 */
export function afterEpoch(state: RunState, record: EpochRecord, keep: "best" | "last" = "best"): RunState {
  const { epoch, stopLoss } = record;
  const history = [...state.history, record];
  const better = keep === "last" || stopLoss === null || state.bestLoss === null || stopLoss < state.bestLoss;
  return better ? { history, bestEpoch: epoch, bestLoss: stopLoss } : { ...state, history };
}

/** Have `patience` epochs gone by without a better one? */
export const isOver = ({ history, bestEpoch }: RunState, patience: number | null): boolean =>
  patience !== null && history.length - bestEpoch >= patience;

/** The variables' values, copied. */
export const snapshot = (variables: readonly tf.Variable[]): Promise<Float32Array[]> =>
  Promise.all(variables.map(async (variable) => (await variable.data<"float32">()).slice()));

/** Gives the variables the values of a snapshot. */
export function restore(variables: readonly tf.Variable[], values: readonly Float32Array[]): void {
  variables.forEach((variable, i) =>
    tf.tidy(() => variable.assign(tf.tensor(values[i]!.slice(), variable.shape))),
  );
}
