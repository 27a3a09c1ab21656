/** One person's whole session, as the columns of a file. */
import { randomFor, type Random } from "../random";
import { imuBlock, imuRateHz, imus, pamap2Columns, type Imu } from "./pamap2-columns";
import { simulateLoss, simulateTemperature } from "./simulate-pamap2-faults";
import { simulateHeart } from "./simulate-pamap2-heart";
import { postureOf, simulateImu, type Body } from "./simulate-pamap2-imu";
import { armPhase, chestBouts, efforts, motions, transient, type Motion } from "./simulate-pamap2-motions";
import { noiseFrom, noiseTable, wander, type Noise } from "./simulate-pamap2-noise";
import { simulatedPerson, type Person } from "./simulate-pamap2-person";
import { leftHanded, schedule, type Stretch } from "./simulate-pamap2-schedule";
import { imuChannels } from "./simulate-pamap2-sensor";
import { groupOf, type SimulatedActivity } from "./simulate-pamap2-separability";
import type { Vec3 } from "./simulate-pamap2-vectors";

export interface SimulatedSession {
  readonly subject: string;
  readonly rows: number;
  /** Seconds on the clock at row 0; rows are 0.01 s apart. */
  readonly startSeconds: number;
  /** [row, column]: the 54 columns of a file, NaN where nothing arrived; column 0, the time, is 0 throughout. */
  readonly values: Float32Array;
}

const columns = pamap2Columns.length;

/** The same numbers for the same three arguments. */
export function simulateSession(seed: number, subject: string, secondsPerActivity: number): SimulatedSession {
  const randomOf = (...part: (string | number)[]): Random => randomFor(seed, "session", subject, ...part);
  const person = simulatedPerson(seed, subject, subject === leftHanded);
  const table = noiseTable(randomOf("noise"));
  const stretches = schedule(subject, secondsPerActivity, randomOf("schedule"));
  const rows = stretches.reduce((sum, s) => sum + s.rows, 0);
  const values = new Float32Array(rows * columns);
  const effort = new Float32Array(rows);
  const postures = stretches.map((s, n) => posturesOf(s, person, (imu) => randomOf("posture", n, imu)));

  let first = 0;
  stretches.forEach(({ activity, rows: length }, n) => {
    const random = randomOf("body", n);
    const body = drawBody(length, first / rows, person, noiseFrom(table, random), random);
    const coupling = couple(activity, length, person, random);
    effort.fill(effortOf(activity, random), first, first + length);
    for (let row = first; row < first + length; row++) values[row * columns + 1] = activity;
    imus.forEach((imu, i) => {
      const motion = motionOf(imu, activity);
      const group = activity ? groupOf(imu, activity) : "transient";
      const to = postures[n]?.[imu] ?? postures[n + 1]?.[imu] ?? postures[n - 1]![imu]!;
      const from = postures[n]?.[imu] ?? postures[n - 1]?.[imu] ?? to;
      const manner = person.manner(imu, group);
      const piece = { imu, motion, manner, fit: person.fits[imu], from, to, ...coupling[imu] };
      const samples = simulateImu(piece, body, table, randomOf("imu", n, imu));
      for (let row = 0; row < length; row++) {
        const at = (first + row) * columns + 3 + i * imuBlock.length;
        for (let c = 0; c < imuChannels; c++) values[at + 1 + c] = samples[row * imuChannels + c]!;
        values[at + 1 + imuChannels] = 1; // orientation is invalid in the original too: 1 0 0 0
      }
    });
    first += length;
  });

  const beats = simulateHeart(effort, person, table, randomOf("heart"));
  for (let row = 0; row < rows; row++) values[row * columns + 2] = beats[row]!;
  imus.forEach((imu, i) => {
    const temperature = simulateTemperature(imu, rows, randomOf("temperature", imu));
    const lost = simulateLoss(imu, rows, randomOf("loss", imu));
    for (let row = 0; row < rows; row++) {
      const at = row * columns + 3 + i * imuBlock.length;
      values[at] = temperature[row]!;
      if (lost[row]) values.fill(NaN, at, at + imuBlock.length);
    }
  });
  const startSeconds = 5 + Math.round(1000 * randomOf("start").uniform()) / imuRateHz;
  return { subject, rows, startSeconds, values };
}

function motionOf(imu: Imu, activity: SimulatedActivity | 0): Motion {
  if (!activity) return transient[imu];
  const groups: Readonly<Record<string, Motion>> = motions[imu];
  return groups[groupOf(imu, activity)]!;
}

/** Where up is for each IMU; undefined on the way between two activities, which leads from posture to posture. */
function posturesOf(
  { activity }: Stretch,
  person: Person,
  randomOf: (imu: Imu) => Random,
): Record<Imu, Vec3> | undefined {
  if (!activity) return undefined;
  const posture = (imu: Imu): Vec3 =>
    postureOf(motionOf(imu, activity), person.manner(imu, groupOf(imu, activity)), randomOf(imu));
  return { hand: posture("hand"), chest: posture("chest"), ankle: posture("ankle") };
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
function couple(
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

function effortOf(activity: SimulatedActivity | 0, random: Random): number {
  return efforts[activity ? groupOf("heart", activity) : "transient"] * Math.exp(0.12 * random.normal());
}
