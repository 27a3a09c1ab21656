/** CMU-MOSI's utterances as blocks of features, in the split that they came with. */
import { cmuMosiModalities, readCmuMosi } from "../data/cmu-mosi";
import { givenTokenSplit } from "../data/token-folds";
import { tokensOfVectors } from "../data/tokens-of-vectors";
import { type McaSource, splitSeed } from "./mca-data";

export const openMosiTokens: McaSource = async (_, folders) => {
  const recordings = await readCmuMosi(folders.find("cmu-mosi"));
  const data = tokensOfVectors(recordings, {
    modalities: Object.fromEntries(cmuMosiModalities.map((name) => [name, { from: [name] }])),
    tokens: 12,
    classes: ["negative", "positive"],
    classOf: ([target]) => target,
  });
  const tested = new Set(
    recordings.filter(({ session }) => session === "test").map(({ subject }) => subject),
  );
  return { data, splits: [givenTokenSplit(data, (video) => tested.has(video), { seed: splitSeed })] };
};
