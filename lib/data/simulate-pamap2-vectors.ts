/** Directions and turns in space, for the simulated sensors. */
import type { Random } from "../random";

export type Vec3 = readonly [x: number, y: number, z: number];

/** A matrix, row by row. */
export type Matrix = readonly [Vec3, Vec3, Vec3];

/** The turn by `angles` (rad) about the axes x, then y, then z: Rz Ry Rx. */
export function rotation(angles: Vec3): Matrix {
  const [cx, sx] = [Math.cos(angles[0]), Math.sin(angles[0])];
  const [cy, sy] = [Math.cos(angles[1]), Math.sin(angles[1])];
  const [cz, sz] = [Math.cos(angles[2]), Math.sin(angles[2])];
  return [
    [cz * cy, cz * sy * sx - sz * cx, cz * sy * cx + sz * sx],
    [sz * cy, sz * sy * sx + cz * cx, sz * sy * cx - cz * sx],
    [-sy, cy * sx, cy * cx],
  ];
}

export function turned(v: Vec3, [x, y, z]: Matrix): Vec3 {
  return [dot(x, v), dot(y, v), dot(z, v)];
}

/** Unit vector in the direction of `v`. */
export function direction(v: Vec3): Vec3 {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
}

/** The point `share` of the way from `a` to `b`. */
export function mix(a: Vec3, b: Vec3, share: number): Vec3 {
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]), a[2] + share * (b[2] - a[2])];
}

/**
 * Two horizontal unit vectors at a right angle, where `up` points up: the shortest turn from axis `reference` to `up`,
 * applied to the other two axes. Smooth as long as `up` is not the opposite of the reference.
 */
export function horizontal(up: Vec3, reference: number): readonly [north: Vec3, east: Vec3] {
  const [i, j] = [(reference + 1) % 3, (reference + 2) % 3];
  const [a, b, c] = [up[i]!, up[j]!, up[reference]!];
  const place = (atI: number, atJ: number, atReference: number): Vec3 => {
    const v: [number, number, number] = [0, 0, 0];
    v[i] = atI;
    v[j] = atJ;
    v[reference] = atReference;
    return v;
  };
  const across = (-a * b) / (1 + c);
  return [place(1 - (a * a) / (1 + c), across, -a), place(across, 1 - (b * b) / (1 + c), -b)];
}

/** Three independent normal numbers. */
export function vec3(random: Random, deviation: number): Vec3 {
  return [deviation * random.normal(), deviation * random.normal(), deviation * random.normal()];
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
