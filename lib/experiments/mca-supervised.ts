/** Networks that were trained with labels: late and early fusion, and each modality alone. */
import { probabilitiesOf } from "../calibration/probabilities";
import { embedder } from "../contrastive/embed-all";
import { type Answering, embedBatch } from "./mca-answering";
import { mostProbable } from "./mca-probes";
import { mcaSamples, type McaSamples } from "./mca-samples";
import type { McaTask } from "./mca-task";
import { type McaTrained, trainSupervised } from "./mca-train";

export function supervisedAnswers(trained: McaTrained, samples: McaSamples): Answering {
  const { embed, dispose } = embedder(trained.network, embedBatch);
  return {
    answer: (rows, plan) => {
      const { targets, dim } = embed(rows, (some) => samples.gather(some, plan));
      const logits = { windows: rows.length, classes: dim, values: Float64Array.from(targets[0]!) };
      return { probabilities: probabilitiesOf(logits).values };
    },
    ...{ trained: [trained], chosen: null },
    dispose: () => (dispose(), trained.network.dispose()),
  };
}

/** Each modality alone, the best of them on validation; class frequencies where it is absent. */
export async function trainSingles(task: McaTask, prior: Float64Array): Promise<Answering | undefined> {
  const { data, split, plan } = task;
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
    const trained = await trainSupervised("late", task, samples, has);
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
