/** The transfer chapter's questions as studies. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { engineIdentity } from "../engine/start";
import { majorityRate } from "../metrics/by-subject";
import { labelsOf } from "../train/labels";
import { type Cache, folderCache } from "../transfer/cache";
import type { Profile } from "../workspace";
import { codeHash } from "./code-hash";
import { type DCatData, openDCat } from "./d-cat-data";
import { type DCatDataName, Task } from "./d-cat-design";
import { directionOf, labelOf } from "./d-cat-label";
import { type DCatName, dCatNames, dCatStudies } from "./d-cat-questions";
import { DCatResult } from "./d-cat-result";
import { runTask } from "./d-cat-run";
import { tasksOf } from "./d-cat-tasks";
import { readStudyResult, type Study, type StudyContext } from "./study";

/** Signatures of dim 32 take 4 KB a window, so some 10 MB a source. */
const cacheBytes = 2e9;

/** Everything between the files and the scores that a training can reach. */
export const codeOfDCat = (): string =>
  codeHash(["experiments/d-cat-data", "experiments/d-cat-run"], { "data/alignment-registry": ["own-rate"] });

export function dCatKey(task: Task, { windows, folds }: DCatData): string {
  const fold = folds[task.split][task.fold]!;
  const parts = [fold.train, fold.stop, fold.calibration, fold.test].map((part) => Array.from(part));
  const identity = { task, parts, data: windows.hash, engine: engineIdentity(), code: codeOfDCat() };
  return createHash("sha256").update(JSON.stringify(identity)).digest("hex").slice(0, 16);
}

/** @returns undefined where the signal asked to stop */
export async function makeDCat(
  name: DCatName,
  profile: Profile,
  task: Task,
  data: DCatData,
  cache: Cache,
  context: StudyContext,
): Promise<DCatResult | undefined> {
  const { windows } = data;
  const fold = data.folds[task.split][task.fold]!;
  if (windows.space.kind !== "class")
    throw new Error("d-cat: expected windows with classes, got others; choose a data set with classes");
  const outcome = await runTask(task, { windows, fold }, { ...context, cache });
  if (!outcome) return undefined;
  const { split, heldOut } = fold;
  const [train, stop, calibration, test] = [fold.train, fold.stop, fold.calibration, fold.test].map(
    (p) => p.length,
  );
  return DCatResult.parse({
    experiment: name,
    profile,
    key: dCatKey(task, data),
    task,
    data: { name: windows.dataset, hash: windows.hash },
    engine: engineIdentity(),
    code: codeOfDCat(),
    classes: [...windows.space.classes],
    fold: { split, heldOut, train, stop, calibration, test },
    majorityAccuracy: majorityRate(labelsOf(windows, fold.train), labelsOf(windows, fold.test)),
    ...outcome,
  });
}

export function dCatStudy(name: DCatName): Study {
  const data: readonly DCatDataName[] = dCatStudies[name].data;
  return {
    name,
    data: data.filter((one) => one !== "shared-private"),
    async runs(profile, folders) {
      const cache = folderCache(join(folders.prepared, "d-cat-sources"), cacheBytes);
      const opened = new Map<DCatDataName, DCatData>();
      for (const one of data) opened.set(one, await openDCat(one, profile, folders));
      return tasksOf(name, profile).map((task) => {
        const from = opened.get(task.data)!;
        return {
          key: dCatKey(task, from),
          title: titleOf(task),
          weight: task.learner.training.epochs * from.folds[task.split][task.fold]!.train.length,
          make: (context) => makeDCat(name, profile, task, from, cache, context),
        };
      });
    },
    isStale(file) {
      const { code, task, profile } = readStudyResult(DCatResult, file);
      // parsed as the result's own was: its fields are in the form's order
      const wanted = tasksOf(name, profile).map((one) => JSON.stringify(Task.parse(one)));
      return code !== codeOfDCat() || !wanted.includes(JSON.stringify(task));
    },
  };
}

const titleOf = (task: Task): string =>
  `${task.data}, ${directionOf(task)}, ${labelOf(task)}, ${task.split} ${task.fold + 1}, seed ${task.seed}`;

export const dCatStudyList: readonly Study[] = dCatNames.map(dCatStudy);
