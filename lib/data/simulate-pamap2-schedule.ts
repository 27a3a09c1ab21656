/** Who does what, for how long, in which order. */
import type { Random } from "../random";
import { imuRateHz } from "./pamap2-columns";
import { simulatedActivities, type SimulatedActivity } from "./simulate-pamap2-separability";

export const simulatedSubjects = ["101", "102", "103", "104", "105", "106", "107", "108", "109"] as const;
export const leftHanded = "108";

/** What the original lacks: activities that a subject did not do. 109 did nothing but rope jumping. */
export const notDone: Readonly<Record<string, readonly number[]>> = {
  "103": [5, 6, 7, 24],
  "104": [24],
  "107": [24],
  "109": simulatedActivities.filter((a) => a !== 24),
};

/** Where the original breaks off: rows of one activity, too few for a window. */
export const brokenOff: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  "104": { 5: 1 },
  "106": { 24: 256 },
};

export interface Stretch {
  /** 0 for the way from one activity to the next. */
  readonly activity: SimulatedActivity | 0;
  readonly rows: number;
}

/**
 * Each activity in one piece or, one time in four, in two; all in random order, with 3 to 6 s of activity 0 before each
 * and at the end.
 *
 * Unlike the original, whose order is the same for all: there, time, and with it temperature, drift and a tired heart,
 * would tell the activity.
 */
export function schedule(subject: string, secondsPerActivity: number, random: Random): Stretch[] {
  const rows = Math.round(secondsPerActivity * imuRateHz);
  const pieces = simulatedActivities
    .filter((activity) => !notDone[subject]?.includes(activity))
    .flatMap((activity): Stretch[] => {
      const total = brokenOff[subject]?.[activity] ?? rows;
      const half = Math.floor(total / 2);
      const parts = random.uniform() < 0.25 && total === rows ? [half, total - half] : [total];
      return parts.map((part) => ({ activity, rows: part }));
    });
  const between = (): Stretch => ({ activity: 0, rows: (3 * imuRateHz + random.integer(3 * imuRateHz)) });
  const order = Array.from(random.permutation(pieces.length), (i) => pieces[i]!);
  return [...order.flatMap((piece) => [between(), piece]), between()];
}
