/** Output of a notebook's cell; outside of a kernel nothing is shown. */

type Kernel = typeof import("tslab/dist/jupyter");

/** One output in several formats; the viewer picks the richest that it knows. */
export function showInNotebook(data: Record<string, unknown>): void {
  // tslab's public display sends one format at a time, and only a running kernel has loaded this module
  const kernel = require.cache[require.resolve("tslab/dist/jupyter")]?.exports as Kernel | undefined;
  // null outside of a cell; a MIME type of JSON takes the object, whatever the type says
  kernel?.lastWriteDisplayData?.({ data: data as Record<string, string>, metadata: {}, transient: {} }, false);
}

/** A cell of a table: numbers are written as `format` says, the rest as it is. */
type Value = string | number | boolean | null;

/**
 * Rows as a Markdown table, its columns named by the first row's fields.
 *
 * @param digits after the point, of numbers that are not whole
 * @throws where there is no row, since an empty table hides that something went wrong
 */
export function markdownTable(rows: readonly Readonly<Record<string, Value>>[], digits = 3): string {
  const [first] = rows;
  if (!first) throw new Error("markdownTable: expected a row or more, got none; look at what should have made them");
  const names = Object.keys(first);
  const said = (value: Value | undefined): string => {
    if (typeof value !== "number") return String(value ?? "");
    return Number.isInteger(value) ? value.toLocaleString("en-US") : value.toFixed(digits);
  };
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const isNumber = (name: string): boolean => rows.every((row) => typeof row[name] === "number");
  return [
    line(names),
    line(names.map((name) => (isNumber(name) ? "---:" : "---"))),
    ...rows.map((row) => line(names.map((name) => said(row[name])))),
  ].join("\n");
}

/** Shows Markdown, such as a table or a sentence whose numbers were computed. */
export function showMarkdown(markdown: string): void {
  showInNotebook({ "text/markdown": markdown, "text/plain": markdown });
}
