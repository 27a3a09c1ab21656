/** A file of comma-separated fields, quoted or not, plain or in gzip: text by line, and errors that name the place. */
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";

export interface CsvTable {
  /** [line][field], the header (where there is one) among them, quotes taken off. */
  readonly lines: readonly (readonly string[])[];
  /** @param line from 0 */
  error(line: number, expected: string, got: string): Error;
  /**
   * NaN where the field is empty, NA or nan.
   *
   * @param column named in the error by the header's field, where `hasHeader`
   * @throws where it is no number
   */
  number(line: number, column: number): number;
}

const torn = "the file is torn or another: get it again from its page, see data/README.md";

/** "<folder>/<name>.csv" or ".csv.gz". @throws where there is none, or both */
export function findCsv(who: string, folder: string, name: string): string {
  const found = [".csv", ".csv.gz"].map((end) => join(folder, name + end)).filter((path) => existsSync(path));
  if (found.length === 1) return found[0]!;
  const got = found.length === 0 ? "none; see data/README.md" : "both; remove one";
  throw new Error(`${who}: expected ${name}.csv or ${name}.csv.gz in ${folder}, got ${got}`);
}

/**
 * @param who opens every error: "readCmuMosi"
 * @throws naming file and line: no line at all, a line with another count of fields than the first, a torn gzip file
 */
export function readCsv(who: string, path: string, hasHeader = true): CsvTable {
  const where = `${who}: ${basename(path)}`;
  const text = textOf(path, where).split(/\r?\n/);
  if (text.at(-1) === "") text.pop();
  const error = (line: number, expected: string, got: string): Error =>
    new Error(`${where}, line ${line + 1}: expected ${expected}, got ${got}; ${torn}`);
  const lines = text.map((line, l) => {
    const fields = fieldsOf(line);
    if (fields) return fields;
    throw error(l, "quotes that close", `"${line.slice(-20)}" at the end`);
  });
  const first = lines[0];
  if (!first) throw error(0, hasHeader ? "a header" : "a row", "none");
  if (hasHeader && lines.length === 1) throw error(1, "a row", "none");
  const wrong = lines.findIndex((fields) => fields.length !== first.length);
  if (wrong >= 0) throw error(wrong, `${first.length} fields`, `${lines[wrong]!.length}`);
  return {
    lines,
    error,
    number(line, column) {
      const field = lines[line]![column]!;
      if (field === "" || field === "NA" || field === "nan" || field === "NaN") return NaN;
      const value = Number(field);
      if (Number.isFinite(value) && field.trim() !== "") return value;
      const name = hasHeader ? ` (${first[column]})` : "";
      throw error(line, `a number in field ${column + 1}${name}`, `"${field}"`);
    },
  };
}

/** A quoted field may hold commas; a doubled quote is a quote. @returns undefined where a quote does not close */
function fieldsOf(line: string): string[] | undefined {
  if (!line.includes('"')) return line.split(",");
  const fields = line.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^",]*)(?=,|$)/g) ?? [];
  const read = fields.reduce((length, field) => length + field.length + 1, -1);
  if (read !== line.length) return undefined;
  return fields.map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field));
}

function textOf(path: string, where: string): string {
  const bytes = readFileSync(path);
  if (!path.endsWith(".gz")) return bytes.toString("utf8");
  try {
    return gunzipSync(bytes).toString("utf8");
  } catch (error) {
    const got = (error as Error).message;
    throw new Error(`${where}: expected a whole gzip file, got "${got}"; ${torn}`, { cause: error });
  }
}
