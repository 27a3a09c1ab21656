import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { findCsv, readCsv } from "fusion/dist/data/csv-table";
import { folderOf } from "./pamap2-lines";

test("fields may be quoted, hold commas and quotes, or be empty", () => {
  const folder = folderOf({ "a.csv": '"","x, y",z\r\n"1","say ""so""",\n', "b.csv.gz": gzipSync("1,2\n3,NA") });
  assert.deepEqual(readCsv("test", findCsv("test", folder, "a")).lines, [["", "x, y", "z"], ["1", 'say "so"', ""]]);
  const b = readCsv("test", findCsv("test", folder, "b"), false);
  assert.deepEqual([b.number(0, 0), b.number(0, 1), b.number(1, 0), b.number(1, 1)], [1, 2, 3, NaN]);
});

test("a torn file is named with its line, what was expected and what to do", () => {
  const remedy = "; the file is torn or another: get it again from its page, see data/README.md";
  const reading = (content: string | Uint8Array, name = "a.csv"): (() => unknown) => {
    const folder = folderOf({ [name]: content });
    return () => {
      const table = readCsv("readTest", join(folder, name));
      return table.lines.slice(1).map((_, r) => table.number(r + 1, 1));
    };
  };
  assert.doesNotThrow(reading("p,q\n1,2\n"));
  const fails = (content: string, message: string): void =>
    assert.throws(reading(content), { message: `readTest: a.csv, ${message}${remedy}` });
  fails("", "line 1: expected a header, got none");
  fails("p,q\n", "line 2: expected a row, got none");
  fails("p,q\n1,2\n3\n", "line 3: expected 2 fields, got 1");
  fails('p,q\n1,2\n3,"4', 'line 3: expected quotes that close, got "3,"4" at the end');
  fails("p,q\n1,2\n3,4a\n", 'line 3: expected a number in field 2 (q), got "4a"');
  fails("p,q\n1, \n", 'line 2: expected a number in field 2 (q), got " "');
  const packed = gzipSync("p,q\n1,2\n");
  assert.throws(reading(packed.subarray(0, packed.length - 9), "a.csv.gz"), /^Error: readTest: a\.csv\.gz: expected a whole gzip file, got "/);
  const both = folderOf({ "a.csv": "p\n1\n", "a.csv.gz": gzipSync("p\n1\n") });
  assert.throws(() => findCsv("readTest", both, "a"), /got both; remove one$/);
  assert.throws(() => findCsv("readTest", both, "b"), /expected b\.csv or b\.csv\.gz in .*, got none; see data\/README\.md$/);
});
