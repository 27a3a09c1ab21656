/** Modalities that are lost at random in testing: scores of all and of each group, retrieval, and the space of embeddings. */
import type { TokenData } from "../data/token-data";
import type { Answering } from "./mca-answering";
import { planHash } from "../data/missing-plan";
import { testingPlan } from "./mca-masks";
import { type McaAnswers, mostProbable, scoresOf } from "./mca-probes";
import type { McaResult } from "./mca-result";
import { retrievalOf, spaceOf } from "./mca-space";
import { take, takeNumbers, takeRows } from "./mca-take";
import type { McaTask } from "./mca-task";

export function askGaps({ options, data, split }: McaTask, method: Answering): McaResult["tests"] {
  const { test } = split;
  const names = data.modalities.map(({ name }) => name);
  const factor = data.factor && takeNumbers(data.factor, test);
  return options.testAt.map((p) => {
    const plan = testingPlan(options, data, p);
    const answers = method.answer(test, plan);
    const embeds = method.embed && { embed: method.embed, network: method.trained[0]!.network };
    return {
      p,
      maskHash: planHash(plan),
      scores: scoresOf(answers, take(data.labels, test), data.classes.length, factor),
      groups: groupAccuracy(data, test, answers),
      retrieval: embeds
        ? retrievalOf(embeds.network, names, candidates(data, test), plan, data.groups, embeds.embed)
        : [],
      space: embeds
        ? spaceOf(
            embeds.network,
            embeds.embed(test, plan),
            takeRows(plan, test, names.length),
            Array.from(test, (row) => data.groups[row]!),
          )
        : null,
    };
  });
}

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
