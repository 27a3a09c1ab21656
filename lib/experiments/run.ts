/** One run: preset × fold × seed → result. A pure function of its arguments and the engine. */
import type * as tf from "@tensorflow/tfjs";
import { leakAudit } from "../data/leak-audit";
import { engineIdentity } from "../engine/start";
import type { Result } from "./result";
import { codeOfRun, runKey, type RunRequest } from "./run-key";
import { scoreModel } from "./score-model";
import { stresses } from "./stress-registry";
import type { ModelLogits } from "./subset-logits";
import { trainModel, type TrainingContext } from "./train-model";

export interface RunOptions extends TrainingContext {
  /** Called with the trained model before it is freed. */
  readonly keepModel?: (model: tf.LayersModel) => Promise<void>;
  /** Called with what the scores are made of: for every set of sensors, on calibration and test windows. */
  readonly keepLogits?: (logits: ModelLogits) => void;
}

/** @throws Interrupted where the signal asks to stop; its checkpoints stay, and the next call resumes */
export async function run(
  request: RunRequest,
  { keepModel, keepLogits, ...context }: RunOptions = {},
): Promise<Result> {
  const { preset, windows, fold, seed, stress = [] } = request;
  if (windows.space.kind !== "class")
    throw new Error("run: expected windows with classes, got others; choose a data set with classes");
  const { classes } = windows.space;
  const { samples, segment, subject } = leakAudit(windows, fold).train;
  const trained = await trainModel(request, classes.length, context);
  if (!trained) throw new Interrupted();
  try {
    if (trained.network) await keepModel?.(trained.network);
    const { scores, logits } = await scoreModel(trained, windows, fold, classes.length);
    keepLogits?.(logits);
    const faults: Result["faults"] = [];
    for (const name of stress) {
      const { predict, scaler } = trained;
      faults.push(...(await stresses[name]({ predict, scaler, windows, asked: fold.test, seed })));
    }
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
      code: codeOfRun(request),
      classes: [...classes],
      parameters: trained.parameters,
      leak: { samples, segment, subject },
      bestEpoch: trained.bestEpoch,
      history: [...trained.history],
      trials: trained.trials,
      ...scores,
      faults,
    };
  } finally {
    trained.dispose();
  }
}

/** The user asked to stop. */
export class Interrupted extends Error {
  constructor() {
    super("run: interrupted; start it again to go on from its last epoch");
  }
}
