/** Traps of what is reported: ties (M5), one p (M15), a fused vector that holds the query (E4). */
import { meanOfPresent } from "../contrastive/fused";
import { retrieval } from "../metrics/retrieval";
import { randomFor } from "../random";
import type { McaResult } from "./mca-result";
import type { McaTrap } from "./mca-trap";

const [samples, dim, modalities] = [100, 32, 4];

/** @param results of a study, for M15: MCA trained at p = 0 and at p = 0.6, each tested at 0.6; left out where they lack */
export function scoreTraps(results: readonly McaResult[]): McaTrap[] {
  const point = new Float64Array(samples * 2).fill(0.5);
  const collapsed = retrieval(point, point, 2);
  return [
    {
      ...{ trap: "M5", what: "R@1 in a space that is one point" },
      ...{ published: collapsed.recall1Strict, corrected: collapsed.recall1 },
    },
    ...samePoint(results),
    { trap: "E4", what: "R@1 of modalities that share nothing", ...foundAmongStrangers() },
  ];
}

/** Accuracy at p = 0.6 of a probe that was trained at 0.6, and of one that never met a failure. */
function samePoint(results: readonly McaResult[]): McaTrap[] {
  const accuracy = (trainedAt: number): number | null | undefined =>
    results
      .find(
        ({ options: { method, missing, always, never } }) =>
          method === "mca" &&
          missing.kind === "at-random" &&
          missing.p === trainedAt &&
          always.length + never.length === 0,
      )
      ?.tests.find(({ p }) => p === 0.6)?.scores.accuracy;
  const [same, other] = [accuracy(0.6), accuracy(0)];
  if (typeof same !== "number" || typeof other !== "number") return [];
  const what = "accuracy at p = 0.6 in testing, trained at the same p and at p = 0";
  return [{ trap: "M15", what, published: same, corrected: other }];
}

/** Embeddings at random: whoever is found has found a part of itself. */
function foundAmongStrangers(): Pick<McaTrap, "published" | "corrected"> {
  const targets = Array.from({ length: modalities }, (_, m) => {
    const random = randomFor(1, "strangers", m);
    return Float32Array.from({ length: samples * dim }, () => random.normal());
  });
  const recall = (presence: readonly number[]): number => {
    const each = Array.from({ length: samples }, () => presence).flat();
    return retrieval(targets[0]!, meanOfPresent(targets, modalities, samples, dim, each), dim).recall1;
  };
  return { published: recall([1, 1, 1, 1]), corrected: recall([0, 1, 1, 1]) };
}
