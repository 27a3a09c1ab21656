/** Simulated modalities of which it is known what they tell. */
import { simulateInformation } from "../data/simulate-information";
import { byGroups, type McaSource } from "./mca-data";

const samples = { tiny: 240, standard: 2400, full: 6000 } as const;

export const openInformation: McaSource = (profile) => {
  const data = simulateInformation({ samples: samples[profile], seed: 1 });
  return Promise.resolve({ data, splits: [byGroups(data, 0.6, 0.15)] });
};
