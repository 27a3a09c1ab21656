/** One run: masks, training, and every question that a trained network is asked. */
import type { StepsContext } from "../contrastive/run-steps";
import { missingPlan, planHash, realisedShare, shareLeft, subsetHistogram } from "../data/missing-plan";
import type { TokenData, TokenSplit } from "../data/token-data";
import { subsetsOf } from "../metrics/subsets";
import { attentionOnTest } from "./mca-attention";
import { type Answered, calibrationOfSet } from "./mca-calibration";
import { trainMethod } from "./mca-method";
import type { McaRunOptions } from "./mca-options";
import { type McaAnswers, mostProbable, scoresOf } from "./mca-probes";
import type { McaResult } from "./mca-result";
import { retrievalOf, spaceOf } from "./mca-space";
import { take, takeNumbers, takeRows } from "./mca-take";
import type { McaTrained } from "./mca-train";

type AnsweredRows = Answered & McaAnswers & { readonly rows: Int32Array };

export type McaMeasured = Pick<
  McaResult,
  "mask" | "parameters" | "multiplyAdds" | "losses" | "chosen" | "subsets" | "tests" | "attention"
>;

/** @returns undefined where the signal asked to stop */
export async function runMca(
  options: McaRunOptions,
  data: TokenData,
  split: TokenSplit,
  context: StepsContext,
): Promise<McaMeasured | undefined> {
  const names = data.modalities.map(({ name }) => name);
  const asked = { ...data, modalities: names.length };
  const masks = { seed: options.maskSeed, data: data.name };
  const { always, never, empty } = options;
  const plan = missingPlan(asked, { ...masks, rule: options.missing, always, never, empty });
  const own = takeRows(plan, split.train, names.length);
  const p =
    options.missing.kind === "at-random" && typeof options.missing.p === "number" ? options.missing.p : null;
  const isPlain =
    p !== null && always.length + never.length === 0 && data.presence.every((there) => there === 1);
  const mask = {
    hash: planHash(plan),
    left: shareLeft(own),
    expected: isPlain ? (empty === "keep" ? 1 - p : realisedShare(p, names.length)) : null,
    sets: Object.fromEntries(subsetHistogram(own, names.length)),
  };
  const method = await trainMethod(options, data, split, plan, context);
  if (!method) return undefined;
  const scores = (rows: Int32Array, answers: McaAnswers) =>
    scoresOf(
      answers,
      take(data.labels, rows),
      data.classes.length,
      data.factor && takeNumbers(data.factor, rows),
    );

  const answered = (part: Int32Array, present: readonly string[]): AnsweredRows | null => {
    const wanted = names.map((name) => Number(present.includes(name)));
    const only = Uint8Array.from(data.presence, (there, at) => there & wanted[at % names.length]!);
    // of those who have all of the set: what is asked is the set, not whatever is left of it
    const rows = part.filter((row) =>
      wanted.every((want, m) => !want || data.presence[row * names.length + m]),
    );
    return rows.length > 0 ? { ...method.answer(rows, only), labels: take(data.labels, rows), rows } : null;
  };
  const complete = answered(split.validation, names);
  const subsets = subsetsOf(names)
    .filter((present) => present.length > 0)
    .map((present) => {
      const test = answered(split.test, present);
      if (!test) return { present, scores: nothing, calibration: null };
      const own = answered(split.validation, present);
      const calibration = calibrationOfSet(test, complete, own, data.classes.length);
      return { present, scores: scores(test.rows, test), calibration };
    });

  const tests = options.testAt.map((chance) => {
    const hidden = missingPlan(asked, { ...masks, rule: { kind: "at-random", p: chance } });
    const answers = method.answer(split.test, hidden);
    const { embed, trained } = method;
    return {
      p: chance,
      maskHash: planHash(hidden),
      scores: scores(split.test, answers),
      groups: groupAccuracy(data, split.test, answers),
      retrieval: embed
        ? retrievalOf(trained[0]!.network, names, candidates(data, split.test), hidden, data.groups, embed)
        : [],
      space: embed
        ? spaceOf(
            trained[0]!.network,
            embed(split.test, hidden),
            takeRows(hidden, split.test, names.length),
            Array.from(split.test, (row) => data.groups[row]!),
          )
        : null,
    };
  });
  const attention =
    options.method === "mca" ? attentionOnTest(options, data, split, method.trained[0]!.network) : null;
  const sum = (of: (trained: McaTrained) => number): number =>
    method.trained.reduce((total, one) => total + of(one), 0);
  const measured = {
    ...{ mask, subsets, tests, attention, chosen: method.chosen },
    parameters: sum(({ network }) =>
      Object.values(network.weights).reduce((total, weight) => total + weight.size, 0),
    ),
    multiplyAdds: sum((one) => one.multiplyAdds),
    losses: [...(method.trained[0]?.losses ?? [])],
  };
  method.dispose();
  return measured;
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

/** Test samples of which no two share a measurement. */
function candidates({ apart }: TokenData, test: Int32Array): Int32Array {
  if (!apart) return test;
  const wanted = new Set(apart);
  return test.filter((row) => wanted.has(row));
}

function groupAccuracy(
  data: TokenData,
  rows: Int32Array,
  { probabilities }: McaAnswers,
): Record<string, number> {
  const guess = mostProbable(probabilities, data.classes.length);
  const hits = new Map<string, number[]>();
  rows.forEach((row, i) => {
    const group = data.groups[row]!;
    hits.set(group, [...(hits.get(group) ?? []), Number(guess[i] === data.labels[row])]);
  });
  return Object.fromEntries(
    [...hits].map(([group, all]) => [group, all.reduce((a, b) => a + b, 0) / all.length]),
  );
}
