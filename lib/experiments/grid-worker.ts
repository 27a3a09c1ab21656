/** What a process of a grid does: one run after the other, over windows that it opens once. */
import { worker, workerEmit } from "workerpool";
import type { EngineIdentity } from "../engine/identity";
import { startEngine } from "../engine/start";
import type { Progress } from "../train/progress";
import { makeRun, type RunPlaces } from "./make-run";
import { type Plan, requestsOfPlan } from "./plan";
import { runKey, type RunRequest } from "./run-key";

export interface GridTask {
  readonly plan: Plan;
  readonly key: string;
  readonly places: RunPlaces;
  /** The engine of the process that asks: its keys hold for no other. */
  readonly engine: EngineIdentity;
  readonly prepared: string;
  /** Data set → where it lies. */
  readonly dataSets: Readonly<Record<string, string>>;
}

/** What it says while it works. */
export type GridNews = { readonly process: number } | { readonly progress: Progress };

let opened: { readonly plan: string; readonly requests: Promise<Map<string, RunRequest>> } | undefined;

async function make({ plan, key, places, engine, prepared, dataSets }: GridTask): Promise<void> {
  workerEmit({ process: process.pid } satisfies GridNews);
  await startEngine({ engine: engine.name, threads: engine.threads, oneDnn: engine.oneDnn });
  const name = JSON.stringify(plan);
  if (opened?.plan !== name) {
    const find = (dataSet: string): string => dataSets[dataSet]!;
    const requests = requestsOfPlan(plan, { find, prepared });
    opened = { plan: name, requests: requests.then((all) => new Map(all.map((r) => [runKey(r), r]))) };
  }
  const request = (await opened.requests).get(key);
  if (!request)
    throw new Error(
      `grid worker: expected the run ${key} among those of ${plan.experiment}, got none; code or data have changed since the grid began: start it again`,
    );
  let told = { epoch: 0, at: -Infinity };
  const update = (progress: Progress): void => {
    if (progress.epoch === told.epoch && performance.now() - told.at < 200) return;
    told = { epoch: progress.epoch, at: performance.now() };
    workerEmit({ progress } satisfies GridNews);
  };
  await makeRun(request, places, { progress: { update, clear: () => {} } });
}

worker({ make });
