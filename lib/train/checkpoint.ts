/** A training run on disk after each epoch: written whole or not at all, and known to be whole when read. */
import { createHash } from "node:crypto";
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
const digestLength = 32;
const fileOf = (epoch: number): string => `epoch-${String(epoch).padStart(5, "0")}.checkpoint`;

/**
 * Writes beside, syncs, renames; keeps the checkpoint before as well, and removes all others: older ones, and torn ones
 * of later epochs, which `readCheckpoint` passed over.
 *
 * Layout: magic, length of the header (uint32), header (JSON), the tensors' floats, SHA-256 of all before.
 */
export function writeCheckpoint<State>(
  folder: string,
  { epoch, run, state, tensors }: Checkpoint<State>,
): void {
  mkdirSync(folder, { recursive: true });
  const header = Buffer.from(JSON.stringify({ epoch, run, state, lengths: tensors.map((t) => t.length) }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const floats = tensors.map((t) => Buffer.from(t.buffer, t.byteOffset, t.byteLength));
  const content = Buffer.concat([Buffer.from(magic), length, header, ...floats]);
  const file = join(folder, fileOf(epoch));
  const handle = openSync(`${file}.part`, "w");
  try {
    writeFileSync(handle, content); // unlike writeSync, never a part of it
    writeFileSync(handle, sha256(content));
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
    const checkpoint = parse<State>(readFileSync(join(folder, name)));
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

/** Undefined where the bytes are not what was written, or another version of this code wrote them. */
function parse<State>(bytes: Buffer): Checkpoint<State> | undefined {
  const content = bytes.subarray(0, -digestLength);
  if (
    bytes.length < magic.length + 4 + digestLength ||
    content.toString("latin1", 0, magic.length) !== magic ||
    !sha256(content).equals(bytes.subarray(-digestLength))
  )
    return undefined;
  const start = magic.length + 4;
  const headerLength = content.readUInt32LE(magic.length);
  const { lengths, ...rest } = JSON.parse(
    content.subarray(start, start + headerLength).toString(),
  ) as Checkpoint<State> & { lengths: number[] };
  let at = start + headerLength;
  const tensors = lengths.map((length) => {
    const floats = new Float32Array(length);
    new Uint8Array(floats.buffer).set(content.subarray(at, (at += 4 * length)));
    return floats;
  });
  return { ...rest, tensors };
}

const sha256 = (content: Uint8Array): Buffer => createHash("sha256").update(content).digest();
