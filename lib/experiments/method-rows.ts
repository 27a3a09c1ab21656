/** One row a method: what it scores on each held-out person, how sure that is, what it costs, and what was tried. */
import { average } from "../metrics/average";
import type { Circumstances } from "./result-files";
import type { InferenceRow } from "./inference-cost";
import type { Result } from "./result";
import { type MeanScore, meansOverSubjects, type Score, subjectScores } from "./summary";

export interface MeanOf {
  readonly mean: number;
  /** 95 %, by resampling subjects; the mean itself where there is one. */
  readonly lower: number;
  readonly upper: number;
}

export interface MethodRow {
  /** The preset's name. */
  readonly method: string;
  /** Which sensors it has. */
  readonly modalities: readonly string[];
  /** Of each held-out subject, mean over seeds. */
  readonly bySubject: Readonly<Record<string, number>>;
  /** Of what `bySubject` holds. */
  readonly score: Score;
  readonly scores: MeanOf;
  readonly accuracy: MeanOf;
  /** Accuracy of always saying training's commonest class, mean over subjects. */
  readonly floor: number;
  /** NaN in results of older code. */
  readonly negativeLogLikelihood: number;
  readonly folds: number;
  readonly seeds: number;
  readonly parameters: number;
  /** Settings that were tried, chosen by windows for stopping; 1 where nothing was chosen. */
  readonly trials: number;
  /** Training and test of one fold and seed, mean; null where nobody has noted it. */
  readonly seconds: number | null;
  /** Of one window in a batch of one; null where not measured. */
  readonly inference: Pick<InferenceRow, "p50" | "p95" | "mean" | "deviation"> | null;
}

export interface Costs {
  /** Beside the result; undefined where there is none. */
  readonly circumstances?: (result: Result) => Circumstances | undefined;
  readonly inference?: readonly InferenceRow[];
}

/**
 * @param results of one split
 * @returns best mean first
 */
export function methodRows(
  results: readonly Result[],
  score: Score = "macroF1",
  { circumstances = () => undefined, inference = [] }: Costs = {},
): MethodRow[] {
  const splits = new Set(results.map(({ fold }) => fold.split));
  if (splits.size !== 1)
    throw new Error(
      `methodRows: expected results of one split, got [${[...splits].join(", ")}]; choose those of one experiment and split`,
    );
  const names = [...new Set(results.map(({ presetName }) => presetName))];
  const rows = names.map((method): MethodRow => {
    const own = results.filter(({ presetName }) => presetName === method);
    const mean = (of: Score): MeanOf => {
      const [{ mean, lower, upper }] = meansOverSubjects(subjectScores(own, of)) as [MeanScore];
      return { mean, lower, upper };
    };
    const people = subjectScores(own, score);
    const seconds = own.flatMap((result) => circumstances(result)?.seconds ?? []);
    const [first] = own as [Result];
    const asked = inference.find(({ preset, batch }) => preset === method && batch === 1);
    return {
      ...{ method, modalities: first.preset.modalities, score },
      bySubject: Object.fromEntries(people.map(({ subject, score }) => [subject, score])),
      ...{ scores: mean(score), accuracy: mean("accuracy") },
      floor: average(people.map(({ floor }) => floor)),
      negativeLogLikelihood: average(subjectScores(own, "negativeLogLikelihood").map((row) => row.score)),
      folds: new Set(own.map(({ fold }) => fold.heldOut)).size,
      seeds: new Set(own.map(({ seed }) => seed)).size,
      ...{ parameters: first.parameters, trials: Math.max(1, first.trials.length) },
      seconds: seconds.length === own.length ? average(seconds) : null,
      inference: asked
        ? { p50: asked.p50, p95: asked.p95, mean: asked.mean, deviation: asked.deviation }
        : null,
    };
  });
  return rows.sort((a, b) => b.scores.mean - a.scores.mean || a.method.localeCompare(b.method));
}
