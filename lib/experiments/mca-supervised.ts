/** Networks that were trained with labels: late and early fusion, and each modality alone. */
import { embedder } from "../contrastive/embed-all";
import type { StepsContext } from "../contrastive/run-steps";
import type { TokenData, TokenSplit } from "../data/token-data";
import { softmax } from "../metrics/softmax";
import { type Answering, embedBatch } from "./mca-answering";
import type { McaRunOptions } from "./mca-options";
import { mostProbable } from "./mca-probes";
import { mcaSamples, type McaSamples } from "./mca-samples";
import { type McaTrained, trainSupervised } from "./mca-train";

export function supervisedAnswers(trained: McaTrained, samples: McaSamples): Answering {
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
export async function trainSingles(
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

/** [row, class] logits → probabilities */
function softmaxRows(logits: Float32Array, classes: number): Float64Array {
  const out = new Float64Array(logits.length);
  for (let at = 0; at < logits.length; at += classes) out.set(softmax(logits.subarray(at, at + classes)), at);
  return out;
}
