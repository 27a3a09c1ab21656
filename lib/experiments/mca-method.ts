/** From a method's name to something that answers: class frequencies, networks with labels, networks with probes. */
import { type Embeddings, embedder } from "../contrastive/embed-all";
import { fusedEmbeddings } from "../contrastive/fused";
import type { StepsContext } from "../contrastive/run-steps";
import type { TokenData, TokenSplit } from "../data/token-data";
import { logFrequencies } from "../train/answer-unheard";
import { type Answering, embedBatch } from "./mca-answering";
import { isContrastive, type McaRunOptions } from "./mca-options";
import { fitProbes, type McaAnswers } from "./mca-probes";
import { mcaSamples, type McaSamples } from "./mca-samples";
import { supervisedAnswers, trainSingles } from "./mca-supervised";
import { take, takeNumbers, takeRows } from "./mca-take";
import { trainContrastive, trainSupervised } from "./mca-train";

/** Probes are fitted on so many training samples at most. */
const probed = 1500;

/** Trains what the options name, and says how it is asked; undefined where the signal asked to stop. */
export async function trainMethod(
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
  return trainProbed(options, data, split, plan, samples, context);
}

/** A contrastive network, and probes on what it says of training samples. */
async function trainProbed(
  options: McaRunOptions,
  data: TokenData,
  split: TokenSplit,
  plan: Uint8Array,
  samples: McaSamples,
  context: StepsContext,
): Promise<Answering | undefined> {
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
