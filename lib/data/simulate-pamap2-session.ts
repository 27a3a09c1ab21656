/** One person's whole session, as the columns of a file. */
import { randomFor, type Random } from "../random";
import { imuBlock, imuRateHz, imus, pamap2Columns } from "./pamap2-columns";
import { posturesOf, simulateActivity, type RandomOf } from "./simulate-pamap2-activity";
import { simulateLoss, simulateTemperature } from "./simulate-pamap2-faults";
import { simulateHeart } from "./simulate-pamap2-heart";
import { efforts } from "./simulate-pamap2-motions";
import { noiseTable } from "./simulate-pamap2-noise";
import { simulatedPerson } from "./simulate-pamap2-person";
import { leftHanded, schedule } from "./simulate-pamap2-schedule";
import { imuChannels } from "./simulate-pamap2-sensor";
import { groupOf } from "./simulate-pamap2-separability";

export interface SimulatedSession {
  readonly subject: string;
  readonly rows: number;
  /** Seconds on the clock at row 0; rows are 0.01 s apart. */
  readonly startSeconds: number;
  /** [row, column]: the 54 columns of a file, NaN where nothing arrived; column 0, the time, is 0 throughout. */
  readonly values: Float32Array;
}

const columns = pamap2Columns.length;
const imuColumn = (i: number): number => 3 + i * imuBlock.length;

/** The same numbers for the same three arguments. */
export function simulateSession(seed: number, subject: string, secondsPerActivity: number): SimulatedSession {
  const randomOf = (...part: (string | number)[]): Random => randomFor(seed, "session", subject, ...part);
  const person = simulatedPerson(seed, subject, subject === leftHanded);
  const table = noiseTable(randomOf("noise"));
  const stretches = schedule(subject, secondsPerActivity, randomOf("schedule"));
  const ofStretch = stretches.map((_, n): RandomOf => (...part) => randomOf("stretch", n, ...part));
  const postures = stretches.map(({ activity }, n) =>
    activity ? posturesOf(activity, person, ofStretch[n]!) : undefined,
  );
  const rows = stretches.reduce((sum, s) => sum + s.rows, 0);
  const values = new Float32Array(rows * columns);
  const effort = new Float32Array(rows);

  let first = 0;
  stretches.forEach(({ activity, rows: length }, n) => {
    // activity 0 stands between any two, so a stretch without postures of its own has neighbours that have them
    const to = (postures[n] ?? postures[n + 1] ?? postures[n - 1])!;
    const from = postures[n] ?? postures[n - 1] ?? to;
    const samples = simulateActivity(
      activity,
      length,
      first / rows,
      person,
      { from, to },
      table,
      ofStretch[n]!,
    );
    const wanted = efforts[activity ? groupOf("heart", activity) : "transient"];
    effort.fill(wanted * Math.exp(0.12 * ofStretch[n]!("effort").normal()), first, first + length);
    for (let row = 0; row < length; row++) {
      const line = (first + row) * columns;
      values[line + 1] = activity;
      imus.forEach((imu, i) => {
        const at = line + imuColumn(i) + 1;
        values.set(samples[imu].subarray(row * imuChannels, (row + 1) * imuChannels), at);
        values[at + imuChannels] = 1; // orientation is invalid in the original too: 1 0 0 0
      });
    }
    first += length;
  });

  const beats = simulateHeart(effort, person, table, randomOf("heart"));
  for (let row = 0; row < rows; row++) values[row * columns + 2] = beats[row]!;
  imus.forEach((imu, i) => {
    const temperature = simulateTemperature(imu, rows, randomOf("temperature", imu));
    const lost = simulateLoss(imu, rows, randomOf("loss", imu));
    for (let row = 0; row < rows; row++) {
      const at = row * columns + imuColumn(i);
      values[at] = temperature[row]!;
      if (lost[row]) values.fill(NaN, at, at + imuBlock.length);
    }
  });
  const startSeconds = 5 + Math.round(1000 * randomOf("start").uniform()) / imuRateHz;
  return { subject, rows, startSeconds, values };
}
