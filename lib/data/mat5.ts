/** Arrays of numbers in a MATLAB 5 file (MAT-File Format, chapter 1); the one JavaScript library mixes up a third axis. */
import { inflateSync } from "node:zlib";

/** Real numbers in MATLAB's order: the first axis runs fastest. */
export interface MatArray {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** Data types by number: bytes of one, and how to read it. */
const numeric: Readonly<Record<number, readonly [size: number, read: (view: DataView, at: number, little: boolean) => number]>> = {
  1: [1, (view, at) => view.getInt8(at)],
  2: [1, (view, at) => view.getUint8(at)],
  3: [2, (view, at, little) => view.getInt16(at, little)],
  4: [2, (view, at, little) => view.getUint16(at, little)],
  5: [4, (view, at, little) => view.getInt32(at, little)],
  6: [4, (view, at, little) => view.getUint32(at, little)],
  7: [4, (view, at, little) => view.getFloat32(at, little)],
  9: [8, (view, at, little) => view.getFloat64(at, little)],
};
const [matrix, compressed] = [14, 15];
const headerBytes = 128;
/** Classes of arrays that hold plain numbers: double, single, and integers to 32 bits. */
const numberClasses = [6, 7, 8, 9, 10, 11, 12, 13];

/**
 * The real numeric arrays of the file, by name; whatever else it holds is passed over.
 *
 * @param who opens every error: "readUtdMhad: a1_s1_t1_inertial.mat"
 * @throws where the file is not of version 5, is torn, or an array's size is not that of its numbers
 */
export function readMat5(bytes: Uint8Array, who: string, remedy: string): Record<string, MatArray> {
  const fail = (expected: string, got: string): Error => new Error(`${who}: expected ${expected}, got ${got}; ${remedy}`);
  const file = viewOf(bytes);
  const mark = bytes.length >= headerBytes ? String.fromCharCode(file.getUint8(126), file.getUint8(127)) : "";
  const little = mark === "IM";
  if ((!little && mark !== "MI") || file.getUint16(124, little) !== 0x0100)
    throw fail("a MATLAB 5 file", bytes.length < headerBytes ? `${bytes.length} bytes` : "another header");

  const arrays: Record<string, MatArray> = {};
  const readAll = (view: DataView, from: number): void => {
    for (let at = from; at < view.byteLength; ) {
      const element = elementAt(view, at);
      if (element.type === compressed) readAll(viewOf(inflated(part(view, element))), 0);
      else if (element.type === matrix) readMatrix(view, element);
      at = element.type === compressed ? element.end : element.next;
    }
  };

  const elementAt = (view: DataView, at: number): Element => {
    const room = view.byteLength - at;
    if (room < 8) throw fail("8 bytes of a data element", `${room} at the end`);
    const type = view.getUint32(at, little);
    const small = type >>> 16; // where it is not 0: bytes of a value that fits into its own tag
    const [start, length] = small > 0 ? [at + 4, small] : [at + 8, view.getUint32(at + 4, little)];
    const end = start + length;
    if (end > view.byteLength) throw fail(`${length} bytes in a data element`, `${view.byteLength - start} before the end`);
    return { type: type & 0xffff, start, end, next: small > 0 ? at + 8 : start + 8 * Math.ceil(length / 8) };
  };

  const numbers = (view: DataView, { type, start, end }: Element): Float64Array => {
    const known = numeric[type];
    if (!known) throw fail("numbers of a type up to 32 bits or double", `data type ${type}`);
    const [size, read] = known;
    const values = new Float64Array((end - start) / size); // of EAV 60 million: `from` with a function takes ten times as long
    for (let i = 0; i < values.length; i++) values[i] = read(view, start + i * size, little);
    return values;
  };

  const inflated = (data: Uint8Array): Uint8Array => {
    try {
      return inflateSync(data);
    } catch (error) {
      throw new Error(fail("a whole compressed element", `"${(error as Error).message}"`).message, { cause: error });
    }
  };

  function readMatrix(view: DataView, { start }: Element): void {
    const flags = elementAt(view, start);
    const kind = view.getUint32(flags.start, little);
    const isComplex = (kind & 0x0800) !== 0;
    if (!numberClasses.includes(kind & 0xff) || isComplex) return;
    const dimensions = elementAt(view, flags.next);
    const label = elementAt(view, dimensions.next);
    const shape = Array.from(numbers(view, dimensions));
    const name = String.fromCharCode(...part(view, label));
    const values = numbers(view, elementAt(view, label.next));
    const count = shape.reduce((product, size) => product * size, 1);
    if (values.length !== count) throw fail(`${count} numbers in ${name} [${shape.join(", ")}]`, `${values.length}`);
    arrays[name] = { shape, values };
  }

  readAll(file, headerBytes);
  return arrays;
}

interface Element {
  readonly type: number;
  readonly start: number;
  readonly end: number;
  /** Where the next one begins. */
  readonly next: number;
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView => new DataView(buffer, byteOffset, byteLength);

const part = (view: DataView, { start, end }: Element): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset + start, end - start);
