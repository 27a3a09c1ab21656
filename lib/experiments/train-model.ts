/** A preset's model, trained on a fold; of several trials the one that the windows for stopping like best. */
import { join } from "node:path";
import { answerUnheard, logFrequencies } from "../train/answer-unheard";
import { decide, negativeLogLikelihood } from "../train/evaluate";
import { labelsOf } from "../train/labels";
import type { Preset } from "./preset";
import type { Result } from "./result";
import type { RunRequest } from "./run-key";
import type { TrainedModel, Trainer, TrainingContext } from "./trained-model";
import { methodOf, trainers } from "./trainer-registry";
import { presetsToTry } from "./trials";

export type { TrainedModel, TrainingContext } from "./trained-model";

export interface ChosenModel extends TrainedModel {
  /** Of each trial; empty where the preset has none. */
  readonly trials: Result["trials"];
}

type Request = Pick<RunRequest, "preset" | "windows" | "fold" | "seed">;

/**
 * Trials differ in nothing but what they change; test windows take no part in the choice. An interrupted trial goes on
 * from its own checkpoints.
 *
 * @returns undefined where the signal asked to stop
 */
export async function trainModel(
  request: Request,
  classes: number,
  context: TrainingContext,
): Promise<ChosenModel | undefined> {
  const { preset } = request;
  const tried = presetsToTry(preset);
  if (!("trials" in preset) || !preset.trials) {
    const model = await train({ ...request, preset: tried[0]! }, classes, context);
    return model && { ...model, trials: [] };
  }
  let best: { model: TrainedModel; trial: number; loss: number } | undefined;
  const trials: Result["trials"] = [];
  for (const [trial, one] of tried.entries()) {
    let kept = false;
    const model = await train({ ...request, preset: one }, classes, ofTrial(context, trial));
    try {
      const scores = model && (await stopScores(model, request));
      if (!scores) return undefined;
      trials.push({ ...scores, change: { ...preset.trials[trial] }, chosen: false });
      kept = !best || scores.stopLoss < best.loss;
      if (kept) {
        best?.model.dispose();
        best = { model: model!, trial, loss: scores.stopLoss };
      }
    } finally {
      if (!kept) model?.dispose();
      if (trials.length <= trial) best?.model.dispose(); // interrupted, or failed
    }
  }
  return { ...best!.model, trials: trials.map((row, trial) => ({ ...row, chosen: trial === best!.trial })) };
}

async function train(
  request: Request,
  classes: number,
  context: TrainingContext,
): Promise<TrainedModel | undefined> {
  const trainer = trainers[methodOf(request.preset)] as Trainer<"network">; // each takes the presets of its method
  const model = await trainer(
    { ...request, preset: request.preset as Extract<Preset, { fusion: unknown }> },
    classes,
    context,
  );
  const prior = logFrequencies(labelsOf(request.windows, request.fold.train), classes);
  return model && { ...model, predict: answerUnheard(model.predict, prior) };
}

/** Each trial has checkpoints of its own. */
const ofTrial = ({ checkpoints, ...context }: TrainingContext, trial: number): TrainingContext => ({
  ...context,
  ...(checkpoints && {
    checkpoints: {
      folder: join(checkpoints.folder, `trial-${trial}`),
      run: `${checkpoints.run} trial ${trial}`,
    },
  }),
});

/** @throws where there are no windows to choose by */
async function stopScores(
  { predict }: TrainedModel,
  { windows, fold }: Request,
): Promise<{ stopLoss: number; stopAccuracy: number }> {
  if (fold.stop.length === 0)
    throw new Error(
      `run: expected windows for stopping, by which trials are chosen, got none when ${fold.heldOut} is held out; choose a split that holds some back, or a preset without trials`,
    );
  const logits = await predict(windows, fold.stop);
  const labels = labelsOf(windows, fold.stop);
  const right = decide(logits).filter((id, i) => id === labels[i]).length;
  return { stopLoss: negativeLogLikelihood(logits, labels), stopAccuracy: right / labels.length };
}
