/** Makes a committed result again, beside it, and compares. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Workspace } from "fusion";
import { requestsOf } from "fusion/dist/experiments/grid";
import { reproduced, type Reproduced } from "fusion/dist/experiments/reproduced";
import { run } from "fusion/dist/experiments/run";
import type { RunRequest } from "fusion/dist/experiments/run-key";
import { readResult, resultFile, writeResult } from "fusion/dist/experiments/store";
import { requireDataSet } from "fusion/dist/workspace";
import type { Committed } from "./choose";

export interface Recomputed {
  readonly committed: Committed;
  readonly seconds: number;
  /** Undefined where nothing of this preset, fold and seed is run any more. */
  readonly outcome: (Reproduced & { readonly sameBytes: boolean }) | undefined;
}

/** The runs of an experiment share their windows; they are read once. */
const requests = new Map<string, readonly RunRequest[]>();

/** Writes below build/reproduce; `results/` is read only. */
export async function recompute(committed: Committed, place: Workspace): Promise<Recomputed> {
  const { experiment: name, result, file } = committed;
  const folders = {
    prepared: place.prepared,
    find: (dataSet: string) => requireDataSet(place, dataSet),
  };
  const all = requests.get(name) ?? (await requestsOf(name, { profile: result.profile, folders }));
  requests.set(name, all);
  const request = all.find(
    ({ presetName, fold, seed }) =>
      presetName === result.presetName &&
      fold.split === result.fold.split &&
      fold.heldOut === result.fold.heldOut &&
      seed === result.seed,
  );
  if (!request) return { committed, seconds: 0, outcome: undefined };
  const started = performance.now();
  const made = await run(request);
  const seconds = (performance.now() - started) / 1000;
  const folder = join(place.root, "build", "reproduce");
  writeResult(folder, made, { seconds, finished: "", host: "", commit: "" });
  const written = resultFile(folder, made.profile, made.experiment, made.key);
  const sameBytes = readFileSync(written).equals(readFileSync(file));
  return { committed, seconds, outcome: { ...reproduced(result, readResult(written)), sameBytes } };
}
