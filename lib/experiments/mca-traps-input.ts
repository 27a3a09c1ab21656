/** Traps on the way in and out: scaling (M10), identities (M11), dropout (M12), the last batch (M13). */
import * as tf from "@tensorflow/tfjs";
import { embedder } from "../contrastive/embed-all";
import {
  featureIdentitiesPublished,
  featureShapes,
  featureTokens,
  identities,
} from "../contrastive/feature-tokens";
import { featureTokensPublished } from "../contrastive/feature-tokens-published";
import { fusionNetwork } from "../contrastive/fusion-network";
import type { ModalityTokens } from "../contrastive/network-options";
import { waveSample } from "../contrastive/touch";
import { makeWeights } from "../contrastive/weights";
import { simulateInformation } from "../data/simulate-information";
import { fitTokenScaler, scaleTokens } from "../data/token-data";
import type { McaTrap } from "./mca-trap";

export function inputTraps(): McaTrap[] {
  const [test, batchSize] = [21, 8];
  return [
    {
      ...{ trap: "M10", what: "mean of scaled training values where test samples measure 10 more" },
      ...{ published: scaledMean("all rows"), corrected: scaledMean("training rows") },
    },
    {
      ...{ trap: "M11", what: "length of the identity of a modality's last feature" },
      ...{ published: lastIdentity(featureIdentitiesPublished), corrected: lastIdentity(identities) },
    },
    { trap: "M12", what: "share of an encoder's numbers that dropout 0.5 sets to 0", ...dropped(0.5) },
    {
      ...{ trap: "M13", what: `samples of ${test} that are embedded in batches of ${batchSize}` },
      ...{ published: answeredPublished(test, batchSize), corrected: answered(test, batchSize) },
    },
  ];
}

/** What `drop_last` leaves: of the paper's 20,923 and 2,325 segments 20,920 and 2,320 in batches of 8. */
export const answeredPublished = (samples: number, batchSize: number): number =>
  batchSize * Math.floor(samples / batchSize);

/** Samples whose embedding is a vector of some length. */
function answered(samples: number, batchSize: number): number {
  const modalities = [2, 3].map((tokens, m): ModalityTokens => ({
    ...{ name: `m${m}`, tokens, width: 2, encoder: "sequence" },
  }));
  const options = { modalities, dim: 8, depth: 1, heads: 2, headDim: 4, seed: 1 } as const;
  const network = fusionNetwork({ ...options, variant: "corrected", design: "mca", tokensPerChannel: 1 });
  const one = waveSample(modalities, [1, 1]);
  const { embed, dispose } = embedder(network, batchSize);
  const { targets, dim } = embed(
    Int32Array.from({ length: samples }, (_, i) => i),
    (rows) =>
      Object.fromEntries(
        Object.entries(one).map(([name, x]) => [
          name,
          tf.concat(
            Array.from(rows, () => x),
            0,
          ),
        ]),
      ),
  );
  tf.dispose(one);
  dispose();
  network.dispose();
  const rows = Array.from({ length: samples }, (_, i) => targets[0]!.subarray(i * dim, (i + 1) * dim));
  return rows.filter((row) => row.some((x) => x !== 0)).length;
}

/** 150 training samples and 50 others, whose sensor sits elsewhere. */
function scaledMean(fitted: "all rows" | "training rows"): number {
  const { modalities } = simulateInformation({ samples: 200, seed: 1 });
  const { tokens, width, values } = modalities[0]!;
  const trained = 150 * tokens * width;
  const first = { ...modalities[0]!, values: values.map((x, i) => (i < trained ? x : x + 10)) };
  const rows = Int32Array.from({ length: fitted === "all rows" ? 200 : 150 }, (_, i) => i);
  const scaled = scaleTokens(first, fitTokenScaler(first, rows)).values.subarray(0, trained);
  return scaled.reduce((sum, x) => sum + x, 0) / trained;
}

/** Of five features, their table N(0, 1) with 32 numbers each, so that all are shortened to 1. */
function lastIdentity(way: (table: tf.Tensor) => tf.Tensor2D): number {
  const lengths = tf.tidy(() =>
    way(tf.randomNormal([5, 32], 0, 1, "float32", 1))
      .square()
      .sum(1)
      .sqrt()
      .dataSync(),
  );
  return lengths.at(-1)!;
}

function dropped(rate: number): Pick<McaTrap, "published" | "corrected"> {
  const [tokens, dim] = [4, 32];
  const weights = makeWeights(featureShapes(tokens, dim), 1);
  const share = (way: (x: tf.Tensor3D, validity: tf.Tensor2D) => tf.Tensor): number => {
    const numbers = tf.tidy(() => way(tf.ones([8, tokens, 1]), tf.ones([8, tokens])).dataSync());
    return numbers.filter((x) => x === 0).length / numbers.length;
  };
  const shares = {
    published: share((x, validity) => featureTokensPublished(x, validity, weights, rate)),
    corrected: share((x, validity) => tf.dropout(featureTokens(x, validity, weights), rate, undefined, 1)),
  };
  tf.dispose(Object.values(weights));
  return shares;
}
