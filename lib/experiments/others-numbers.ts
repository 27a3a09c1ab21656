/** What others reach on the same data, with where the number stands: to be put beside ours, never to be tuned towards. */

export interface OthersNumber {
  readonly system: string;
  /** Which sensors it is given. */
  readonly sensors: string;
  readonly accuracy: number;
  /** How the number came to us, and under which protocol. */
  readonly evidence: string;
}

const cmkm = "readme of CMC-CMKM (arXiv 2205.10071)";
const rerun = "its public code run again, two seeds, mean";
const rerunLost = "its public code run again, a sensor removed in the test";
const safeSense = "SafeSense's repository, one seed, odd people train and even people test";
const matey = "Matey-Sanz et al. 2023, median of ten runs, settings tuned on random windows of everybody";

const both = "inertial + skeleton";

export const othersNumbers = {
  /** 27 actions; people 2, 4, 6 and 8 are the test. */
  "utd-mhad": [
    { system: "CMC-CMKM, contrastive pre-training", sensors: both, accuracy: 0.977, evidence: cmkm },
    { system: "CMC-CMKM, supervised", sensors: both, accuracy: 0.972, evidence: cmkm },
    { system: "CMC-CMKM, from scratch", sensors: both, accuracy: (0.921 + 0.886) / 2, evidence: rerun },
    {
      system: "CMC-CMKM, mean of the two logits",
      sensors: both,
      accuracy: (0.958 + 0.967) / 2,
      evidence: rerun,
    },
    { system: "CMC-CMKM, Transformer", sensors: "inertial", accuracy: (0.735 + 0.681) / 2, evidence: rerun },
    { system: "CMC-CMKM, co-occurrence", sensors: "skeleton", accuracy: (0.94 + 0.951) / 2, evidence: rerun },
    {
      system: "CMC-CMKM, best fusion, inertial gone",
      sensors: "skeleton",
      accuracy: 0.28,
      evidence: rerunLost,
    },
    {
      system: "CMC-CMKM, best fusion, skeleton gone",
      sensors: "inertial",
      accuracy: 0.68,
      evidence: rerunLost,
    },
    { system: "SafeSense", sensors: both, accuracy: 0.963, evidence: safeSense },
    { system: "SafeSense, late TCN", sensors: both, accuracy: 0.921, evidence: safeSense },
    { system: "SafeSense, early TCN", sensors: both, accuracy: 0.851, evidence: safeSense },
    { system: "SafeSense, TCN", sensors: "inertial", accuracy: 0.823, evidence: safeSense },
    { system: "SafeSense, TCN", sensors: "skeleton", accuracy: 0.795, evidence: safeSense },
  ],
  /** Five activities; each of 23 people held out in turn. */
  "sp-sw-har": [
    { system: "CNN", sensors: "phone + watch", accuracy: 0.902, evidence: matey },
    { system: "CNN-LSTM", sensors: "phone + watch", accuracy: 0.901, evidence: matey },
    { system: "LSTM", sensors: "phone + watch", accuracy: 0.889, evidence: matey },
    { system: "MLP", sensors: "phone + watch", accuracy: 0.879, evidence: matey },
    { system: "CNN", sensors: "phone", accuracy: 0.886, evidence: matey },
    { system: "LSTM", sensors: "watch", accuracy: 0.875, evidence: matey },
  ],
} as const satisfies Record<string, readonly OthersNumber[]>;
