/** What a data set is like before anything is trained: the facts of a data chapter, as plain rows. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { blockedInTime } from "../data/blocked-in-time";
import { cutWindows } from "../data/cut-windows";
import { missingness, rowsPerClass, samplingRates } from "../data/describe";
import { leaveOneSubjectOut } from "../data/leave-one-subject-out";
import { publishedWindows } from "../data/published-windows";
import { randomSizes, randomWindows } from "../data/random-windows";
import type { Recording } from "../data/recording";
import { auditRows } from "../data/split-rows";
import { wholeSegments } from "../data/whole-segments";
import { windowsLost } from "../data/windows-lost";
import { codeHash } from "./code-hash";

const Lost = z.strictObject({
  windows: z.int(),
  each: z.record(z.string(), z.int()),
  any: z.int(),
  all: z.int(),
});

export const Description = z.strictObject({
  dataSet: z.string(),
  key: z.string(),
  data: z.string(),
  code: z.string(),
  classes: z.array(z.string()),
  rows: z.array(
    z.strictObject({
      subject: z.string(),
      class: z.string(),
      segments: z.int(),
      rows: z.int(),
      seconds: z.number(),
    }),
  ),
  rates: z.array(
    z.strictObject({
      subject: z.string(),
      modality: z.string(),
      nominalHz: z.number(),
      measuredHz: z.number(),
      samples: z.int(),
      gaps: z.int(),
      longestGapSeconds: z.number(),
    }),
  ),
  /** Share of samples without a number, by subject and modality. */
  missing: z.array(z.strictObject({ subject: z.string(), sensor: z.string(), share: z.number() })),
  published: z.strictObject({
    windows: z.int(),
    train: z.int(),
    validation: z.int(),
    test: z.int(),
    lost: Lost,
    crossesSegment: z.int(),
    crossesSubject: z.int(),
  }),
  corrected: z.strictObject({
    windows: z.int(),
    lengthSeconds: z.number(),
    strideSeconds: z.number(),
    lost: Lost,
  }),
  /** By split: what the test windows share with training. */
  audits: z.array(
    z.strictObject({
      split: z.string(),
      shares: z.enum(["samples", "segment", "subject"]),
      windows: z.int(),
      testWindows: z.int(),
    }),
  ),
});
export type Description = Readonly<z.infer<typeof Description>>;

const imus = ["hand", "chest", "ankle"];

export const codeOfDescription = (): string => codeHash(["experiments/description"]);

/**
 * @param everything the protocol's activities, all of them, as the published processing stacks them
 * @param recordings the activities that are classes here
 * @param exclude subjects that the splits leave out
 */
export function describeRecordings(
  dataSet: string,
  everything: readonly Recording[],
  recordings: readonly Recording[],
  exclude: readonly string[],
): Description {
  const published = publishedWindows(everything);
  const sizes = randomSizes(published.count);
  const cut = { lengthSeconds: 5.12, strideSeconds: 1 };
  const corrected = cutWindows(
    recordings.filter(({ subject }) => !exclude.includes(subject)),
    cut,
  );
  // as published: 1 s windows, half overlapping, dealt at random
  const short = cutWindows(recordings, { lengthSeconds: 1, strideSeconds: 0.5 });
  const code = codeOfDescription();
  const { space } = corrected;
  if (space.kind !== "class")
    throw new Error(
      `describeRecordings: expected classes, got ${space.kind}; choose a data set with classes`,
    );
  const seed = 1;
  const sum = (flags: Uint8Array): number => flags.reduce((total, flag) => total + flag, 0);
  return {
    dataSet,
    key: createHash("sha256")
      .update(JSON.stringify([dataSet, corrected.hash, code]))
      .digest("hex")
      .slice(0, 16),
    data: corrected.hash,
    code,
    classes: [...space.classes],
    rows: rowsPerClass(recordings, "hand"),
    rates: samplingRates(recordings),
    missing: missingBySensor(recordings),
    published: {
      windows: published.count,
      ...{ train: sizes.train, validation: sizes.stop, test: sizes.test },
      lost: windowsLost(published, imus),
      crossesSegment: sum(published.crossesSegment),
      crossesSubject: sum(published.crossesSubject),
    },
    corrected: { windows: corrected.count, ...cut, lost: windowsLost(corrected, imus) },
    audits: [
      ...auditRows(short, randomWindows(short, { seed }), "random, 1 s windows"),
      ...auditRows(corrected, randomWindows(corrected, { seed }), "random, 5.12 s windows"),
      ...auditRows(corrected, blockedInTime(corrected, { seed, blocks: 5 }), "blocked in time"),
      ...auditRows(corrected, wholeSegments(corrected, { seed, folds: 4 }), "whole segments"),
      ...auditRows(corrected, leaveOneSubjectOut(corrected, { seed }), "leave one subject out"),
    ],
  };
}

/** All channels of a modality together. */
export function missingBySensor(recordings: readonly Recording[]): Description["missing"] {
  const sums = new Map<string, { subject: string; sensor: string; missing: number; rows: number }>();
  for (const { subject, modality, missing, rows } of missingness(recordings)) {
    const name = `${subject} ${modality}`;
    const sum = sums.get(name) ?? { subject, sensor: modality, missing: 0, rows: 0 };
    sums.set(name, { ...sum, missing: sum.missing + missing, rows: sum.rows + rows });
  }
  return [...sums.values()].map(({ subject, sensor, missing, rows }) => ({
    subject,
    sensor,
    share: missing / rows,
  }));
}

const folderOf = (results: string, dataSet: string): string => join(results, "full", `describe-${dataSet}`);

/** Replaces whatever description of the data set was there. */
export function writeDescription(results: string, description: Description): string {
  const folder = folderOf(results, description.dataSet);
  const file = join(folder, `${description.key}.json`);
  mkdirSync(dirname(file), { recursive: true });
  const old = readdirSync(folder).filter((name) => name !== `${description.key}.json`);
  writeFileSync(`${file}.part`, JSON.stringify(Description.parse(description), null, 1) + "\n");
  renameSync(`${file}.part`, file);
  for (const name of old) rmSync(join(folder, name));
  return file;
}

/** @throws where the data set has not been described, with the command that does it */
export function readDescription(results: string, dataSet: string): Description {
  const folder = folderOf(results, dataSet);
  const [name] = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".json")) : [];
  if (!name)
    throw new Error(
      `readDescription: expected a description in ${folder}, got none; where the data are, run: npm run results`,
    );
  return Description.parse(JSON.parse(readFileSync(join(folder, name), "utf8")));
}
