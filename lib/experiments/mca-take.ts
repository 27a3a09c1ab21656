/** Chosen rows of what lies beside samples, in the order in which they are asked for. */

/** [row] of [sample] */
export const take = (values: Int32Array, rows: Int32Array): Int32Array => rows.map((row) => values[row]!);

export const takeNumbers = (values: Float64Array, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row]!);

/** [row, column] of [sample, column] */
export const takeRows = (table: Uint8Array, rows: Int32Array, width: number): Uint8Array =>
  Uint8Array.from(
    { length: rows.length * width },
    (_, at) => table[rows[Math.floor(at / width)]! * width + (at % width)]!,
  );
