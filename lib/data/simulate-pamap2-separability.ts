/** Which activities each sensor of the simulation can tell apart, decided here and nowhere else. */
import type { Imu } from "./pamap2-columns";

export type Sensor = Imu | "heart";

/** Activity ids of the protocol, as in the original. */
export const simulatedActivities = [1, 2, 3, 4, 5, 6, 7, 12, 13, 16, 17, 24] as const;
export type SimulatedActivity = (typeof simulatedActivities)[number];

export type Separability = "none" | "weak" | "clear";

/**
 * For each sensor a partition of the activities. A sensor's signal is made from its group, never from the activity:
 * inside a group it has one distribution, given the subject. Groups are told apart clearly, but for the pairs in `weak`.
 *
 * By name: 1 lying, 2 sitting, 3 standing, 4 walking, 5 running, 6 cycling, 7 Nordic walking, 12 stairs up,
 * 13 stairs down, 16 vacuum cleaning, 17 ironing, 24 rope jumping.
 */
export const separability = {
  hand: {
    groups: { rest: [1, 2], hold: [3, 6], work: [16, 17], swing: [4, 7, 12, 13], pump: [5, 24] },
    weak: [["rest", "hold"]],
  },
  chest: {
    groups: { flat: [1], upright: [2, 3, 17], lean: [6, 16], gait: [4, 7], stairs: [12, 13], bounce: [5, 24] },
    weak: [["gait", "stairs"]],
  },
  ankle: {
    groups: {
      stretched: [1, 2],
      stand: [3, 17],
      shuffle: [16],
      pedal: [6],
      step: [4, 7, 12, 13],
      run: [5],
      jump: [24],
    },
    weak: [],
  },
  heart: {
    groups: { resting: [1, 2, 3, 17], light: [4, 6, 7, 16], climbing: [12, 13], vigorous: [5, 24] },
    weak: [
      ["light", "climbing"],
      ["climbing", "vigorous"],
    ],
  },
} as const satisfies Record<
  Sensor,
  {
    readonly groups: Readonly<Record<string, readonly SimulatedActivity[]>>;
    readonly weak: readonly (readonly [string, string])[];
  }
>;

export type Group<S extends Sensor> = keyof (typeof separability)[S]["groups"] & string;

/**
 * Pairs that no sensor tells apart alone and two sensors tell apart together; nothing else couples two sensors.
 *
 * - `phase`: arm against leg. Walking swings the arm with the ankle on its side, Nordic walking against it. A window's
 *   summary of each sensor loses it; samples or tokens of both at the same time show it.
 * - `bouts`: the stepping ankle alternates between hard and soft bouts, the chest on stairs too: upstairs together,
 *   downstairs in turn. An exclusive or of two loudnesses: no sum of single votes can decide it.
 */
export const synergies = [
  { kind: "phase", activities: [4, 7], sensors: ["hand", "ankle"] },
  { kind: "bouts", activities: [12, 13], sensors: ["chest", "ankle"] },
] as const satisfies readonly {
  readonly kind: string;
  readonly activities: readonly SimulatedActivity[];
  readonly sensors: readonly Sensor[];
}[];

/** The group of the sensor's partition that holds the activity. */
export function groupOf<S extends Sensor>(sensor: S, activity: SimulatedActivity): Group<S> {
  const groups: Readonly<Record<string, readonly number[]>> = separability[sensor].groups;
  return Object.keys(groups).find((name) => groups[name]!.includes(activity)) as Group<S>;
}

/** How well one sensor alone tells two activities apart, by design. */
export function separabilityOf(sensor: Sensor, a: SimulatedActivity, b: SimulatedActivity): Separability {
  const pair: readonly string[] = [groupOf(sensor, a), groupOf(sensor, b)];
  if (pair[0] === pair[1]) return "none";
  const weak: readonly (readonly [string, string])[] = separability[sensor].weak;
  return weak.some((groups) => groups.every((name) => pair.includes(name))) ? "weak" : "clear";
}

/**
 * The parts of the activities that these sensors together cannot tell apart, however good the model.
 * With classes of equal size, (number of parts) / 12 is the highest accuracy that they allow.
 */
export function indistinguishable(present: readonly Sensor[]): SimulatedActivity[][] {
  const parts = new Map<string, SimulatedActivity[]>();
  for (const activity of simulatedActivities) {
    const told = synergies
      .filter((s) => [...s.sensors].every((sensor) => present.includes(sensor)))
      .map((s) => [...s.activities].findIndex((a) => a === activity));
    const key = [...present.map((sensor) => groupOf(sensor, activity)), ...told].join();
    parts.set(key, [...(parts.get(key) ?? []), activity]);
  }
  return [...parts.values()];
}
