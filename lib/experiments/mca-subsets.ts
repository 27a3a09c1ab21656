/** Every combination of modalities: how well, and how sure, does a method answer with these alone? */
import { subsetsOf } from "../metrics/subsets";
import type { Answering } from "./mca-answering";
import { type Answered, calibrationOfSet } from "./mca-calibration";
import { type McaAnswers, scoresOf } from "./mca-probes";
import type { McaResult } from "./mca-result";
import { take, takeNumbers } from "./mca-take";
import type { McaTask } from "./mca-task";

type AnsweredRows = Answered & McaAnswers & { readonly rows: Int32Array };

export function askSubsets({ data, split }: McaTask, { answer }: Answering): McaResult["subsets"] {
  const names = data.modalities.map(({ name }) => name);
  const answered = (part: Int32Array, present: readonly string[]): AnsweredRows | null => {
    const wanted = names.map((name) => Number(present.includes(name)));
    const only = Uint8Array.from(data.presence, (there, at) => there & wanted[at % names.length]!);
    // of those who have all of the set: what is asked is the set, not whatever is left of it
    const rows = part.filter((row) =>
      wanted.every((want, m) => !want || data.presence[row * names.length + m]),
    );
    return rows.length > 0 ? { ...answer(rows, only), labels: take(data.labels, rows), rows } : null;
  };
  const complete = answered(split.validation, names);
  return subsetsOf(names)
    .filter((present) => present.length > 0)
    .map((present) => {
      const test = answered(split.test, present);
      if (!test) return { present, scores: nothing, calibration: null };
      const factor = data.factor && takeNumbers(data.factor, test.rows);
      return {
        present,
        scores: scoresOf(test, test.labels, data.classes.length, factor),
        calibration: calibrationOfSet(
          test,
          complete,
          answered(split.validation, present),
          data.classes.length,
        ),
      };
    });
}

const nothing = {
  samples: 0,
  accuracy: null,
  macroF1: null,
  auroc: null,
  calibrationError: null,
  neighboursF1: null,
  neighboursAuroc: null,
  factor: null,
};
