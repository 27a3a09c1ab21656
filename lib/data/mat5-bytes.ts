/** MATLAB 5 files of one array of 16-bit numbers: what a simulation needs to write in a real layout. */

/**
 * `double` to MATLAB and SciPy, stored in 16 bits, as MATLAB itself stores whole numbers.
 *
 * @param values in MATLAB's order: the first axis runs fastest
 */
export function mat5Bytes(name: string, shape: readonly number[], values: Int16Array): Uint8Array {
  const count = shape.reduce((a, b) => a * b, 1);
  if (count !== values.length)
    throw new Error(
      `mat5Bytes: ${name}: expected ${count} numbers for [${shape.join(", ")}], got ${values.length}; correct the shape`,
    );
  const numbers = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const flags = wordBytes([6, 0]); // class double, real
  const parts = [
    element(6, flags),
    element(5, wordBytes(shape)),
    element(1, Buffer.from(name, "latin1")),
    element(3, numbers),
  ];
  const header = Buffer.alloc(128, " ");
  header.write("MATLAB 5.0 MAT-file, simulated", "latin1");
  header.fill(0, 116, 124);
  header.writeUInt16LE(0x0100, 124);
  header.write("IM", 126, "latin1");
  return Buffer.concat([header, element(14, Buffer.concat(parts))]);
}

/** A tag of type and length, the bytes, and zeros to a multiple of 8. */
function element(type: number, bytes: Uint8Array): Buffer {
  const tag = Buffer.from(wordBytes([type, bytes.length]));
  return Buffer.concat([tag, bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)]);
}

const wordBytes = (words: readonly number[]): Uint8Array => new Uint8Array(Uint32Array.from(words).buffer);
