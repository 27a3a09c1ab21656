/** From what happens at a place on the body to what the IMU there reports: misplaced, biased, clipped, noisy. */
import type { Random } from "../random";
import type { Noise } from "./simulate-pamap2-noise";
import { mix, rotation, turned, vec3, type Matrix, type Vec3 } from "./simulate-pamap2-vectors";

/** How one IMU sits on one person in one session. */
export interface Fit {
  /** The hand and ankle of a left-handed person mirror everybody else's. */
  readonly mirrored: boolean;
  /** Turn (rad) by which the IMU misses its place, and what is added to it by the end of the session. */
  readonly misalignment: Vec3;
  readonly drift: Vec3;
  readonly bias: { readonly acc16: Vec3; readonly acc6: Vec3; readonly gyro: Vec3; readonly mag: Vec3 };
}

/** What an ideal sensor at its ideal place would report. */
export interface Truth {
  /** Gravity's reaction and acceleration, m/s². */
  readonly acceleration: Vec3;
  /** rad/s */
  readonly spin: Vec3;
  /** Earth's field, µT. */
  readonly field: Vec3;
}

/** Channels of a sample: acc16, acc6, gyro, mag, three axes each. */
export const imuChannels = 12;
export const gravity = 9.81;

/** White noise, standard deviation: m/s², m/s², rad/s, µT. */
const floor = { acc16: 0.07, acc6: 0.04, gyro: 0.015, mag: 0.45 } as const;

export function drawFit(random: Random, mirrored: boolean): Fit {
  return {
    mirrored,
    misalignment: vec3(random, 0.09), // 5° about each axis
    drift: vec3(random, 0.05),
    bias: {
      acc16: vec3(random, 0.08),
      acc6: vec3(random, 0.08),
      gyro: vec3(random, 0.01),
      mag: vec3(random, 3),
    },
  };
}

/** The turn by which the IMU misses its place when `share` of the session has passed, 0 to 1. */
export function misplacement({ misalignment, drift }: Fit, share: number): Matrix {
  return rotation(mix(misalignment, [0, 1, 2].map((i) => misalignment[i]! + drift[i]!) as unknown as Vec3, share));
}

/** Writes one sample of `imuChannels` numbers at `at`. */
export function measure(
  { acceleration: a, spin: w, field: f }: Truth,
  { mirrored, bias }: Fit,
  misplaced: Matrix,
  noise: Noise,
  out: Float32Array,
  at: number,
): void {
  const side = mirrored ? -1 : 1; // a mirror in the plane of x and z: spin is an axial vector
  const acceleration = turned([a[0], side * a[1], a[2]], misplaced);
  const spin = turned([side * w[0], w[1], side * w[2]], misplaced);
  const field = turned([f[0], side * f[1], f[2]], misplaced);
  for (let i = 0; i < 3; i++) {
    out[at + i] = clip(acceleration[i]! + bias.acc16[i]! + floor.acc16 * noise.next(), 16 * gravity);
    out[at + 3 + i] = clip(acceleration[i]! + bias.acc6[i]! + floor.acc6 * noise.next(), 6 * gravity);
    out[at + 6 + i] = spin[i]! + bias.gyro[i]! + floor.gyro * noise.next();
    out[at + 9 + i] = field[i]! + bias.mag[i]! + floor.mag * noise.next();
  }
}

function clip(x: number, limit: number): number {
  return Math.min(limit, Math.max(-limit, x));
}
