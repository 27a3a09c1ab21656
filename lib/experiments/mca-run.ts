/** One run: masks, training, and every question that a trained network is asked. */
import * as tf from "@tensorflow/tfjs";
import { type Embeddings, embedder } from "../contrastive/embed-all";
import { fusedEmbeddings } from "../contrastive/fused";
import type { StepsContext } from "../contrastive/run-steps";
import { missingPlan, planHash, realisedShare, shareLeft, subsetHistogram } from "../data/missing-plan";
import type { TokenData, TokenSplit } from "../data/token-data";
import { softmax } from "../metrics/softmax";
import { subsetsOf } from "../metrics/subsets";
import { logFrequencies } from "../train/answer-unheard";
import { channelAttention } from "./mca-attention";
import { type Answered, calibrationOfSet } from "./mca-calibration";
import { isContrastive, type McaRunOptions } from "./mca-options";
import { fitProbes, type McaAnswers, mostProbable, scoresOf } from "./mca-probes";
import type { McaResult } from "./mca-result";
import { mcaSamples, type McaSamples } from "./mca-samples";
import { retrievalOf, spaceOf } from "./mca-space";
import { fusionOptions, type McaTrained, trainContrastive, trainSupervised } from "./mca-train";

/** What a method makes of samples under a plan, and what is known of it. */
interface Answering {
  readonly answer: (rows: Int32Array, plan: Uint8Array) => McaAnswers;
  readonly trained: readonly McaTrained[];
  readonly chosen: McaResult["chosen"];
  /** Of contrastive networks alone. */
  readonly embed?: (rows: Int32Array, plan: Uint8Array) => Embeddings;
  readonly dispose: () => void;
}

type AnsweredRows = Answered & McaAnswers & { readonly rows: Int32Array };

export type McaMeasured = Pick<
  McaResult,
  "mask" | "parameters" | "multiplyAdds" | "losses" | "chosen" | "subsets" | "tests" | "attention"
>;

const embedBatch = 64;
/** Probes are fitted on so many training samples at most. */
const probed = 1500;

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
  const method = await train(options, data, split, plan, context);
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
  const attention = options.method === "mca" ? attentionOf(options, data, split, method) : null;
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

async function train(
  options: McaRunOptions,
  data: TokenData,
  split: TokenSplit,
  plan: Uint8Array,
  context: StepsContext,
): Promise<Answering | undefined> {
  const classes = data.classes.length;
  const prior = Float64Array.from(logFrequencies(take(data.labels, split.train), classes), Math.exp);
  const { method } = options;
  if (method === "majority") {
    const answer = (rows: Int32Array): McaAnswers => ({ probabilities: repeated(prior, rows.length) });
    return { answer, trained: [], chosen: null, dispose: () => {} };
  }
  if (method === "single") return trainSingles(options, data, split, plan, prior, context);
  const samples = mcaSamples(data, split.train);
  if (!isContrastive(method)) {
    const trained = await trainSupervised(
      method as "late",
      options,
      samples,
      data,
      split.train,
      plan,
      context,
    );
    return trained && supervisedAnswers(trained, samples);
  }
  const trained = await trainContrastive(options, samples, split.train, plan, context);
  if (!trained) return undefined;
  const { network } = trained;
  const { embed: through, dispose } = embedder(network, embedBatch);
  const embed = (rows: Int32Array, of: Uint8Array): Embeddings =>
    through(rows, (some) => samples.gather(some, of));
  const fused = (rows: Int32Array, of: Uint8Array): Float32Array => {
    const embeddings = embed(rows, of);
    return fusedEmbeddings(embeddings, network, takeRows(of, rows, data.modalities.length));
  };
  // every so many-th: all groups and classes stay in
  const some = split.train.filter((_, i) => i % Math.ceil(split.train.length / probed) === 0);
  const probes = fitProbes(
    fused(some, plan),
    take(data.labels, some),
    classes,
    options.dim,
    data.factor && takeNumbers(data.factor, some),
  );
  return {
    answer: (rows, of) => probes.answer(fused(rows, of)),
    ...{ trained: [trained], chosen: null, embed },
    dispose: () => (dispose(), network.dispose()),
  };
}

