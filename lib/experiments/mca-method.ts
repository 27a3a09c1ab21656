/** From a method's name to something that answers: class frequencies, networks with labels, networks with probes. */
import { type Embeddings, embedder } from "../contrastive/embed-all";
import { fusedEmbeddings } from "../contrastive/fused";
import { logFrequencies } from "../train/answer-unheard";
import { type Answering, embedBatch } from "./mca-answering";
import { isContrastive } from "./mca-options";
import { fitProbes } from "./mca-probes";
import { mcaSamples } from "./mca-samples";
import { supervisedAnswers, trainSingles } from "./mca-supervised";
import { take, takeNumbers, takeRows } from "./mca-take";
import type { McaTask } from "./mca-task";
import { trainContrastive, trainSupervised } from "./mca-train";

/** Probes are fitted on so many training samples at most. */
const probed = 1500;

/** Trains what the options name, and says how it is asked; undefined where the signal asked to stop. */
export async function trainMethod(task: McaTask): Promise<Answering | undefined> {
  const { options, data, split } = task;
  const { method } = options;
  if (isContrastive(method)) return trainProbed(task);
  const log = logFrequencies(take(data.labels, split.train), data.classes.length);
  const prior = Float64Array.from(log, Math.exp);
  if (method === "majority") return majority(prior);
  if (method === "single") return trainSingles(task, prior);
  const samples = mcaSamples(data, split.train);
  const trained = await trainSupervised(method, task, samples);
  return trained && supervisedAnswers(trained, samples);
}

/** Class frequencies, whatever is asked. */
const majority = (prior: Float64Array): Answering => ({
  answer: (rows) => ({ probabilities: repeated(prior, rows.length) }),
  ...{ trained: [], chosen: null, dispose: () => {} },
});

/** A contrastive network, and probes on what it says of training samples. */
async function trainProbed(task: McaTask): Promise<Answering | undefined> {
  const { options, data, split, plan } = task;
  const samples = mcaSamples(data, split.train);
  const trained = await trainContrastive(task, samples);
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
    data.classes.length,
    options.dim,
    data.factor && takeNumbers(data.factor, some),
  );
  return {
    answer: (rows, of) => probes.answer(fused(rows, of)),
    ...{ trained: [trained], chosen: null, embed },
    dispose: () => (dispose(), network.dispose()),
  };
}

const repeated = (row: Float64Array, times: number): Float64Array =>
  Float64Array.from({ length: row.length * times }, (_, at) => row[at % row.length]!);
