/** MCA, Zorro, everything-at-once and what they are measured against: every run that is asked for. */
import type { Profile } from "../workspace";
import {
  at,
  controls,
  families,
  grid,
  inKinds,
  otherKinds,
  ownGaps,
  run,
  short,
  small,
  traps,
  unequal,
  unique,
} from "./mca-asked";
import type { McaRunOptions } from "./mca-options";

/** What each kind of data is asked. */
export interface McaStudyDesign {
  /** Data sets that must be there. */
  readonly data: readonly string[];
  readonly runs: (profile: Profile) => McaRunOptions[];
}

export const mcaStudies = {
  /** What can be known is known: shared, private, synergy, and a factor. Small enough for a lesson. */
  "mca-simulated": {
    data: [],
    runs: (profile) => {
      if (profile === "full")
        return [
          ...grid([0, 0.2, 0.4, 0.6, 0.8], [0], [1, 2]),
          ...controls([0, 0.4, 0.8]),
          ...traps(0.6),
          ...inKinds([...otherKinds, ...unequal]),
        ];
      const amount = profile === "tiny" ? small : short;
      return [
        ...grid([0, 0.6], [0], [1], amount),
        ...(["open", "random"] as const).map((method) => run({ ...amount, ...at(0.6), method })),
        ...families.map((some) => run({ ...amount, ...at(0.6), families: some })),
        ...[...otherKinds, ...unequal].map((kind) => run({ ...amount, ...kind })),
      ];
    },
  },
  /** Three inertial sensors and a heart rate, four groups of people. */
  "mca-pamap2": {
    data: ["pamap2"],
    runs: (profile) => {
      if (profile !== "full") return grid([0, 0.6], [0], [1], small);
      // what answers the first questions comes first: all people at three p, then the rest, then other seeds
      const people = [0, 1, 2, 3];
      const first = grid([0, 0.4, 0.8], people, [1]).filter(({ method }) => !method.startsWith("concat-"));
      const beside = people.flatMap((split) => [
        ...traps(0.6, { split }),
        ...controls([0, 0.4, 0.8], { split }),
        ...inKinds(otherKinds, { split }),
      ]);
      return unique([
        ...first,
        ...grid([0, 0.2, 0.4, 0.6, 0.8], people, [1]),
        ...beside,
        ...grid([0, 0.2, 0.4, 0.6, 0.8], people, [2]),
      ]);
    },
  },
  /** A phone, a watch, four groups of people: sensors that were off, and on top of it those that are taken away. */
  "mca-extrasensory": {
    data: ["extrasensory"],
    runs: (profile) => ownGaps(profile, [0, 1, 2, 3]),
  },
  /** Words, voice and face, in the given split. */
  "mca-mosi": {
    data: ["cmu-mosi"],
    runs: (profile) =>
      profile === "full" ? grid([0, 0.2, 0.4, 0.6, 0.8], [0], [1, 2, 3]) : grid([0, 0.6], [0], [1], small),
  },
  /** Three kinds of molecules, tested without proteins as given, and with them. */
  "mca-brca": {
    data: ["tcga-brca"],
    runs: (profile) =>
      profile === "full"
        ? grid([0, 0.4, 0.8], [0, 1], [1], { testAt: [0, 0.4, 0.8] })
        : grid([0], [0, 1], [1], small),
  },
  /** Five assays that many patients lack, four groups of patients. */
  "mca-acc": {
    data: ["tcga-acc"],
    runs: (profile) => ownGaps(profile, [0, 1, 2, 3]),
  },
} as const satisfies Record<string, McaStudyDesign>;

export type McaStudyName = keyof typeof mcaStudies;
export const mcaStudyNames = Object.keys(mcaStudies) as McaStudyName[];
