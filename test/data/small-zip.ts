/** Archives as an attacker would write them: every field of an entry can be given a lie. */
import { deflateRawSync } from "node:zlib";
import * as zlib from "node:zlib";

export interface SmallEntry {
  readonly name: string;
  readonly content: string | Buffer;
  /** Unix mode with its kind of file; a plain file unless told. */
  readonly mode?: number;
  readonly isStored?: boolean;
  readonly crc32?: number;
  /** What it says it unpacks to. */
  readonly uncompressedSize?: number;
  readonly flags?: number;
}

const crc32 = (zlib as unknown as { crc32: (data: Uint8Array) => number }).crc32;

/** Layout: APPNOTE.TXT 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (end). */
export function smallZip(entries: readonly SmallEntry[]): Buffer {
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content);
    const packed = entry.isStored ? content : deflateRawSync(content);
    const name = Buffer.from(entry.name);
    const shared = Buffer.alloc(26); // version needed ... length of the extra field
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(entry.flags ?? 0, 2);
    shared.writeUInt16LE(entry.isStored ? 0 : 8, 4);
    shared.writeUInt32LE(entry.crc32 ?? crc32(content), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(entry.uncompressedSize ?? content.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), shared, name, packed]);
    const tail = Buffer.alloc(14); // length of the comment ... offset of the local header
    tail.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    const madeBy = Buffer.from([20, 3]); // Unix
    centrals.push(Buffer.concat([Buffer.from("PK\u0001\u0002", "latin1"), madeBy, shared, tail, name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
