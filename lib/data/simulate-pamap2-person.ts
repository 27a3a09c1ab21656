/** What makes one simulated person unlike another: pace, gait, heart, and how the sensors sit. */
import { randomFor, type Random } from "../random";
import { imus, type Imu } from "./pamap2-columns";
import { drawFit, type Fit } from "./simulate-pamap2-sensor";
import { vec3, type Vec3 } from "./simulate-pamap2-vectors";

/** A person's own way of one group of movements, at one sensor. */
export interface Manner {
  /** Turn of the posture, in units of the group's scatter. */
  readonly posture: Vec3;
  readonly loudness: number;
  /** Factors on the swing and on each harmonic, by axis, so that each person's cycle has its own shape. */
  readonly swing: Vec3;
  readonly harmonics: readonly Vec3[];
  /** Phases (rad) of the harmonics. */
  readonly phases: readonly number[];
}

export interface Person {
  readonly subject: string;
  /** Factor on every rhythm. */
  readonly pace: number;
  /** Radians by which the arm swings late (synergy "phase"). */
  readonly armLag: number;
  /** Beats a minute at rest, and from there to the maximum; time constants (s) of getting faster and slower. */
  readonly heart: {
    readonly rest: number;
    readonly reserve: number;
    readonly rise: number;
    readonly fall: number;
  };
  readonly fits: Readonly<Record<Imu, Fit>>;
  manner(imu: Imu, group: string): Manner;
}

export function simulatedPerson(seed: number, subject: string, leftHanded: boolean): Person {
  const randomOf = (...part: string[]): Random => randomFor(seed, "person", subject, ...part);
  const body = randomOf("body");
  const fits = imus.map((imu) => [imu, drawFit(randomOf("fit", imu), leftHanded && imu !== "chest")]);
  return {
    subject,
    pace: Math.exp(0.07 * body.normal()),
    armLag: 0.3 * body.normal(),
    heart: {
      rest: 68 + 6 * body.normal(),
      reserve: 108 + 9 * body.normal(),
      rise: 8 * Math.exp(0.2 * body.normal()),
      fall: 12 * Math.exp(0.2 * body.normal()),
    },
    fits: Object.fromEntries(fits) as Record<Imu, Fit>,
    manner: (imu, group) => drawManner(randomOf("manner", imu, group)),
  };
}

function drawManner(random: Random): Manner {
  const factors = (): Vec3 => vec3(random, 0.2).map(Math.exp) as unknown as Vec3;
  return {
    posture: vec3(random, 1),
    loudness: Math.exp(0.12 * random.normal()),
    swing: factors(),
    harmonics: [factors(), factors(), factors()],
    phases: [0, 1, 2].map((k) => 0.8 * k + 0.3 * random.normal()),
  };
}
