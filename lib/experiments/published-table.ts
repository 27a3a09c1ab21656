/** The published numbers, as they were published: right answers for each set of sensors, out of 5,829 windows. */
import { average } from "../metrics/average";

/** In the order of the assignment: H, C, A, R. */
export const publishedSensors = ["hand", "chest", "ankle", "heart"] as const;
export type PublishedSensor = (typeof publishedSensors)[number];
export type PublishedFusion = "early" | "late" | "hybrid";

/** Windows of the published test. */
export const publishedWindowCount = 5_829;

/**
 * Right answers of constant predictors on these windows: the commonest class, walking, and lying, which is what the
 * collapsed hybrid says.
 */
export const publishedConstants = { walking: 717, lying: 577 } as const;

interface PublishedScore {
  /** Windows of 5,829. */
  readonly correct: number;
  /** To four digits. */
  readonly macroF1: number;
}

export interface PublishedRow extends Readonly<Record<PublishedFusion, PublishedScore>> {
  /** The sensors that were left in; values and mask of the others were set to 0. */
  readonly sensors: readonly PublishedSensor[];
}

const [H, C, A, R] = publishedSensors;
const score = (correct: number, macroF1: number): PublishedScore => ({ correct, macroF1 });
const row = (
  sensors: readonly PublishedSensor[],
  early: PublishedScore,
  late: PublishedScore,
  hybrid: PublishedScore,
): PublishedRow => ({ sensors, early, late, hybrid });

/** All 15 sets of sensors that are not empty, of one to four sensors. */
export const publishedTable: readonly PublishedRow[] = [
  row([H], score(4071, 0.6255), score(3881, 0.5805), score(577, 0.015)),
  row([C], score(4594, 0.7322), score(4469, 0.7131), score(655, 0.0385)),
  row([A], score(4054, 0.6627), score(4068, 0.6754), score(590, 0.0221)),
  row([R], score(717, 0.0183), score(717, 0.0183), score(577, 0.015)),
  row([H, C], score(5331, 0.9019), score(5246, 0.8871), score(1457, 0.2304)),
  row([H, A], score(5155, 0.8676), score(5141, 0.8662), score(1269, 0.222)),
  row([H, R], score(4071, 0.6255), score(3881, 0.5805), score(577, 0.015)),
  row([C, A], score(5334, 0.9085), score(5290, 0.903), score(2099, 0.3986)),
  row([C, R], score(4594, 0.7322), score(4469, 0.7131), score(654, 0.0576)),
  row([A, R], score(4054, 0.6627), score(4068, 0.6754), score(577, 0.0152)),
  row([H, C, A], score(5567, 0.9502), score(5557, 0.9503), score(5593, 0.9565)),
  row([H, C, R], score(5331, 0.9019), score(5246, 0.8871), score(1470, 0.2351)),
  row([H, A, R], score(5155, 0.8676), score(5141, 0.8662), score(1255, 0.2122)),
  row([C, A, R], score(5334, 0.9085), score(5290, 0.903), score(1961, 0.3383)),
  row([H, C, A, R], score(5567, 0.9502), score(5557, 0.9503), score(5603, 0.9586)),
];

/** Share of right answers, by the set's sensors joined by "+" in the order of `publishedSensors`. */
export const publishedAccuracies = (fusion: PublishedFusion): Readonly<Record<string, number>> =>
  Object.fromEntries(
    publishedTable.map((row) => [row.sensors.join("+"), row[fusion].correct / publishedWindowCount]),
  );

/** Importance as published, normalised: to be compared with what the published formula gives on the table above. */
export const publishedImportance: Readonly<
  Record<PublishedFusion, Readonly<Record<PublishedSensor, number>>>
> = {
  early: { hand: 0.253099, chest: 0.35504, ankle: 0.251066, heart: -0.140795 },
  late: { hand: 0.241535, chest: 0.347113, ankle: 0.274626, heart: -0.136726 },
  hybrid: { hand: 0.265642, chest: 0.365164, ankle: 0.333089, heart: -0.036105 },
};

export interface PublishedMean {
  readonly fusion: PublishedFusion;
  readonly sensors: number;
  readonly accuracy: number;
  readonly macroF1: number;
}

/** What the published degradation curve shows: means over the sets of 1, 2, 3 and 4 sensors. */
export const publishedMeans = (fusion: PublishedFusion): PublishedMean[] =>
  [1, 2, 3, 4].map((sensors) => {
    const rows = publishedTable.filter((row) => row.sensors.length === sensors).map((row) => row[fusion]);
    return {
      ...{ fusion, sensors },
      accuracy: average(rows.map(({ correct }) => correct)) / publishedWindowCount,
      macroF1: average(rows.map(({ macroF1 }) => macroF1)),
    };
  });