function supervisedAnswers(trained: McaTrained, samples: McaSamples): Answering {
  const { embed, dispose } = embedder(trained.network, embedBatch);
  return {
    answer: (rows, plan) => {
      const { targets, dim } = embed(rows, (some) => samples.gather(some, plan));
      return { probabilities: softmaxRows(targets[0]!, dim) };
    },
    ...{ trained: [trained], chosen: null },
    dispose: () => (dispose(), trained.network.dispose()),
  };
}

/** Each modality alone, the best of them on validation; class frequencies where it is absent. */
async function trainSingles(
  options: McaRunOptions,
  data: TokenData,
  split: TokenSplit,
  plan: Uint8Array,
  prior: Float64Array,
  context: StepsContext,
): Promise<Answering | undefined> {
  const count = data.modalities.length;
  const classes = data.classes.length;
  const all: {
    readonly name: string;
    readonly answering: Answering;
    readonly m: number;
    readonly score: number;
  }[] = [];
  for (const [m, { name }] of data.modalities.entries()) {
    const samples = mcaSamples(data, split.train, [m]);
    const has = split.train.filter((row) => plan[row * count + m]);
    const trained = await trainSupervised("late", options, samples, data, has, plan, context);
    if (!trained) return undefined;
    const alone = supervisedAnswers(trained, samples);
    const answer: Answering["answer"] = (rows, of) => {
      const { probabilities } = alone.answer(rows, of);
      rows.forEach((row, i) => of[row * count + m] || probabilities.set(prior, i * classes));
      return { probabilities };
    };
    const guess = mostProbable(answer(split.validation, data.presence).probabilities, classes);
    const hits = guess.filter((g, i) => g === data.labels[split.validation[i]!]).length;
    all.push({ name, m, answering: { ...alone, answer }, score: hits / split.validation.length });
  }
  const best = all.reduce((a, b) => (b.score > a.score ? b : a));
  return {
    answer: best.answering.answer,
    trained: best.answering.trained,
    chosen: {
      modality: best.name,
      validation: Object.fromEntries(all.map(({ name, score }) => [name, score])),
    },
    dispose: () => all.forEach(({ answering }) => answering.dispose()),
  };
}

function attentionOf(
  options: McaRunOptions,
  data: TokenData,
  split: TokenSplit,
  method: Answering,
): McaResult["attention"] {
  const count = data.modalities.length;
  const whole = split.test.filter((row) =>
    data.presence.subarray(row * count, (row + 1) * count).every((there) => there === 1),
  );
  if (whole.length < 2 || options.trunk !== "corrected") return null;
  const samples = mcaSamples(data, split.train);
  const inputs = samples.gather(
    whole.filter((_, i) => i % Math.ceil(whole.length / embedBatch) === 0),
    data.presence,
  );
  const attention = channelAttention(
    fusionOptions(options, samples.modalities),
    method.trained[0]!.network,
    inputs,
  );
  tf.dispose(inputs);
  return attention;
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

/** [row, class] logits → probabilities */
function softmaxRows(logits: Float32Array, classes: number): Float64Array {
  const out = new Float64Array(logits.length);
  for (let at = 0; at < logits.length; at += classes) out.set(softmax(logits.subarray(at, at + classes)), at);
  return out;
}

const take = (values: Int32Array, rows: Int32Array): Int32Array => rows.map((row) => values[row]!);
const takeNumbers = (values: Float64Array, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row]!);
const takeRows = (table: Uint8Array, rows: Int32Array, width: number): Uint8Array =>
  Uint8Array.from(
    { length: rows.length * width },
    (_, at) => table[rows[Math.floor(at / width)]! * width + (at % width)]!,
  );
const repeated = (row: Float64Array, times: number): Float64Array =>
  Float64Array.from({ length: row.length * times }, (_, at) => row[at % row.length]!);
