/** A training run on disk after each epoch: written whole or not at all, and known to be whole when read. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { seal, sealLength, unseal } from "./sealed";

export interface Checkpoint<State> {
  /** Epochs done. */
  readonly epoch: number;
  /** What this run is: preset, fold, seed, data, engine. Another run's checkpoint is refused. */
  readonly run: string;
  /** Small facts, as JSON: history, best loss, ... */
  readonly state: State;
  /** Weights, moments, best weights, in a fixed order. */
  readonly tensors: readonly Float32Array[];
}

const magic = "fusion checkpoint 2\n";
const fileOf = (epoch: number): string => `epoch-${String(epoch).padStart(5, "0")}.checkpoint`;

/**
 * Writes beside, syncs, renames; keeps the checkpoint before as well, and removes all others: older ones, and torn ones
 * of later epochs, which `readCheckpoint` passed over.
 */
export function writeCheckpoint<State>(
  folder: string,
  { epoch, run, state, tensors }: Checkpoint<State>,
): void {
  mkdirSync(folder, { recursive: true });
  const content = seal(magic, { epoch, run, state }, tensors);
  const file = join(folder, fileOf(epoch));
  const handle = openSync(`${file}.part`, "w");
  try {
    writeFileSync(handle, content.subarray(0, -sealLength)); // unlike writeSync, never a part of it
    writeFileSync(handle, content.subarray(-sealLength));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(`${file}.part`, file);
  const names = list(folder);
  const at = names.indexOf(fileOf(epoch));
  for (const other of [...names.slice(0, at), ...names.slice(at + 2)]) rmSync(join(folder, other));
}

export interface Resumed<State> {
  /** The newest that is whole; undefined where there is none. */
  readonly checkpoint: Checkpoint<State> | undefined;
  /** Files that were torn and passed over, newest first. */
  readonly torn: readonly string[];
}

/** @throws where the newest whole checkpoint belongs to another run */
export function readCheckpoint<State>(folder: string, run: string): Resumed<State> {
  const torn: string[] = [];
  for (const name of list(folder)) {
    const checkpoint = open<State>(readFileSync(join(folder, name)));
    if (!checkpoint) {
      torn.push(name);
      continue;
    }
    if (checkpoint.run !== run)
      throw new Error(
        `readCheckpoint: ${join(folder, name)}: expected the run ${run}, got ${checkpoint.run}; another preset, fold, seed, data set or engine wrote it: remove the folder to begin anew`,
      );
    return { checkpoint, torn };
  }
  return { checkpoint: undefined, torn };
}

/** Removes a finished run's checkpoints. */
export const removeCheckpoints = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Newest first. */
const list = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".checkpoint"))
        .sort()
        .reverse()
    : [];

function open<State>(bytes: Buffer): Checkpoint<State> | undefined {
  const opened = unseal<Omit<Checkpoint<State>, "tensors">>(magic, bytes);
  return opened && { ...opened.header, tensors: opened.tensors };
}
