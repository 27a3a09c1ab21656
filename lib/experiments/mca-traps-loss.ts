/** Traps of the loss: lengths (M2), half channels (M3), absent columns (M4), empty samples (M7), pairs and passes (E1, E2, E5). */
import * as tf from "@tensorflow/tfjs";
import { everythingPasses, sampledPasses } from "../attention/everything-passes";
import { infoNce, type InfoNce, infoNceOfProducts } from "../contrastive/info-nce";
import { infoNceWithColumns } from "../contrastive/info-nce-published";
import type { Target } from "../contrastive/network";
import { disjointPairs, overlappingPairs, overlappingPairsPublished, type Pair } from "../contrastive/pairs";
import { missingPlan, subsetHistogram } from "../data/missing-plan";
import type { McaTrap } from "./mca-trap";

/** The worked example of the notes. */
const A = [[1, 0], [0, 1], [1, 1]]; // prettier-ignore
const B = [[1, 0], [0.5, 1], [0, 1]]; // prettier-ignore

const p = 0.6;
const modalities = 4;
const samples = 3000;

export function lossTraps(): McaTrap[] {
  const targets = everythingPasses(modalities).map((members): Target => ({
    ...{ members, kind: members.length === 1 ? "modality" : "channel" },
  }));
  const shares = ({ left, right }: Pair): boolean =>
    targets[left]!.members.some((m) => targets[right]!.members.includes(m));
  const ofFirst = ({ right }: Pair): boolean => targets[right]!.members.join() === "0,1";
  const [kept, drawnAgain] = [plan("keep"), plan("draw again")];
  return [
    {
      ...{ trap: "M2", what: "how far the loss moves when one side's embeddings are twice as long" },
      ...{ published: movedByLength(infoNceOfProducts), corrected: movedByLength(infoNce) },
    },
    {
      ...{ trap: "M3", what: `share of samples that train the channel of two modalities, p = ${p}` },
      published: shareOf(drawnAgain, (first, second) => first + second > 0),
      corrected: shareOf(drawnAgain, (first, second) => first + second === 2),
    },
    {
      ...{ trap: "M4", what: "how far the loss moves with what an absent sample's embedding is" },
      ...{ published: movedByAbsent(infoNceWithColumns), corrected: movedByAbsent(infoNce) },
    },
    {
      ...{ trap: "M7", what: `share of samples with nothing left, p = ${p}` },
      ...{ published: emptyShare(kept), corrected: emptyShare(drawnAgain) },
    },
    {
      ...{ trap: "E1", what: "pairs of the loss that hold the set of the first two modalities" },
      published: overlappingPairsPublished(targets).filter(ofFirst).length,
      corrected: disjointPairs(targets).filter(ofFirst).length,
    },
    {
      ...{ trap: "E2", what: "pairs of the loss whose sides share a modality" },
      published: overlappingPairs(targets).filter(shares).length,
      corrected: disjointPairs(targets).filter(shares).length,
    },
    {
      ...{ trap: "E5", what: "passes of a step with eight modalities, all pairs or eight that are drawn" },
      ...{ published: everythingPasses(8).length, corrected: sampledPasses(8, 8, 1).length },
    },
  ];
}

function lossOf(way: InfoNce, a: number[][], b: number[][], valid: number[]): number {
  return tf.tidy(
    () => way(tf.tensor3d([a]), tf.tensor3d([b]), tf.tensor2d([valid]), tf.scalar(0)).loss.dataSync()[0]!,
  );
}

function movedByLength(way: InfoNce): number {
  const longer = A.map((row) => row.map((x) => 2 * x));
  return Math.abs(lossOf(way, longer, B, [1, 1, 1]) - lossOf(way, A, B, [1, 1, 1]));
}

/** The second sample is absent; its embedding turns round. */
function movedByAbsent(way: InfoNce): number {
  const elsewhere = [B[0]!, [1, -1], B[2]!];
  return Math.abs(lossOf(way, A, elsewhere, [1, 0, 1]) - lossOf(way, A, B, [1, 0, 1]));
}

function plan(empty: "keep" | "draw again"): Uint8Array {
  return missingPlan(
    {
      ids: Array.from({ length: samples }, (_, i) => `sample ${i}`),
      groups: Array.from({ length: samples }, () => "one"),
      labels: new Int32Array(samples),
      presence: new Uint8Array(samples * modalities).fill(1),
      modalities,
    },
    { rule: { kind: "at-random", p }, seed: 1, data: "traps", empty },
  );
}

function shareOf(of: Uint8Array, wanted: (first: number, second: number) => boolean): number {
  const rows = Array.from({ length: samples }, (_, i) => i * modalities);
  return rows.filter((at) => wanted(of[at]!, of[at + 1]!)).length / samples;
}

const emptyShare = (of: Uint8Array): number => (subsetHistogram(of, modalities).get("none") ?? 0) / samples;
