/** A question whose runs are not a preset's: what a grid of processes has to know of it, and where its results lie. */
import { readFileSync } from "node:fs";
import type { z } from "zod";
import type { FitRequest } from "../train/fit";
import type { Profile } from "../workspace";
import { keysOf, resultFile } from "./store";
import type { DataFolders } from "./window-source";

/** What a run may use while it is made; nothing of it may change a byte of the result. */
export type StudyContext = Pick<FitRequest, "checkpoints" | "signal" | "progress"> & {
  /** Where results lie, for a study of what other experiments have left there. */
  readonly results?: string;
};

export interface StudyRun {
  /** Names the result by all that makes it: options, fold, seed, data, engine, code. */
  readonly key: string;
  /** How it is called in front of people. */
  readonly title: string;
  /** How long it is expected to take, against the study's other runs. */
  readonly weight: number;
  /** Plain data, already of the study's form; undefined where the signal asked to stop. */
  make(context: StudyContext): Promise<object | undefined>;
}

export interface Study {
  /** The name under which results lie. */
  readonly name: string;
  /** The data sets that must be there; none where all are simulated. */
  readonly data: readonly string[];
  /** The profile whose results are committed; "full" on real data and "standard" on simulated ones unless told. */
  readonly kept?: Profile;
  /** All runs, in the order in which they are wanted: what is broken off has made the first of them. */
  runs(profile: Profile, folders: DataFolders): Promise<StudyRun[]>;
  /** Was this result made by older code, or is it no longer asked for? Without opening any data. */
  isStale(file: string): boolean;
}

/** @throws naming the file that is no such result, and the field */
export function readStudyResult<Form extends z.ZodType>(form: Form, file: string): z.infer<Form> {
  const remedy = "it was written by other code: remove it and run: npm run experiment -- NAME";
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`readStudyResult: ${file}: expected JSON, got ${String(error)}; ${remedy}`);
  }
  const parsed = form.safeParse(content);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const field = `${first!.path.join(".")}: ${first!.message}`;
  throw new Error(`readStudyResult: ${file}: expected a result, got ${field}; ${remedy}`);
}

/** All of a study, by key; none where it has not run. */
export const readStudyResults = <Form extends z.ZodType>(
  form: Form,
  folder: string,
  profile: Profile,
  name: string,
): z.infer<Form>[] =>
  keysOf(folder, profile, name).map((key) => readStudyResult(form, resultFile(folder, profile, name, key)));
