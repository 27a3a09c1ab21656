/** How a trained target fares: on the test windows as recorded and in further domains, before and after a temperature. */
import type { Fold } from "../data/fold";
import type { Scaler } from "../data/scaler";
import type { Windows } from "../data/windows";
import { labelsOf } from "../train/labels";
import type { Predictor } from "../train/predict";
import { domainEdit, domains } from "./d-cat-domains";
import type { DCatResult } from "./d-cat-result";
import { temperatureOf } from "./d-cat-temperature";
import { scoresUnder } from "./subset-scores";

type Scored = Pick<DCatResult, "scores" | "temperature" | "stopMacroF1">;

/** @param sensor whose domains are asked: the target's; other sensors of a fused model stay as they are */
export async function scoreTarget(
  predict: Predictor,
  { windows, fold, sensor, scaler }: { windows: Windows; fold: Fold; sensor: string; scaler: Scaler },
): Promise<Scored> {
  const truth = labelsOf(windows, fold.test);
  const subjects = Array.from(fold.test, (w) => windows.subject[w]!);
  const calibration = await predict(windows, fold.calibration);
  const temperature = temperatureOf(calibration, labelsOf(windows, fold.calibration));
  const scores: DCatResult["scores"] = [];
  for (const domain of domains) {
    const edit = domainEdit(domain, sensor, scaler);
    if (!edit) continue;
    const logits = await predict(windows, fold.test, { edit });
    const raw = scoresUnder(logits, truth, subjects);
    const scaled = scoresUnder(
      logits.map((row) => row.map((z) => z / temperature)),
      truth,
      subjects,
    );
    const both = (a: typeof raw.pooled, b: typeof raw.pooled) => ({
      ...{ windows: a.windows, accuracy: a.accuracy, macroF1: a.macroF1 },
      ...{ negativeLogLikelihood: a.negativeLogLikelihood, ece: a.ece },
      scaled: { negativeLogLikelihood: b.negativeLogLikelihood, ece: b.ece },
    });
    scores.push({
      domain,
      pooled: both(raw.pooled, scaled.pooled),
      subjects: raw.subjects.map((one, i) => ({ subject: one.subject, ...both(one, scaled.subjects[i]!) })),
    });
  }
  const stop = await predict(windows, fold.stop);
  const people = Array.from(fold.stop, () => "all");
  const stopMacroF1 =
    stop.length > 0 ? scoresUnder(stop, labelsOf(windows, fold.stop), people).pooled.macroF1 : null;
  return { scores, temperature, stopMacroF1 };
}
