/** The slow and the sudden faults of a wireless IMU: warming, and packets that never arrive. */
import type { Random } from "../random";
import { imuRateHz, type Imu } from "./pamap2-columns";

/** Rows lost, as a share of all, over all persons: what the original loses. */
export const lossRates: Readonly<Record<Imu, number>> = { hand: 0.0044, chest: 0.0011, ankle: 0.0044 };

const firstTemperature: Readonly<Record<Imu, number>> = { hand: 30.5, chest: 33.5, ankle: 31.5 };

/**
 * [row] °C in steps of 1/16: starts where it likes, is warmed by the skin, drifts. It knows the time and nothing of the
 * activity; whoever predicts from it has learned to recognise the recording.
 */
export function simulateTemperature(imu: Imu, rows: number, random: Random): Float32Array {
  const out = new Float32Array(rows);
  const start = firstTemperature[imu] + 0.8 * random.normal();
  const warming = 2 + 0.5 * random.normal();
  let drift = 0;
  for (let row = 0; row < rows; row++) {
    const seconds = row / imuRateHz;
    if (row % imuRateHz === 0) drift += 0.02 * random.normal();
    out[row] = Math.round(16 * (start + warming * (1 - Math.exp(-seconds / 600)) + drift)) / 16;
  }
  return out;
}

/**
 * [row] 1 where a packet was lost, with all that the IMU sent in it. Losses come in bursts of mean length 1.6 rows, and
 * bursts in spells of 4 s of bad radio, so that fewer windows are hit than if they were spread evenly.
 */
export function simulateLoss(imu: Imu, rows: number, random: Random): Uint8Array {
  const out = new Uint8Array(rows);
  const [spellShare, meanBurst] = [0.08, 1.6];
  // each person's radio is better or worse by a log-normal factor of mean 1
  const rate = lossRates[imu] * Math.exp(0.6 * random.normal() - 0.18);
  const inSpell = (0.85 * rate) / spellShare / meanBurst;
  const between = (0.15 * rate) / (1 - spellShare) / meanBurst;
  let bad = false;
  for (let row = 0; row < rows; row++) {
    if (row % (4 * imuRateHz) === 0) bad = random.uniform() < spellShare;
    if (random.uniform() >= (bad ? inSpell : between)) continue;
    do out[row++] = 1;
    while (row < rows && random.uniform() < 1 - 1 / meanBurst);
  }
  return out;
}
