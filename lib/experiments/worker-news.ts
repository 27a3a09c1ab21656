/** What a process of a grid tells the one that asks: which it is, and how far its training is. */
import { workerEmit } from "workerpool";
import type { EngineIdentity } from "../engine/identity";
import { startEngine } from "../engine/start";
import type { Progress, ProgressReporter } from "../train/progress";
import type { GridNews } from "./make-all";

/** The engine of the process that asks: its keys hold for no other. */
export async function startLike({ name, threads, oneDnn }: EngineIdentity): Promise<void> {
  workerEmit({ process: process.pid } satisfies GridNews);
  await startEngine({ engine: name, threads, oneDnn });
}

/** Five times a second, and each new epoch. */
export function toldProgress(): ProgressReporter {
  let told = { epoch: 0, at: -Infinity };
  const update = (progress: Progress): void => {
    if (progress.epoch === told.epoch && performance.now() - told.at < 200) return;
    told = { epoch: progress.epoch, at: performance.now() };
    workerEmit({ progress } satisfies GridNews);
  };
  return { update, clear: () => {} };
}
