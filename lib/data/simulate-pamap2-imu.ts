/** What one IMU measures while one person does one thing. */
import type { Random } from "../random";
import { imuRateHz, type Imu } from "./pamap2-columns";
import type { Motion } from "./simulate-pamap2-motions";
import { noiseFrom, wander } from "./simulate-pamap2-noise";
import type { Manner } from "./simulate-pamap2-person";
import { gravity, imuChannels, measure, misplacement, type Fit } from "./simulate-pamap2-sensor";
import { direction, horizontal, mix, rotation, turned, vec3, type Vec3 } from "./simulate-pamap2-vectors";

/** What the sensors of a body share during one segment; rows are 0.01 s apart. */
export interface Body {
  readonly rows: number;
  /** [row] seconds of a clock that runs at the person's pace and counts every rhythm, and how fast it runs. */
  readonly clock: Float64Array;
  readonly pace: Float64Array;
  /** [row] rad, and rad/s: the way the body turns, for a `turning` of 1. */
  readonly heading: Float64Array;
  readonly turning: Float64Array;
  readonly firstHeading: number;
  /** How much of the session has passed, 0 to 1. */
  readonly share: number;
}

/** What an IMU knows of the activity: its group's motion, and nothing more. */
export interface Piece {
  readonly imu: Imu;
  readonly motion: Motion;
  readonly manner: Manner;
  readonly fit: Fit;
  /** Where up is at the first row and at the last; see `postureOf`. */
  readonly from: Vec3;
  readonly to: Vec3;
  /** Phase (rad) of the rhythm at the first row. */
  readonly phase: number;
  /** [row] from -1, soft, to 1, hard. */
  readonly bouts: Float64Array;
}

/** Earth's field in central Europe, µT: to magnetic north, and downwards. */
const earth = { north: 20, down: 44 } as const;
/** A shock is a bell 1/√40 rad wide in the phase of its cycle, ringing at 9 and at 24 Hz. */
const shock = { sharpness: 40, low: 2 * Math.PI * 9, high: 2 * Math.PI * 24 } as const;
/** The axis that comes nearest to up in every posture. */
const reference: Readonly<Record<Imu, number>> = { hand: 1, chest: 1, ankle: 0 };

/** Up during one segment: the group's, turned by the person's manner and by the segment's chance. */
export function postureOf(motion: Motion, manner: Manner, random: Random): Vec3 {
  const chance = vec3(random, motion.scatter);
  const own = manner.posture.map((x, i) => motion.scatter * x + chance[i]!) as unknown as Vec3;
  return direction(turned(motion.up, rotation(own)));
}

/** [row, imuChannels]; sees the activity through `piece` alone. */
export function simulateImu(piece: Piece, body: Body, table: Float32Array, random: Random): Float32Array {
  const { motion, manner, from, to } = piece;
  const out = new Float32Array(body.rows * imuChannels);
  const noise = noiseFrom(table, random);
  const misplaced = misplacement(piece.fit, body.share);
  const omega = 2 * Math.PI * motion.hz;
  const loudness = manner.loudness * Math.exp(0.1 * random.normal());
  const gains = Float64Array.from({ length: 64 }, () => Math.exp(0.3 * random.normal())); // no two shocks alike
  const tilts = [0, 1, 2].map(() => wander(noise, 2 * Math.PI * 0.5, 1 / imuRateHz));
  const jolts = [0, 1, 2].map(() => wander(noise, 2 * Math.PI * 4, 1 / imuRateHz));
  const swing = motion.swing.map((x, i) => loudness * x * manner.swing[i]!);
  const bounce = motion.bounce.map((v, k) => v.map((x, i) => loudness * x * manner.harmonics[k]![i]!));

  for (let row = 0; row < body.rows; row++) {
    const phase = omega * body.clock[row]! + piece.phase;
    const loud = Math.exp(motion.bouts * piece.bouts[row]!);
    const cos = Math.cos(phase);
    const gain = loudness * loud * gains[Math.floor(phase / (2 * Math.PI) + 0.5) & 63]!;
    const seconds = row / imuRateHz;
    const ring = motion.hz
      ? gain *
        Math.exp(shock.sharpness * (cos - 1)) *
        (0.7 * Math.sin(shock.low * seconds) + Math.sin(shock.high * seconds))
      : 0;
    const up = from === to ? from : direction(mix(from, to, row / body.rows));
    const heading = body.firstHeading + motion.turning * body.heading[row]!;
    const turning = motion.turning * body.turning[row]!;
    const tilt = [0, 0, 0];
    const spin = [0, 0, 0];
    const linear = [0, 0, 0];
    for (let i = 0; i < 3; i++) {
      tilts[i]!.step();
      jolts[i]!.step();
      tilt[i] = loud * swing[i]! * cos + motion.wander * tilts[i]!.value;
      spin[i] =
        motion.wander * tilts[i]!.slope - loud * swing[i]! * omega * body.pace[row]! * Math.sin(phase) + turning * up[i]!;
      linear[i] = motion.jolt * jolts[i]!.value + motion.shock[i]! * ring;
    }
    for (let k = 0; k < bounce.length; k++) {
      const wave = loud * Math.cos((k + 1) * phase + manner.phases[k]!);
      for (let i = 0; i < 3; i++) linear[i]! += wave * bounce[k]![i]!;
    }
    const tilted = rotation(tilt as unknown as Vec3);
    const weight = turned([gravity * up[0], gravity * up[1], gravity * up[2]], tilted);
    const truth = {
      acceleration: [weight[0] + linear[0]!, weight[1] + linear[1]!, weight[2] + linear[2]!] as const,
      spin: spin as unknown as Vec3,
      field: turned(fieldAt(up, heading, reference[piece.imu]), tilted),
    };
    measure(truth, piece.fit, misplaced, noise, out, row * imuChannels);
  }
  return out;
}

/** Earth's field in the axes of an IMU that looks towards `heading`. */
function fieldAt(up: Vec3, heading: number, axis: number): Vec3 {
  const [north, east] = horizontal(up, axis);
  const [n, e] = [earth.north * Math.cos(heading), -earth.north * Math.sin(heading)];
  return [
    n * north[0] + e * east[0] - earth.down * up[0],
    n * north[1] + e * east[1] - earth.down * up[1],
    n * north[2] + e * east[2] - earth.down * up[2],
  ];
}
