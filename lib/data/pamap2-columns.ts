/** What each of the 54 columns of a PAMAP2 file holds, and what its activity numbers mean (data set's readme). */
import type { Channel } from "./recording";

export const imus = ["hand", "chest", "ankle"] as const;
export type Imu = (typeof imus)[number];

/** Nominal rate of the rows, that is of the three IMUs. */
export const imuRateHz = 100;
/** Nominal rate at which the chest strap writes a heart rate; rows between hold NaN. */
export const heartRateHz = 9;

export type SensorGroup = "temperature" | "acc16" | "acc6" | "gyro" | "mag" | "orientation";

/**
 * The block of 17 columns that each IMU writes, in file order.
 *
 * Default channels are acc16, gyro and mag. On request only: temperature, which may identify the recording rather than
 * the movement; acc6, which saturates in running and rope jumping; orientation, "invalid in this data collection".
 */
export const imuBlock: readonly (Channel & { readonly group: SensorGroup })[] = [
  { name: "temperature", unit: "°C", group: "temperature" },
  ...axes("acc16", "m/s²", "xyz"), // ±16 g, 13 bit
  ...axes("acc6", "m/s²", "xyz"), // ±6 g, 13 bit
  ...axes("gyro", "rad/s", "xyz"),
  ...axes("mag", "µT", "xyz"),
  ...axes("orientation", "1", "1234"),
];

export const defaultSensors: readonly SensorGroup[] = ["acc16", "gyro", "mag"];

export interface Pamap2Column extends Channel {
  /** Zero-based place in a line. */
  readonly index: number;
  readonly modality: "clock" | "activity" | "heart" | Imu;
  /** Of IMU columns only. */
  readonly group?: SensorGroup;
}

/** All 54, in file order: time, activity, heart_rate, hand_temperature, hand_acc16_x, ..., ankle_orientation_4. */
export const pamap2Columns: readonly Pamap2Column[] = [
  { index: 0, name: "time", unit: "s", modality: "clock" },
  { index: 1, name: "activity", unit: "1", modality: "activity" },
  { index: 2, name: "heart_rate", unit: "bpm", modality: "heart" },
  ...imus.flatMap((imu, i) =>
    imuBlock.map(({ name, unit, group }, j) => ({
      index: 3 + i * imuBlock.length + j,
      name: `${imu}_${name}`,
      unit,
      modality: imu,
      group,
    })),
  ),
];

export interface Activity {
  /** As written in column 1. */
  readonly id: number;
  readonly name: string;
  /** "protocol": the twelve of the Protocol folder; "optional": those of the Optional folder; "other": transients. */
  readonly part: "protocol" | "optional" | "other";
}

/** Every activity that a file may hold. */
export const activities: readonly Activity[] = [
  { id: 1, name: "lying", part: "protocol" },
  { id: 2, name: "sitting", part: "protocol" },
  { id: 3, name: "standing", part: "protocol" },
  { id: 4, name: "walking", part: "protocol" },
  { id: 5, name: "running", part: "protocol" },
  { id: 6, name: "cycling", part: "protocol" },
  { id: 7, name: "Nordic walking", part: "protocol" },
  { id: 12, name: "ascending stairs", part: "protocol" },
  { id: 13, name: "descending stairs", part: "protocol" },
  { id: 16, name: "vacuum cleaning", part: "protocol" },
  { id: 17, name: "ironing", part: "protocol" },
  { id: 24, name: "rope jumping", part: "protocol" },
  { id: 9, name: "watching TV", part: "optional" },
  { id: 10, name: "computer work", part: "optional" },
  { id: 11, name: "car driving", part: "optional" },
  { id: 18, name: "folding laundry", part: "optional" },
  { id: 19, name: "house cleaning", part: "optional" },
  { id: 20, name: "playing soccer", part: "optional" },
  { id: 0, name: "other", part: "other" },
];

/** The twelve classes of the protocol; class id r is the r-th of them, whichever activities a file holds. */
export const protocolActivities: readonly Activity[] = activities.filter((a) => a.part === "protocol");

function axes(group: SensorGroup, unit: string, letters: string): (Channel & { readonly group: SensorGroup })[] {
  return [...letters].map((letter) => ({ name: `${group}_${letter}`, unit, group }));
}
