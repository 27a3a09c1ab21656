/** A preset of today beside the published models: trained and asked as everywhere else, on the same windows. */
import { subsetsOf } from "../metrics/subsets";
import { labelsOf } from "../train/labels";
import { type SubsetAnswer, subsetAnswer } from "./collapse-answers";
import type { CollapseData } from "./collapse-data";
import type { CollapseContext, CollapseTrained } from "./collapse-published";
import type { NetworkPreset } from "./preset";
import { keepOnly } from "./subset-logits";
import { trainModel } from "./train-model";

/** @returns undefined where the signal asked to stop */
export async function trainCorrected(
  preset: NetworkPreset,
  { windows, fold }: CollapseData,
  seed: number,
  { checkpoints, signal, progress }: CollapseContext,
): Promise<CollapseTrained | undefined> {
  if (windows.space.kind !== "class")
    throw new Error("collapse: expected windows with classes, got others; choose a data set with classes");
  const { classes } = windows.space;
  const context = {
    ...(checkpoints && { checkpoints }),
    ...(signal && { signal }),
    ...(progress && { progress }),
  };
  const trained = await trainModel({ preset, windows, fold, seed }, classes.length, context);
  if (!trained) return undefined;
  try {
    const truth = labelsOf(windows, fold.test);
    const subsets: SubsetAnswer[] = [];
    for (const sensors of subsetsOf(windows.names).slice(1)) {
      const logits = await trained.predict(windows, fold.test, {
        edit: (batch) => keepOnly(batch, windows.names, sensors),
      });
      subsets.push(subsetAnswer(sensors, logits, truth, classes));
    }
    return {
      parameters: trained.parameters,
      steps: preset.training.epochs * Math.floor(fold.train.length / preset.training.batchSize),
      history: trained.history.map(({ epoch, trainLoss, trainAccuracy }) => ({
        epoch,
        trainLoss,
        trainAccuracy,
      })),
      answers: [{ switch: "as trained", subsets }],
      norms: [],
    };
  } finally {
    trained.dispose();
  }
}
