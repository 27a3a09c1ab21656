/** Experiments on simulated people, where it is known what can be known; small enough for a lesson. */
import { alignmentVariants, baselines, exclude } from "./experiment-parts";

const simulated = {
  data: "pamap2-simulated",
  activities: [1, 2, 3, 4, 5, 6, 7, 12, 13, 16, 17, 24],
  window: { lengthSeconds: 5.12, strideSeconds: 2, rateHz: { hand: 25, chest: 25, ankle: 25, heart: 9 } },
  presets: ["early-conv"],
  secondsPerActivity: 45,
} as const;

export const simulatedExperiments = {
  /** How much does each split promise of people it has never seen? */
  "optimism-simulated": { ...simulated, split: { kind: "optimism", exclude }, seeds: [1] },
  /** Which fusion, where it is known that some activities need two sensors? */
  "fusion-simulated": {
    ...simulated,
    secondsPerActivity: 20,
    split: { kind: "subject-groups", exclude, groups: 3 },
    presets: ["early-conv", "late-learned-conv", "gated-conv", "hybrid-conv"],
    settings: { training: { epochs: 20 } }, // there are few windows
    eachAlone: "early-conv",
    beside: { "baselines-simulated": baselines },
    seeds: [1],
  },
  /**
   * Do models know when they do not know, and do three of them know better than one? Ten activities; the other two, vacuum
   * cleaning and rope jumping, are for the question what becomes of windows that are like nothing that was learned.
   */
  "ensemble-simulated": {
    ...simulated,
    activities: [1, 2, 3, 4, 5, 6, 7, 12, 13, 17],
    secondsPerActivity: 20,
    split: { kind: "subject-groups", exclude: [], groups: 3 }, // 109 did nothing but rope jumping,
    presets: ["early-conv", "late-mean-conv", "uncertainty-conv"],
    settings: { training: { epochs: 14 } },
    seeds: [1, 2, 3],
  },
  /** What do faults cost? */
  "missing-simulated": {
    ...simulated,
    split: { kind: "fixed-subjects", stop: ["105"], test: ["101", "103", "107"] },
    presets: ["early-conv", "early-conv-no-dropout", "early-conv-half-dropout", "cross-attention-conv"],
    stress: ["typical-faults"],
    seeds: [1],
  },
  "baselines-simulated": {
    ...simulated,
    secondsPerActivity: 20,
    split: { kind: "subject-groups", exclude, groups: 3 },
    presets: baselines,
    seeds: [1],
  },
  "alignment-simulated": {
    ...simulated,
    secondsPerActivity: 20,
    split: { kind: "subject-groups", exclude, groups: 3 },
    variants: alignmentVariants,
    seeds: [1],
  },
  /** On simulated people its worth is known: it tells climbing from walking, and resting from light work. */
  "heart-simulated": {
    ...simulated,
    secondsPerActivity: 20,
    split: { kind: "subject-groups", exclude, groups: 3 },
    presets: ["early-conv", "imus-conv"],
    seeds: [1],
  },
  /** Does attention find the place that the simulation has hidden? */
  "attention-coincidence": {
    data: "coincidence",
    windowsPerSubject: 600,
    window: { lengthSeconds: 3.84, strideSeconds: 3.84, rateHz: {} },
    split: { kind: "fixed-subjects", stop: ["9"], test: ["10", "11", "12"] },
    presets: ["pair-early", "pair-one-token", "pair-tokens"],
    seeds: [1, 2, 3],
  },
} as const satisfies Record<string, unknown>;
