/** One run: preset × fold × seed → result. A pure function of its arguments and the engine. */
import { createHash } from "node:crypto";
import type * as tf from "@tensorflow/tfjs";
import type { Fold } from "../data/fold";
import { leakAudit } from "../data/leak-audit";
import type { Windows } from "../data/windows";
import { encoders } from "../encoders/registry";
import type { EngineIdentity } from "../engine/identity";
import { engineIdentity } from "../engine/start";
import type { ModalityShape } from "../fusion/inputs";
import { fusions } from "../fusion/registry";
import { majorityRate, scoresBySubject } from "../metrics/by-subject";
import { decide, negativeLogLikelihood } from "../train/evaluate";
import { fit, type FitRequest } from "../train/fit";
import { labelsOf } from "../train/labels";
import { predictor } from "../train/predict";
import type { Profile } from "../workspace";
import { readAttention, summariseAttention } from "./attention";
import { codeHash } from "./code-hash";
import type { Preset } from "./preset";
import type { Result } from "./result";
import { scoresWithout } from "./without";

export interface RunRequest {
  readonly experiment: string;
  readonly profile: Profile;
  readonly presetName: string;
  readonly preset: Preset;
  readonly windows: Windows;
  readonly fold: Fold;
  readonly seed: number;
}

/** Everything between the files and the scores: how windows are made, and what is done with them. */
export const codeOfRun = (): string => codeHash(["experiments/open-data", "experiments/run"]);

/** Another preset, fold, seed, data set, engine or code: another key. */
export function runKey(
  { preset, windows, fold, seed }: Pick<RunRequest, "preset" | "windows" | "fold" | "seed">,
  engine: EngineIdentity = engineIdentity(),
  code: string = codeOfRun(),
): string {
  const parts = [fold.train, fold.stop, fold.calibration, fold.test].map((part) => Array.from(part));
  const identity = {
    preset,
    fold: [fold.split, fold.heldOut, parts],
    seed,
    data: windows.hash,
    engine,
    code,
  };
  return createHash("sha256").update(JSON.stringify(identity)).digest("hex").slice(0, 16);
}

export interface RunOptions extends Pick<FitRequest, "checkpoints" | "signal" | "progress"> {
  /** Called with the trained model before it is freed. */
  readonly keepModel?: (model: tf.LayersModel) => Promise<void>;
}

/** @throws Interrupted where the signal asks to stop; its checkpoints stay, and the next call resumes */
export async function run(request: RunRequest, { keepModel, ...training }: RunOptions = {}): Promise<Result> {
  const { preset, windows, fold, seed } = request;
  if (windows.space.kind !== "class")
    throw new Error("run: expected windows with classes, got others; choose a data set with classes");
  const { classes } = windows.space;
  const model = buildModel(preset, windows, classes.length, seed);
  try {
    const audit = leakAudit(windows, fold);
    // the random arm of the optimism experiment leaks on purpose: that is what it measures
    const allowLeak = fold.split === "random";
    const fitted = await fit({
      ...training,
      model,
      windows,
      fold,
      seed,
      options: preset.training,
      allowLeak,
    });
    if (fitted.interrupted) throw new Interrupted();
    await keepModel?.(model);
    const predict = predictor(model, fitted.scaler);
    const logits = await predict(windows, fold.test);
    const without = await scoresWithout(predict, windows, fold.test, classes.length);
    predict.dispose();
    const attention =
      preset.fusion === "cross-attention"
        ? summariseAttention(await readAttention(model, fitted.scaler, windows, fold.test))
        : null;
    const truth = labelsOf(windows, fold.test);
    const subjects = Array.from(fold.test, (w) => windows.subject[w]!);
    const { samples, segment, subject } = audit.train;
    return {
      experiment: request.experiment,
      profile: request.profile,
      key: runKey(request),
      preset,
      presetName: request.presetName,
      fold: {
        ...{ split: fold.split, heldOut: fold.heldOut, train: fold.train.length, stop: fold.stop.length },
        ...{ calibration: fold.calibration.length, test: fold.test.length },
        missingClasses: {
          stop: [...fold.missingClasses.stop],
          calibration: [...fold.missingClasses.calibration],
        },
      },
      seed,
      data: { name: windows.dataset, hash: windows.hash },
      engine: engineIdentity(),
      code: codeOfRun(),
      classes: [...classes],
      parameters: model.countParams(),
      leak: { samples, segment, subject },
      bestEpoch: fitted.bestEpoch,
      history: [...fitted.history],
      majorityAccuracy: majorityRate(labelsOf(windows, fold.train), truth),
      ...plain(scoresBySubject(subjects, truth, decide(logits), classes.length)),
      negativeLogLikelihood: negativeLogLikelihood(logits, truth),
      without,
      attention,
    };
  } finally {
    model.dispose();
  }
}

/** The user asked to stop. */
export class Interrupted extends Error {
  constructor() {
    super("run: interrupted; start it again to go on from its last epoch");
  }
}

/** The model of a run before training. */
export function buildModel(preset: Preset, windows: Windows, classes: number, seed: number): tf.LayersModel {
  if (windows.names.join() !== preset.modalities.join())
    throw new Error(
      `run: expected windows of [${preset.modalities.join(", ")}] in this order, got [${windows.names.join(", ")}]; use selectModalities`,
    );
  const modalities = preset.modalities.map((name): ModalityShape => {
    const track = windows.tracks[name];
    if (track?.kind !== "sequence")
      throw new Error(
        `run: expected a sequence, got the vector ${name}; encoders of vectors are yet to come`,
      );
    return { name, time: track.time, channels: track.channels.length };
  });
  const { dim, hidden, dropout, heads, reach } = preset;
  const encoder = encoders[preset.encoder].build;
  return fusions[preset.fusion]({ modalities, classes, encoder, dim, hidden, dropout, heads, reach, seed });
}

/** The metrics' readonly tables as the mutable ones of the schema. */
const plain = (scores: ReturnType<typeof scoresBySubject>): Pick<Result, "subjects" | "pooled"> =>
  structuredClone(scores) as unknown as Pick<Result, "subjects" | "pooled">;
