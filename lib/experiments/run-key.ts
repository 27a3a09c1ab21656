/** What a run is the run of, and the name that it has by that. */
import { createHash } from "node:crypto";
import type { AlignmentName } from "../data/alignment-registry";
import type { Fold } from "../data/fold";
import type { Windows } from "../data/windows";
import type { EngineIdentity } from "../engine/identity";
import { engineIdentity } from "../engine/start";
import type { Profile } from "../workspace";
import { codeHash } from "./code-hash";
import type { Experiment } from "./experiment";
import type { Preset } from "./preset";
import type { StressName } from "./stress-registry";
import { methodOf } from "./trainer-registry";

export interface RunRequest {
  readonly experiment: string;
  readonly profile: Profile;
  readonly presetName: string;
  readonly preset: Preset;
  /** Whose code made the windows and the fold; each result is of one data set and one kind of split. */
  readonly source: Pick<Experiment, "data"> & {
    readonly split: Pick<Experiment["split"], "kind">;
    readonly alignment?: AlignmentName | undefined;
  };
  readonly windows: Windows;
  readonly fold: Fold;
  readonly seed: number;
  /** What the trained model is put through beyond missing sensors. */
  readonly stress?: readonly StressName[] | undefined;
}

type CodeRequest = {
  readonly preset: Preset;
  readonly source: RunRequest["source"];
  readonly stress?: RunRequest["stress"];
};

const members = ({ preset, source, stress = [] }: CodeRequest) => ({
  "experiments/trainer-registry": [methodOf(preset)],
  "encoders/registry": "encoder" in preset ? [preset.encoder] : [],
  "fusion/registry": "fusion" in preset ? [preset.fusion] : [],
  "experiments/data-registry": [source.data],
  "data/alignment-registry": [source.alignment ?? "own-rate"],
  "experiments/split-registry": [source.split.kind],
  "experiments/stress-registry": stress,
});

/** Everything between the files and the scores that a run of this preset on these data can reach. */
export const codeOfRun = (request: CodeRequest): string =>
  codeHash(["experiments/open-data", "experiments/run"], members(request));

/** As far as the trained weights: how they are scored is another matter. */
export const codeOfTraining = (request: CodeRequest): string =>
  codeHash(["engine/start", "experiments/open-data", "experiments/train-model"], members(request));

type KeyRequest = Pick<RunRequest, "preset" | "source" | "windows" | "fold" | "seed" | "stress">;

/** Another preset, fold, seed, data set, engine or code: another key. */
export const runKey = (
  request: KeyRequest,
  engine: EngineIdentity = engineIdentity(),
  code: string = codeOfRun(request),
): string => keyOf(request, engine, code);

/** Names the weights: the same for runs that differ only in how the trained model is scored. */
export const trainingKey = (request: KeyRequest, engine: EngineIdentity = engineIdentity()): string =>
  keyOf({ ...request, stress: [] }, engine, codeOfTraining(request));

function keyOf(
  { preset, windows, fold, seed, stress = [] }: KeyRequest,
  engine: EngineIdentity,
  code: string,
): string {
  const parts = [fold.train, fold.stop, fold.calibration, fold.test].map((part) => Array.from(part));
  const identity = {
    preset,
    fold: [fold.split, fold.heldOut, parts],
    seed,
    data: windows.hash,
    engine,
    code,
    ...(stress.length > 0 && { stress }),
  };
  return createHash("sha256").update(JSON.stringify(identity)).digest("hex").slice(0, 16);
}
