/** What the three IMUs of one person measure during one activity: where groups become signals, and sensors are joined. */
import type { Random } from "../random";
import { imuRateHz, imus, type Imu } from "./pamap2-columns";
import { postureOf, simulateImu, type Body } from "./simulate-pamap2-imu";
import { armPhase, chestBouts, motions, transient, type Motion } from "./simulate-pamap2-motions";
import { noiseFrom, wander, type Noise } from "./simulate-pamap2-noise";
import type { Person } from "./simulate-pamap2-person";
import { groupOf, type SimulatedActivity } from "./simulate-pamap2-separability";
import type { Vec3 } from "./simulate-pamap2-vectors";

/** Where up is for each IMU. */
export type Postures = Readonly<Record<Imu, Vec3>>;

/** A stream of random numbers for each part; none may depend on the activity, lest it be heard where the table forbids. */
export type RandomOf = (...part: string[]) => Random;

/**
 * [row, imuChannels] for each IMU.
 *
 * @param activity 0 for the way from one posture to another
 * @param share how much of the session has passed, 0 to 1
 * @param table standard normal numbers, see `noiseTable`
 */
export function simulateActivity(
  activity: SimulatedActivity | 0,
  rows: number,
  share: number,
  person: Person,
  postures: { readonly from: Postures; readonly to: Postures },
  table: Float32Array,
  randomOf: RandomOf,
): Readonly<Record<Imu, Float32Array>> {
  const random = randomOf("body");
  const body = drawBody(rows, share, person, noiseFrom(table, random), random);
  const joined = join(activity, rows, person, random);
  const samples = imus.map((imu) => {
    const piece = {
      imu,
      motion: motionOf(imu, activity),
      manner: person.manner(imu, activity ? groupOf(imu, activity) : "transient"),
      fit: person.fits[imu],
      from: postures.from[imu],
      to: postures.to[imu],
      ...joined[imu],
    };
    return [imu, simulateImu(piece, body, table, randomOf("imu", imu))] as const;
  });
  return Object.fromEntries(samples) as Record<Imu, Float32Array>;
}

/** The postures that one person takes for one activity, this time. */
export function posturesOf(activity: SimulatedActivity, person: Person, randomOf: RandomOf): Postures {
  const postures = imus.map((imu) => {
    const manner = person.manner(imu, groupOf(imu, activity));
    return [imu, postureOf(motionOf(imu, activity), manner, randomOf("posture", imu))] as const;
  });
  return Object.fromEntries(postures) as Record<Imu, Vec3>;
}

function motionOf(imu: Imu, activity: SimulatedActivity | 0): Motion {
  if (!activity) return transient[imu];
  const groups: Readonly<Record<string, Motion>> = motions[imu];
  return groups[groupOf(imu, activity)]!;
}

/** Pace and heading, alike for all activities: what differs is how much of them a sensor's group lets through. */
function drawBody(rows: number, share: number, person: Person, noise: Noise, random: Random): Body {
  const [clock, pace, heading, turning] = [0, 1, 2, 3].map(() => new Float64Array(rows)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const base = person.pace * Math.exp(0.04 * random.normal());
  const hurry = wander(noise, 0.5, 1 / imuRateHz);
  const turn = wander(noise, 1, 1 / imuRateHz);
  for (let row = 0; row < rows; row++) {
    hurry.step();
    turn.step();
    pace[row] = base * (1 + 0.03 * hurry.value);
    turning[row] = turn.value;
    clock[row] = (row ? clock[row - 1]! : 0) + pace[row]! / imuRateHz;
    heading[row] = (row ? heading[row - 1]! : 0) + turning[row]! / imuRateHz;
  }
  return { rows, share, clock, pace, heading, turning, firstHeading: 2 * Math.PI * random.uniform() };
}

/**
 * Phases and bouts, the only things that join sensors: each sensor's alone are the same whatever the activity (a
 * uniform phase, fair bouts); what they are to each other is the activity's where a synergy says so, and chance elsewhere.
 */
function join(
  activity: SimulatedActivity | 0,
  rows: number,
  person: Person,
  random: Random,
): Readonly<Record<Imu, { readonly phase: number; readonly bouts: Float64Array }>> {
  const phase = (): number => 2 * Math.PI * random.uniform();
  const [ankle, hand, chest, lag] = [phase(), phase(), phase(), person.armLag + 0.15 * random.normal()];
  const [hard, other, none] = [drawBouts(rows, random), drawBouts(rows, random), new Float64Array(rows)];
  const told = activity === 4 || activity === 7 ? ankle + armPhase[activity] + lag : hand;
  const torso = activity === 12 || activity === 13 ? hard.map((x) => chestBouts[activity] * x) : other;
  return {
    hand: { phase: told, bouts: none },
    chest: { phase: chest, bouts: torso },
    ankle: { phase: ankle, bouts: hard },
  };
}

/** [row] -1 or 1 for 6 to 12 s at a time, with half a second from one to the other; begins anywhere in a bout. */
function drawBouts(rows: number, random: Random): Float64Array {
  const out = new Float64Array(rows);
  let level = random.uniform() < 0.5 ? -1 : 1;
  let left = Math.ceil((6 + 6 * random.uniform()) * random.uniform() * imuRateHz);
  let value = level;
  for (let row = 0; row < rows; row++) {
    if (left-- === 0) {
      level = -level;
      left = Math.round((6 + 6 * random.uniform()) * imuRateHz);
    }
    value += Math.max(-0.04, Math.min(0.04, level - value));
    out[row] = value;
  }
  return out;
}
