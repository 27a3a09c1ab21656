/** Small MATLAB 5 files, written by the format's first chapter. */
import { deflateSync } from "node:zlib";

export interface Shaped {
  readonly shape: readonly number[];
  /** The first axis runs fastest. */
  readonly values: readonly number[];
}

const element = (type: number, body: Buffer): Buffer => {
  const tag = Buffer.alloc(8);
  tag.writeUInt32LE(type, 0);
  tag.writeUInt32LE(body.length, 4);
  return Buffer.concat([tag, body, Buffer.alloc((8 - (body.length % 8)) % 8)]);
};

const numbers = (values: readonly number[], size: 4 | 8): Buffer => {
  const body = Buffer.alloc(values.length * size);
  values.forEach((value, i) => (size === 4 ? body.writeInt32LE(value, 4 * i) : body.writeDoubleLE(value, 8 * i)));
  return body;
};

/** As MATLAB saves them: doubles, each array compressed. */
export function matBytes(arrays: Readonly<Record<string, Shaped>>): Buffer {
  const header = Buffer.alloc(128, " ");
  header.write("MATLAB 5.0 MAT-file");
  header.writeUInt16LE(0x0100, 124);
  header.write("IM", 126);
  const all = Object.entries(arrays).map(([name, { shape, values }]) => {
    const body = [
      element(6, numbers([6, 0], 4)), // double
      element(5, numbers(shape, 4)),
      element(1, Buffer.from(name)),
      element(9, numbers(values, 8)),
    ];
    const data = deflateSync(element(14, Buffer.concat(body)));
    const tag = Buffer.alloc(8);
    tag.writeUInt32LE(15, 0);
    tag.writeUInt32LE(data.length, 4);
    return Buffer.concat([tag, data]); // compressed elements are not padded
  });
  return Buffer.concat([header, ...all]);
}
