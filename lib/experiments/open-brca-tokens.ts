/** TCGA's breast tumours as blocks of molecules: tested where nobody has proteins, and where everybody has. */
import { brcaSubtypes, readTcgaBrca } from "../data/tcga-brca";
import { givenTokenSplit, tokenFolds } from "../data/token-folds";
import type { TokenSplit } from "../data/token-data";
import { tokensOfVectors } from "../data/tokens-of-vectors";
import { type McaSource, splitSeed } from "./mca-data";

export const openBrcaTokens: McaSource = async (_, folders) => {
  const recordings = await readTcgaBrca(folders.find("tcga-brca"));
  const data = tokensOfVectors(recordings, {
    modalities: { mrna: { from: ["mrna"] }, mirna: { from: ["mirna"] }, protein: { from: ["protein"] } },
    tokens: 12,
    classes: brcaSubtypes,
    classOf: ([target]) => target,
  });
  const tested = new Set(
    recordings.filter(({ session }) => session === "test").map(({ subject }) => subject),
  );
  const options = { seed: splitSeed, byClass: true };
  const given = givenTokenSplit(data, (patient) => tested.has(patient), options);
  // of those who have everything a quarter, so that proteins can be tested, too
  const whole = Int32Array.from(data.groups.flatMap((patient, i) => (tested.has(patient) ? [] : [i])));
  const [first] = tokenFolds(
    { groups: Array.from(whole, (i) => data.groups[i]!), labels: whole.map((i) => data.labels[i]!) },
    { ...options, folds: 4 },
  );
  const among = (rows: Int32Array): Int32Array => rows.map((row) => whole[row]!);
  const { train, validation, test } = first!;
  const complete: TokenSplit = {
    ...{ name: "complete", train: among(train), validation: among(validation), test: among(test) },
  };
  return { data, splits: [given, complete] };
};
