/** From a data set's source to its folder: fetched, checked, unpacked, and there all at once or not at all. */
import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { open, statfs } from "node:fs/promises";
import { join } from "node:path";
import { downloadFile, type DownloadFileOptions, type DownloadProgress } from "./download-file";
import type { DownloadSource } from "./download-source";
import { unzip } from "./unzip";

export type DownloadStage = "download" | "check" | "unpack";

export interface DownloadOptions extends Omit<DownloadFileOptions, "onProgress"> {
  readonly onProgress?: (stage: DownloadStage, progress: DownloadProgress) => void;
  /** Asked of the file system unless told. */
  readonly freeBytes?: number;
}

/** What is remembered of a download, in `<name>.download.json` beside the data set's folder. */
export interface DownloadRecord {
  readonly url: string;
  readonly bytes: number;
  /** Of the archive. */
  readonly sha256: string;
  /** By path below the data set's folder. */
  readonly files: Readonly<Record<string, number>>;
}

/**
 * Leaves `<raw>/<name>` complete, with a record beside it. An archive that somebody put at `<raw>/<name>.zip` is taken
 * instead of a download; after a break the next call goes on where the last one ended.
 *
 * @param raw the folder of data sets, on the file system that is to hold them
 * @throws naming what happened and what can be done, by hand if need be
 */
export async function downloadDataSet(
  source: DownloadSource,
  raw: string,
  options: DownloadOptions,
): Promise<DownloadRecord> {
  const { name, url } = source;
  const archive = join(raw, `${name}.zip`);
  mkdirSync(raw, { recursive: true });
  await checkSpace(source, raw, options);
  try {
    await downloadFile(url, archive, { ...options, onProgress: (p) => options.onProgress?.("download", p) });
  } catch (error) {
    options.signal.throwIfAborted();
    throw new Error(`download: ${url}: ${(error as Error).message}; ${byHand(source, archive)}`, { cause: error });
  }
  const sha256 = await checkArchive(source, archive, raw, options);
  const half = join(raw, `.${name}-unpacking`);
  rmSync(half, { recursive: true, force: true });
  try {
    const files = await unpack(source, archive, half, options);
    const record = { url, bytes: statSync(archive).size, sha256, files };
    takePlace(half, join(raw, name), join(raw, `.${name}-replaced`));
    writeWhole(recordPath(source, raw), JSON.stringify(record, null, 2) + "\n");
    rmSync(archive);
    return record;
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}

const recordPath = ({ name }: Pick<DownloadSource, "name">, raw: string): string => join(raw, `${name}.download.json`);

/** What an earlier download of the data set recorded, if there was one. */
export function readDownloadRecord(source: Pick<DownloadSource, "name">, raw: string): DownloadRecord | undefined {
  const path = recordPath(source, raw);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as DownloadRecord) : undefined;
}

const byHand = ({ name, homepage }: DownloadSource, archive: string): string =>
  `run the same command to go on; or download the archive by hand from ${homepage}, put it at ${archive} and run: npm run data -- ${name}`;

const number = (bytes: number): string => bytes.toLocaleString("en-US");

async function checkSpace(source: DownloadSource, raw: string, { freeBytes }: DownloadOptions): Promise<void> {
  const disk = await statfs(raw);
  const free = freeBytes ?? disk.bavail * disk.bsize;
  const there = [`${source.name}.zip`, `${source.name}.zip.part`]
    .map((file) => join(raw, file))
    .reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0);
  if (free + there < source.spaceBytes)
    throw new Error(
      `download: expected ${number(source.spaceBytes)} bytes free in ${raw}, got ${number(free)}; make room, or put data/raw on a larger disk`,
    );
}

/** Its SHA-256, after its size, its first bytes and what an earlier download had. */
async function checkArchive(source: DownloadSource, archive: string, raw: string, options: DownloadOptions): Promise<string> {
  const { size } = statSync(archive);
  const start = await firstBytes(archive);
  if (start !== "PK\u0003\u0004")
    throw new Error(
      `download: ${archive}: expected a zip archive, got a file that begins with ${JSON.stringify(start)}; delete it; ${byHand(source, archive)}`,
    );
  if (size !== source.bytes)
    throw new Error(
      `download: ${archive}: expected ${number(source.bytes)} bytes, got ${number(size)}; delete it and run the same command, or, if ${source.homepage} has a new edition, add: --bytes ${size}`,
    );
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(archive)) {
    options.signal.throwIfAborted();
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    options.onProgress?.("check", { bytes, total: size });
  }
  const sha256 = hash.digest("hex");
  const known = source.sha256 ?? readDownloadRecord(source, raw)?.sha256;
  if (known !== undefined && known !== sha256)
    throw new Error(
      `download: ${archive}: expected the SHA-256 ${known}, got ${sha256}; delete the archive and run the same command, or, if ${source.homepage} has a new edition, delete ${recordPath(source, raw)}`,
    );
  return sha256;
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function unpack(
  source: DownloadSource,
  archive: string,
  folder: string,
  { signal, onProgress }: DownloadOptions,
): Promise<Record<string, number>> {
  mkdirSync(folder);
  let bytes = 0;
  const written = await unzip(archive, folder, {
    ...source,
    signal,
    onBytes: (more) => onProgress?.("unpack", { bytes: (bytes += more), total: NaN }),
  });
  if (written.length === 0)
    throw new Error(
      `download: ${archive}: expected files of ${source.name}, got none that is known; delete it; ${byHand(source, archive)}`,
    );
  return Object.fromEntries(written.sort().map((file) => [file, statSync(join(folder, file)).size]));
}

/** Renames, so that whoever looks finds the old folder or the new one, whole. */
function takePlace(fresh: string, place: string, aside: string): void {
  rmSync(aside, { recursive: true, force: true });
  if (existsSync(place)) renameSync(place, aside);
  renameSync(fresh, place);
  rmSync(aside, { recursive: true, force: true });
}

function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}
