import assert from "node:assert/strict";
import { test } from "node:test";
import { activities, defaultSensors, imuBlock, pamap2Columns, protocolActivities } from "fusion/dist/data/pamap2-columns";

test("PAMAP2 has 54 columns, three blocks of 17 after time, activity and heart rate", () => {
  assert.equal(pamap2Columns.length, 54);
  pamap2Columns.forEach((column, i) => assert.equal(column.index, i));
  assert.equal(new Set(pamap2Columns.map(({ name }) => name)).size, 54);
  // places as the data set's readme counts them, minus one
  const places = { 0: "time", 1: "activity", 2: "heart_rate", 3: "hand_temperature", 4: "hand_acc16_x", 7: "hand_acc6_x" };
  const more = { 10: "hand_gyro_x", 13: "hand_mag_x", 16: "hand_orientation_1", 20: "chest_temperature" };
  const last = { 36: "chest_orientation_4", 37: "ankle_temperature", 52: "ankle_orientation_3", 53: "ankle_orientation_4" };
  for (const [index, name] of Object.entries({ ...places, ...more, ...last }))
    assert.equal(pamap2Columns[Number(index)]!.name, name);
});

test("by default an IMU has 9 channels", () => {
  assert.equal(imuBlock.length, 17);
  const kept = imuBlock.filter(({ group }) => defaultSensors.includes(group));
  assert.deepEqual(
    kept.map(({ name, unit }) => `${name} ${unit}`),
    [
      ...["acc16_x m/s²", "acc16_y m/s²", "acc16_z m/s²"],
      ...["gyro_x rad/s", "gyro_y rad/s", "gyro_z rad/s"],
      ...["mag_x µT", "mag_y µT", "mag_z µT"],
    ],
  );
});

test("activities: 12 of the protocol, 6 optional, 1 for the rest", () => {
  assert.deepEqual(
    protocolActivities.map(({ id }) => id),
    [1, 2, 3, 4, 5, 6, 7, 12, 13, 16, 17, 24],
  );
  assert.deepEqual(
    activities.filter(({ part }) => part === "optional").map(({ id }) => id),
    [9, 10, 11, 18, 19, 20],
  );
  assert.equal(activities.length, 19);
});
