/** What a process of a grid does: one run after the other, over windows that it opens once. */
import { worker } from "workerpool";
import type { EngineIdentity } from "../engine/identity";
import { makeRun, type RunPlaces } from "./make-run";
import { type Plan, requestsOfPlan } from "./plan";
import { runKey, type RunRequest } from "./run-key";
import { startLike, toldProgress } from "./worker-news";

export interface GridTask {
  readonly plan: Plan;
  readonly key: string;
  readonly places: RunPlaces;
  readonly engine: EngineIdentity;
  readonly prepared: string;
  /** Data set → where it lies. */
  readonly dataSets: Readonly<Record<string, string>>;
}

let opened: { readonly plan: string; readonly requests: Promise<Map<string, RunRequest>> } | undefined;

async function make({ plan, key, places, engine, prepared, dataSets }: GridTask): Promise<void> {
  await startLike(engine);
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
  await makeRun(request, places, { progress: toldProgress() });
}

worker({ make });
