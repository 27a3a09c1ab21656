/** TCGA's adrenocortical tumours as blocks of molecules, four groups of patients. */
import { accLabels, readTcgaAcc } from "../data/tcga-acc";
import { tokenFolds } from "../data/token-folds";
import { tokensOfVectors } from "../data/tokens-of-vectors";
import { type McaSource, splitSeed } from "./mca-data";

/**
 * Stage, early or advanced: the clinic knows it of nearly all, whatever was measured. The expression groups C1A and C1B are known of
 * those alone whose RNA was measured, since they were made from it.
 */
const stage = accLabels.indexOf("advanced stage");

export const openAccTokens: McaSource = async (_, folders) => {
  const data = tokensOfVectors(await readTcgaAcc(folders.find("tcga-acc")), {
    modalities: {
      rna: { from: ["rna"], logarithm: true },
      mirna: { from: ["mirna"], logarithm: true },
      copies: { from: ["copies"] },
      protein: { from: ["protein"] },
      mutations: { from: ["mutations"] },
    },
    // with a learned token for each of 26 channels 61 in all
    tokens: 7,
    classes: ["early", "advanced"],
    classOf: (target) => (Number.isNaN(target[stage]!) ? undefined : target[stage]!),
  });
  return { data, splits: tokenFolds(data, { folds: 4, seed: splitSeed, byClass: true }) };
};
