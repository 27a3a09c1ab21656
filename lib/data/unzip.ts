/** Files out of an archive that may mean harm. */
import { mkdirSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as zlib from "node:zlib";
import * as yauzl from "yauzl";

export interface UnzipOptions {
  readonly keep: (entry: string) => string | undefined;
  readonly nested: (entry: string) => boolean;
  readonly signal: AbortSignal;
  /** After each piece that is written. */
  readonly onBytes?: (bytes: number) => void;
  /** All entries of an archive together, as they declare themselves; 20 GB unless told. */
  readonly mostBytes?: number;
}

/** Numbers as text shrink about fivefold; deflate ends at 1,032. Small entries may do as they please. */
const mostRatio = 100;
const smallBytes = 1_000_000;
const mostDepth = 2;

/** In Node since 20.15; the types are older, so that notebooks can read them. */
const crc32 = (zlib as unknown as { crc32: (data: Uint8Array, before: number) => number }).crc32;

/**
 * Writes the entries that `keep` names below `folder`, also those of archives inside the archive.
 *
 * The whole archive is refused for one entry that leaves the folder, is a link, a device or encrypted, is written twice,
 * unpacks to more than it says or to an absurd size, or fails its checksum.
 *
 * @returns what was written, relative to `folder`
 */
export async function unzip(archive: string, folder: string, options: UnzipOptions): Promise<string[]> {
  const written: string[] = [];
  await unzipInto(archive, folder, options, written, 1);
  return written;
}

async function unzipInto(
  archive: string,
  folder: string,
  options: UnzipOptions,
  written: string[],
  depth: number,
): Promise<void> {
  const { keep, nested, signal, mostBytes = 20e9 } = options;
  const zip = await opened(archive);
  try {
    let declared = 0;
    for await (const entry of entriesOf(zip)) {
      signal.throwIfAborted();
      declared += checkEntry(entry);
      if (declared > mostBytes)
        throw harmful(entry.fileName, `expected ${mostBytes} bytes or fewer in all, got ${declared}`);
      const target = keep(entry.fileName);
      if (target !== undefined) {
        if (written.includes(target)) throw harmful(entry.fileName, `expected ${target} once, got it again`);
        await extract(zip, entry, join(folder, target), options);
        written.push(target);
      } else if (nested(entry.fileName)) {
        if (depth >= mostDepth) throw harmful(entry.fileName, `expected archives ${mostDepth} deep at most, got more`);
        const inner = join(folder, `.inner-${depth}.zip`);
        await extract(zip, entry, inner, { ...options, onBytes: undefined });
        await unzipInto(inner, folder, options, written, depth + 1);
        rmSync(inner);
      }
    }
  } finally {
    zip.close();
  }
}

const harmful = (entry: string, why: string): Error =>
  new Error(`unzip: ${JSON.stringify(entry)}: ${why}; do not trust this archive, delete it`);

/** Its size as declared. yauzl itself has refused names with "..", with a drive or a root, and with a backslash. */
function checkEntry(entry: yauzl.Entry): number {
  const { fileName, compressedSize, uncompressedSize, externalFileAttributes, versionMadeBy } = entry;
  const isUnix = versionMadeBy >>> 8 === 3 || versionMadeBy >>> 8 === 19; // else the upper half means nothing
  const kind = isUnix ? (externalFileAttributes >>> 16) & 0o170000 : 0;
  if (![0, 0o100000, 0o040000].includes(kind))
    throw harmful(fileName, `expected a file or a folder, got a link or a device (mode ${kind.toString(8)})`);
  if (entry.isEncrypted()) throw harmful(fileName, "expected a readable file, got an encrypted one");
  if (uncompressedSize > smallBytes && uncompressedSize > mostRatio * compressedSize)
    throw harmful(
      fileName,
      `expected at most ${mostRatio} times its packed size, got ${uncompressedSize} bytes out of ${compressedSize}`,
    );
  return uncompressedSize;
}

function opened(archive: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) =>
    yauzl.open(archive, { lazyEntries: true, autoClose: false, strictFileNames: true }, (error, zip) =>
      error ? reject(new Error(`unzip: ${archive}: expected a zip archive, got: ${error.message}; download it again`)) : resolve(zip),
    ),
  );
}

/** One after the other; the next is read when the last has been dealt with. */
async function* entriesOf(zip: yauzl.ZipFile): AsyncGenerator<yauzl.Entry> {
  for (;;) {
    const entry = await new Promise<yauzl.Entry | undefined>((resolve, reject) => {
      const settle = (act: () => void): void => {
        zip.removeAllListeners();
        act();
      };
      zip.once("entry", (found: yauzl.Entry) => settle(() => resolve(found)));
      zip.once("end", () => settle(() => resolve(undefined)));
      zip.once("error", (error: Error) =>
        settle(() => reject(new Error(`unzip: refused: ${error.message}; do not trust this archive, delete it`))),
      );
      zip.readEntry();
    });
    if (!entry) return;
    yield entry;
  }
}

async function extract(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  path: string,
  { signal, onBytes }: Pick<UnzipOptions, "signal" | "onBytes">,
): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const file = await open(path, "wx"); // never over another entry
  let sum = 0;
  try {
    // the stream last: between it and its reader nothing may wait, or an error of it finds nobody who listens
    const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) =>
      zip.openReadStream(entry, (error, found) => (error ? reject(error) : resolve(found))),
    );
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      signal.throwIfAborted();
      sum = crc32(chunk, sum);
      await file.write(chunk);
      onBytes?.(chunk.length);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (sum !== entry.crc32)
    throw new Error(
      `unzip: ${entry.fileName}: expected the checksum ${entry.crc32.toString(16)}, got ${sum.toString(16)}; the archive is torn, delete it and download it again`,
    );
}
