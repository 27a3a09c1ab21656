/** What a trained model answered to each window, with every set of sensors: for calibration, long after training. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Windows } from "../data/windows";
import { labelsOf } from "../train/labels";
import { seal, unseal } from "../train/sealed";
import type { ModelLogits, SubsetLogits } from "./subset-logits";

export interface LogitsPart {
  /** Which windows of the data set, in the order of the rows. */
  readonly windows: Int32Array;
  /** [window] */
  readonly subjects: readonly string[];
  /** [window]: the class that is right. */
  readonly labels: Int32Array;
}

export interface KeptLogits {
  /** Of the run. */
  readonly key: string;
  readonly classes: readonly string[];
  readonly parts: Readonly<Record<PartName, LogitsPart>>;
  /** All sets of sensors, the empty one first, the full one last; rows [window, class] of each part. */
  readonly subsets: readonly SubsetLogits[];
}

const partNames = ["calibration", "test"] as const;
type PartName = (typeof partNames)[number];

interface Header {
  readonly key: string;
  readonly classes: readonly string[];
  readonly parts: Readonly<Record<PartName, { windows: number[]; subjects: string[]; labels: number[] }>>;
  /** Of each subset the modalities that are left; tensors follow in this order, calibration before test. */
  readonly subsets: readonly (readonly string[])[];
}

const magic = "fusion logits 1\n";

/** Whole or not at all. */
export function writeLogits(
  file: string,
  key: string,
  windows: Windows,
  { parts, subsets }: ModelLogits,
): void {
  const classes = windows.space.kind === "class" ? windows.space.classes : [];
  const partOf = (indices: Int32Array) => ({
    windows: [...indices],
    subjects: Array.from(indices, (w) => windows.subject[w]!),
    labels: [...labelsOf(windows, indices)],
  });
  const header: Header = {
    ...{ key, classes },
    parts: { calibration: partOf(parts.calibration), test: partOf(parts.test) },
    subsets: subsets.map(({ present }) => present),
  };
  const tensors = subsets.flatMap((subset) => partNames.map((part) => inOne(subset[part])));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, seal(magic, header, tensors));
  renameSync(`${file}.part`, file);
}

/** @throws where there is none, or where it is torn, with the command that makes it anew */
export function readLogits(file: string): KeptLogits {
  const remedy = "run: npm run experiment -- NAME --logits";
  if (!existsSync(file)) throw new Error(`readLogits: expected ${file}, got none; ${remedy}`);
  const opened = unseal<Header>(magic, readFileSync(file));
  if (!opened)
    throw new Error(
      `readLogits: expected a whole file of logits, got ${file}, which is torn; remove it and ${remedy}`,
    );
  const { header, tensors } = opened;
  const part = ({ windows, subjects, labels }: Header["parts"][PartName]): LogitsPart => ({
    ...{ windows: Int32Array.from(windows), subjects, labels: Int32Array.from(labels) },
  });
  const { calibration, test } = header.parts;
  return {
    ...{ key: header.key, classes: header.classes },
    parts: { calibration: part(calibration), test: part(test) },
    subsets: header.subsets.map((present, i) => ({
      present,
      calibration: inRows(tensors[2 * i]!, calibration.windows.length),
      test: inRows(tensors[2 * i + 1]!, test.windows.length),
    })),
  };
}

function inOne(rows: readonly Float32Array[]): Float32Array {
  const width = rows[0]?.length ?? 0;
  const all = new Float32Array(rows.length * width);
  rows.forEach((row, i) => all.set(row, i * width));
  return all;
}

const inRows = (all: Float32Array, rows: number): Float32Array[] =>
  Array.from({ length: rows }, (_, i) => {
    const width = all.length / rows;
    return all.subarray(i * width, (i + 1) * width);
  });
