/** A header and tensors as one piece of bytes that shows when it is torn. */
import { createHash } from "node:crypto";

export const sealLength = 32;

/** Layout: magic, length of the header (uint32), header (JSON), the tensors' floats, SHA-256 of all before. */
export function seal(magic: string, header: object, tensors: readonly Float32Array[]): Buffer {
  const told = Buffer.from(JSON.stringify({ ...header, lengths: tensors.map((t) => t.length) }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(told.length);
  const floats = tensors.map((t) => Buffer.from(t.buffer, t.byteOffset, t.byteLength));
  const content = Buffer.concat([Buffer.from(magic), length, told, ...floats]);
  return Buffer.concat([content, sha256(content)]);
}

/** Undefined where the bytes are not what was written, or were written under another magic. */
export function unseal<Header>(
  magic: string,
  bytes: Buffer,
): { readonly header: Header; readonly tensors: Float32Array[] } | undefined {
  const content = bytes.subarray(0, -sealLength);
  if (
    bytes.length < magic.length + 4 + sealLength ||
    content.toString("latin1", 0, magic.length) !== magic ||
    !sha256(content).equals(bytes.subarray(-sealLength))
  )
    return undefined;
  const start = magic.length + 4;
  let at = start + content.readUInt32LE(magic.length);
  const { lengths, ...header } = JSON.parse(content.subarray(start, at).toString()) as { lengths: number[] };
  const tensors = lengths.map((length) => {
    const floats = new Float32Array(length);
    new Uint8Array(floats.buffer).set(content.subarray(at, (at += 4 * length)));
    return floats;
  });
  return { header: header as Header, tensors };
}

const sha256 = (content: Uint8Array): Buffer => createHash("sha256").update(content).digest();
