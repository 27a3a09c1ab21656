/** How each group of the separability table looks to its sensor: the numbers behind the simulated signals. */
import type { Imu } from "./pamap2-columns";
import type { Group } from "./simulate-pamap2-separability";
import type { Vec3 } from "./simulate-pamap2-vectors";

export interface Motion {
  /** Where up is, in the sensor's axes, as a resting accelerometer shows it (m/s²); only its direction counts. */
  readonly up: Vec3;
  /** Standard deviation (rad) of the posture, once among persons and once more among a person's segments. */
  readonly scatter: number;
  /** Cycles in a second for the average person; 0 where there is no rhythm. */
  readonly hz: number;
  /** Amplitude (rad) of turning to and fro about each axis, one cycle long. */
  readonly swing: Vec3;
  /** Amplitudes (m/s²) of the linear acceleration, negative for the opposite phase: fundamental, second harmonic, ... */
  readonly bounce: readonly Vec3[];
  /** Height (m/s²) of the shock at the start of each cycle. */
  readonly shock: Vec3;
  /** Turning without rhythm: standard deviation (rad). */
  readonly wander: number;
  /** Acceleration without rhythm: standard deviation (m/s²). */
  readonly jolt: number;
  /** How fast the body turns about the vertical, standard deviation (rad/s). */
  readonly turning: number;
  /** Hard and soft bouts change the loudness by the factor exp(±bouts). */
  readonly bouts: number;
}

const none: Vec3 = [0, 0, 0];
const still = {
  scatter: 0.1,
  hz: 0,
  swing: none,
  bounce: [],
  shock: none,
  wander: 0.03,
  jolt: 0.05,
  turning: 0.02,
  bouts: 0,
} as const;
/** On the way somewhere. Groups that share an activity agree about `turning`, since a body has one heading. */
const onTheWay = { ...still, turning: 0.25, wander: 0.06, jolt: 0.5 } as const;

/** Strides of the average person, in a second. */
const walkHz = 0.9;
const runHz = 1.2;

/** Magnitudes follow the original's stairs, running, sitting and rope jumping (see data/README.md). */
export const motions: { readonly [I in Imu]: Readonly<Record<Group<I>, Motion>> } = {
  hand: {
    rest: { ...still, up: [-1.5, 6.5, 6.5], scatter: 0.27, wander: 0.06 },
    hold: { ...still, up: [-7.5, 5, 1], scatter: 0.27, wander: 0.06 }, // told from rest by posture alone
    work: {
      ...still,
      up: [-5, 3.5, 7.5],
      scatter: 0.2,
      hz: 0.6,
      swing: [0.18, 0.25, 0.3],
      bounce: [[1.5, 1.2, 0.8]],
      wander: 0.2,
      jolt: 0.8,
    },
    swing: {
      ...onTheWay,
      up: [-8.2, 4.2, 2.2],
      scatter: 0.2,
      hz: walkHz,
      swing: [0.22, 0.12, 0.3],
      bounce: [
        [2.5, 1, 1],
        [3, 1.5, 1],
      ],
      wander: 0.14,
      jolt: 0.7,
    },
    pump: {
      ...onTheWay,
      up: [-4.5, 8.5, 0.5],
      scatter: 0.2,
      hz: 2 * runHz,
      swing: [0.18, 0.16, 0.2],
      bounce: [
        [-8, 12, -6],
        [3, 4, -2],
      ],
      shock: [-8, 8, 6],
      wander: 0.15,
      jolt: 1.5,
    },
  },
  chest: {
    flat: { ...still, up: [0.3, 1.2, 9.6] },
    upright: { ...still, up: [0.1, 9.6, -1.6] },
    lean: { ...still, up: [0.2, 7.9, -5.7], wander: 0.06, jolt: 0.4 },
    gait: {
      ...onTheWay,
      up: [0.4, 9.5, -2.2],
      hz: 2 * walkHz,
      swing: [0.03, 0.06, 0.025],
      bounce: [
        [1.2, 3.2, -1.8],
        [0.4, 1.2, -0.7],
      ],
      shock: [1, 3, -2],
      bouts: 0.45,
    },
    stairs: {
      ...onTheWay,
      up: [0.4, 9.2, -3],
      hz: 2 * walkHz,
      swing: [0.035, 0.07, 0.03],
      bounce: [
        [1.6, 4.4, -2.4],
        [0.6, 1.8, -1],
      ],
      shock: [1.5, 6, -3],
      bouts: 0.45,
    },
    bounce: {
      ...onTheWay,
      up: [0.3, 9.3, -2.8],
      hz: 2 * runHz,
      swing: [0.08, 0.08, 0.05],
      bounce: [
        [2.5, 17, -6],
        [1.2, 6, -2.5],
      ],
      shock: [6, 18, -9],
      jolt: 1.2,
    },
  },
  ankle: {
    stretched: { ...still, up: [2.5, 1, -9.3], scatter: 0.15 },
    stand: { ...still, up: [9.6, 0.3, -1.8] },
    shuffle: { ...still, up: [9.6, 0.3, -1.8], wander: 0.12, jolt: 1.2 },
    pedal: {
      ...still,
      up: [9, 2.6, -2.8],
      hz: 1.1,
      swing: [0.1, 0.05, 0.42],
      bounce: [[1.8, 2.4, 1]],
      jolt: 0.4,
    },
    step: {
      ...onTheWay,
      up: [9.4, 1.8, -2.4],
      hz: walkHz,
      swing: [0.28, 0.12, 0.45],
      bounce: [
        [3.5, 4, 2.2],
        [3.5, 5, 2.4],
        [2, 3, 1.6],
      ],
      shock: [28, -30, 17],
      jolt: 1,
      bouts: 0.45,
    },
    run: {
      ...onTheWay,
      up: [9.3, 2.6, -2],
      hz: runHz,
      swing: [0.35, 0.24, 0.7],
      bounce: [
        [7, 7, 5],
        [8, 7, 5],
        [4, 5, 4],
      ],
      shock: [85, -70, -60],
      jolt: 2,
    },
    jump: {
      ...onTheWay,
      up: [9.4, 1.6, -2.2],
      hz: 2 * runHz,
      swing: [0.12, 0.06, 0.17],
      bounce: [
        [8, 12, 6],
        [4, 5, 3],
      ],
      shock: [60, -70, 38],
      jolt: 1.5,
    },
  },
};

/** Activity 0: moving about without rhythm, from one posture to the next; `up` is not used. */
export const transient: Readonly<Record<Imu, Motion>> = {
  hand: { ...onTheWay, up: none, wander: 0.3, jolt: 2.5 },
  chest: { ...onTheWay, up: none, wander: 0.12, jolt: 1.5 },
  ankle: { ...onTheWay, up: none, wander: 0.2, jolt: 3 },
};

/** Share of the heart rate's reserve that a group asks for, once the heart has caught up. */
export const efforts: Readonly<Record<Group<"heart">, number>> & { readonly transient: number } = {
  resting: 0.08,
  light: 0.37,
  climbing: 0.58,
  vigorous: 0.85,
  transient: 0.25,
};

/** Walking's arm against its ankle, in radians of a stride: with it, or against it (synergy "phase"). */
export const armPhase: Readonly<Record<4 | 7, number>> = { 4: 0, 7: Math.PI };
/** The chest's bouts on stairs: those of the ankle, or their opposite (synergy "bouts"). */
export const chestBouts: Readonly<Record<12 | 13, number>> = { 12: 1, 13: -1 };
