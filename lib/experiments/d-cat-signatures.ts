/** What transfer does to signatures, to be looked at: a source's, and a target's before and after. */
import type * as tf from "@tensorflow/tfjs";
import { selectModalities } from "../data/select-modalities";
import { fit } from "../train/fit";
import { alignmentOf } from "../transfer/alignments";
import { noCache } from "../transfer/cache";
import { readOut } from "../transfer/read-out";
import type { Profile } from "../workspace";
import { average } from "../metrics/average";
import { newModel, scalerOf } from "./d-cat-alone";
import type { DCatData } from "./d-cat-data";
import { dCat, learnerFor, type Task } from "./d-cat-design";
import { runTask } from "./d-cat-run";

export interface ExampleSignature {
  /** "rich, the source", "poor, untrained", ... */
  readonly of: string;
  /** [dim, dim], in rows: the mean over the test windows of new people. */
  readonly mean: readonly number[];
  readonly dim: number;
  /** Mean over the same windows of ‖S − S_source‖; 0 of the source itself. */
  readonly distance: number;
}

/** The first fold of new people, seed 1: `rich` teaches `poor`, λ 1. */
export async function exampleSignatures(
  { windows, folds }: DCatData,
  profile: Profile,
): Promise<ExampleSignature[]> {
  const fold = folds.ood[0]!;
  const learner = learnerFor("shared-private", "fitted", profile);
  const { dim } = learner;
  const alignment = alignmentOf("signature", { dim, classes: 6 }, { normalisation: "none" });
  const read = async (model: tf.LayersModel, sensor: string): Promise<readonly Float32Array[]> => {
    const asked = { windows: selectModalities(windows, [sensor]), indices: fold.test };
    const scaler = scalerOf({ windows, fold, sensor });
    const { rows } = (await readOut(model, alignment, { ...asked, scaler }))!;
    return rows.map((row) => row.subarray(0, dim * dim)); // behind it stands the number of tokens
  };
  const asked = { windows, fold, learner, seed: 1 };
  const rich = newModel({ ...asked, sensor: "rich" });
  await fit({
    ...{ model: rich, windows: selectModalities(windows, ["rich"]), fold, seed: 1 },
    options: learner.training,
  });
  const source = await read(rich, "rich");
  rich.dispose();
  const untrained = newModel({ ...asked, sensor: "poor" });
  const found = [{ of: "poor, untrained", rows: await read(untrained, "poor") }];
  untrained.dispose();
  for (const [of, method] of [
    ["poor, alone", { kind: "alone" }],
    ["poor, beside rich", { ...dCat, sources: ["rich"] }],
  ] as const) {
    const task: Task = {
      ...{ data: "shared-private", split: "ood", fold: 0, seed: 1, target: "poor", learner },
      ...{ method: method as Task["method"], sourceLearner: learner },
      fitness: { target: "fitted", source: "fitted" },
    };
    const keepModel = async (model: tf.LayersModel): Promise<void> => {
      found.push({ of, rows: await read(model, "poor") });
    };
    await runTask(task, { windows, fold }, { cache: noCache, keepModel });
  }
  return [{ of: "rich, the source", rows: source }, ...found].map(({ of, rows }) => ({
    ...{ of, dim, mean: Array.from({ length: dim * dim }, (_, k) => average(rows.map((row) => row[k]!))) },
    distance: average(rows.map((row, i) => Math.hypot(...row.map((x, k) => x - source[i]![k]!)))),
  }));
}
