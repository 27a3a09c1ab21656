/** From the rows of one PAMAP2 file to a recording: modalities on their clocks, runs of one activity as segments. */
import {
  activities,
  heartRateHz,
  imuBlock,
  imuRateHz,
  imus,
  pamap2Columns,
  protocolActivities,
  type Activity,
  type Imu,
} from "./pamap2-columns";
import type { Pamap2Rows } from "./pamap2-rows";
import type { Recording, Sequence } from "./recording";
import { runsOf, segmentsOf } from "./runs";

export interface Pamap2RecordingOptions {
  /** Numbers of the activities that are classes, 0 for transients; the twelve of the protocol unless told. */
  readonly activities?: readonly number[];
  /**
   * Thins a heart rate that somebody filled forward to this rate, on its first row in each tick. A file with a heart
   * rate in half of its rows or fewer is left as it is. The channel's name then says "reconstructed" in all.
   */
  readonly heartRateHz?: number;
  /** "pamap2" unless told. */
  readonly dataset?: string;
}

/** Two rows further apart than this (one lost row) belong to different segments. */
const gapSeconds = 0.02;
const clockSlack = 1e-6; // times are decimal: 0.03 - 0.01 is 0.019999999999999997

/** The classes in the order of their ids: that of the activity table, whatever the order asked for. */
export function pamap2Classes(ids?: readonly number[]): readonly Activity[] {
  if (!ids) return protocolActivities;
  const unknown = ids.filter((id) => !activities.some((a) => a.id === id));
  if (unknown.length > 0 || ids.length === 0)
    throw new Error(
      `readPamap2: expected activities of ${activities.map((a) => a.id).join(", ")}, got [${ids.join(", ")}]; see pamap2-columns.ts`,
    );
  return activities.filter((a) => ids.includes(a.id));
}

/** Modalities hand, chest, ankle and heart; one in which nothing was measured is left out. */
export function pamap2Recording(rows: Pamap2Rows, options: Pamap2RecordingOptions = {}): Recording {
  const classes = pamap2Classes(options.activities);
  const { activity } = rows.columns as { activity: Float32Array };
  const time = rows.columns["time"]!.slice() as Float64Array; // else the recording holds on to the rows' memory
  const classOf = new Map(classes.map(({ id }, place) => [id, place]));
  const labels = new Float64Array(rows.count).map((_, row) => classOf.get(activity[row]!) ?? NaN);
  const modalities: Record<string, Sequence> = {};
  for (const imu of imus) {
    const sequence = imuSequence(rows, imu, time);
    if (sequence.values.some((value) => !Number.isNaN(value))) modalities[imu] = sequence;
  }
  const heart = heartSequence(time, rows.columns["heart_rate"] as Float32Array, options.heartRateHz);
  if (heart.seconds.length > 0) modalities["heart"] = heart;
  return {
    dataset: options.dataset ?? "pamap2",
    subject: /\d+/.exec(rows.file)?.[0] ?? rows.file,
    session: rows.file,
    space: { kind: "class", classes: classes.map(({ name }) => name) },
    modalities,
    segments: segmentsOf(time, runsOf(time, labels, gapSeconds), 1 / imuRateHz),
  };
}

function imuSequence(rows: Pamap2Rows, imu: Imu, seconds: Float64Array): Sequence {
  const kept = imuBlock.filter(({ name }) => `${imu}_${name}` in rows.columns);
  const values = new Float32Array(rows.count * kept.length); // [sample, channel]
  kept.forEach(({ name }, channel) => {
    const column = rows.columns[`${imu}_${name}`]!;
    for (let row = 0, at = channel; row < rows.count; row++, at += kept.length) values[at] = column[row]!;
  });
  const channels = kept.map(({ name, unit }) => ({ name, unit }));
  return { kind: "sequence", channels, rateHz: imuRateHz, seconds, values };
}

/** Only the rows in which a heart rate was written. */
function heartSequence(time: Float64Array, heartRate: Float32Array, thinToHz?: number): Sequence {
  const written: number[] = [];
  heartRate.forEach((rate, row) => Number.isNaN(rate) || written.push(row));
  const filled = written.length > time.length / 2; // the strap writes about one row in eleven
  const tick = (row: number): number => Math.floor(time[row]! * (thinToHz ?? NaN) + clockSlack);
  const kept =
    filled && thinToHz !== undefined
      ? written.filter((row, i) => i === 0 || tick(row) !== tick(written[i - 1]!))
      : written;
  const { unit } = pamap2Columns[2]!;
  return {
    kind: "sequence",
    channels: [{ name: thinToHz === undefined ? "heart rate" : "heart rate, reconstructed", unit }],
    rateHz: thinToHz ?? heartRateHz, // of the strap, whatever was filled in later
    seconds: new Float64Array(kept.length).map((_, i) => time[kept[i]!]!),
    values: new Float32Array(kept.length).map((_, i) => heartRate[kept[i]!]!),
  };
}
