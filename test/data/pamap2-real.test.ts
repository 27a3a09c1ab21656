import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { missingness, rowsPerClass, samplingRates } from "fusion/dist/data/describe";
import { readPamap2 } from "fusion/dist/data/pamap2";
import { checkProtocolCounts, protocolRowsByActivity, protocolRowsBySubject } from "fusion/dist/data/pamap2-counts";
import { readPamap2Rows } from "fusion/dist/data/pamap2-rows";
import type { Recording, Sequence } from "fusion/dist/data/recording";

const part = join(process.env["FUSION_DATA"] ?? "../shared/data", "pamap2");
const skip = existsSync(join(part, "Protocol/subject109.dat.gz")) ? false : `no PAMAP2 part in ${part}`;
const whole = "data/raw/pamap2";
const skipWhole = existsSync(whole) ? false : `no original PAMAP2 in ${whole}; npm run data -- pamap2`;

let reading: Promise<Recording[]> | undefined;
const recordings = (): Promise<Recording[]> => (reading ??= readPamap2(part));

/** Counted by `zcat | awk`: rows; rows without hand, chest, ankle; heart rates; rows and runs of each activity. */
const counted = `
  101 43701 230   6 479 43701 ascending stairs 15890/2, descending stairs 14899/2, rope jumping 12912/1
  102 55055 590   7 369 55055 running 9238/1, ascending stairs 17342/2, descending stairs 15213/2, rope jumping 13262/1
  103 25664   1  17  12 25664 ascending stairs 10389/2, descending stairs 15275/3
  104 30980   1   1  15 30980 running 1/1, ascending stairs 16694/2, descending stairs 14285/2
  105 34741  45  16 273 34741 ascending stairs 14281/2, descending stairs 12727/2, rope jumping 7733/1
  106 24819   8   2  13 24819 ascending stairs 13291/2, descending stairs 11272/2, rope jumping 256/1
  107 45238 236  13  50 45238 sitting 12282/1, running 3692/1, ascending stairs 17646/2, descending stairs 11618/2
  108 46676 272 275 155 46676 running 16532/1, ascending stairs 11683/2, descending stairs 9655/2, rope jumping 8806/1
  109  8477   3  51   9   776 rope jumping 6391/1`;

test("the part of PAMAP2 holds what awk counts in it", { skip }, async () => {
  const found = await recordings();
  const [classes, missing] = [rowsPerClass(found, "hand"), missingness(found)];
  const lines = found.map(({ subject, modalities }) => {
    const runs = classes
      .filter((r) => r.subject === subject)
      .map((r) => `${r.class} ${r.rows}/${r.segments}`)
      .join(", ");
    const without = ["hand", "chest", "ankle"].map(
      (imu) => missing.find((m) => m.subject === subject && m.modality === imu && m.channel === "acc16_y")!.missing,
    );
    const counts = [modalities["hand"], modalities["heart"]].map((m) => (m as Sequence).seconds.length);
    return [subject, counts[0], ...without, counts[1], runs].join(" ");
  });
  assert.deepEqual(
    lines,
    counted
      .trim()
      .split("\n")
      .map((row) => row.trim().replace(/ +/g, " ")),
  );
  assert.equal(
    classes.reduce((sum, { rows }) => sum + rows, 0),
    313_265,
  );
});

test("its stairs and rope jumping are all there is: as many rows as in the whole set", { skip }, async () => {
  const classes = rowsPerClass(await recordings(), "hand");
  for (const name of ["ascending stairs", "descending stairs", "rope jumping"])
    assert.equal(
      classes.filter((r) => r.class === name).reduce((sum, { rows }) => sum + rows, 0),
      protocolRowsByActivity[name],
    );
});

/** Sums in file order of four columns as float32 and of the times, by Python. */
const sums = { 101: [475091.63607112976, 101541725.94000001], 108: [339868.1026175594, 132307996.17999999] };

for (const [subject, [values, seconds]] of Object.entries(sums))
  test(`every number of subject ${subject} is the one that Python reads`, { skip }, async () => {
    const { columns } = await readPamap2Rows(join(part, `Protocol/subject${subject}.dat.gz`));
    const four = ["hand_acc16_x", "hand_gyro_x", "chest_gyro_y", "ankle_mag_z"].map((name) => columns[name]!);
    let [sum, time] = [0, 0];
    columns["time"]!.forEach((second, row) => {
      time += second;
      for (const column of four) if (!Number.isNaN(column[row])) sum += column[row]!;
    });
    assert.deepEqual([sum, time], [values, seconds]);
  });

test("IMUs write at 100 Hz; the heart rate came at 9 Hz, where nobody has filled it", { skip }, async () => {
  for (const { subject, modality, measuredHz, nominalHz } of samplingRates(await recordings())) {
    const filled = modality === "heart" && subject !== "109";
    assert.equal(Math.round(measuredHz), filled ? 100 : nominalHz, `${subject} ${modality}`);
  }
});

test("a part does not pass for the whole", { skip }, async () => {
  const found = await recordings();
  assert.throws(() => checkProtocolCounts(found), /expected the 12 activities of 9 subjects, got lying 0 rows instead of 192523;/);
});

test("the golden counts agree with each other", () => {
  const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);
  assert.equal(sum(protocolRowsByActivity), 1_942_872);
  assert.equal(sum(protocolRowsBySubject), 1_942_872);
});

test("the whole set has the golden counts", { skip: skipWhole }, async () => {
  checkProtocolCounts(await readPamap2(whole));
});
