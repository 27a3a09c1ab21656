/** Output of a notebook's cell; outside of a kernel nothing is shown. */

type Kernel = typeof import("tslab/dist/jupyter");

/** One output in several formats; the viewer picks the richest that it knows. */
export function showInNotebook(data: Record<string, unknown>): void {
  // tslab's public display sends one format at a time, and only a running kernel has loaded this module
  const kernel = require.cache[require.resolve("tslab/dist/jupyter")]?.exports as Kernel | undefined;
  // null outside of a cell; a MIME type of JSON takes the object, whatever the type says
  kernel?.lastWriteDisplayData?.({ data: data as Record<string, string>, metadata: {}, transient: {} }, false);
}

/**
 * Rows as a Markdown table, its columns named by the first row's fields.
 *
 * @param digits after the point, in columns whose numbers are not all whole
 * @throws where there is no row, since an empty table hides that something went wrong
 */
export function markdownTable(rows: readonly object[], digits = 3): string {
  const records = rows as readonly Readonly<Record<string, unknown>>[];
  const [first] = records;
  if (!first) throw new Error("markdownTable: expected a row or more, got none; look at what should have made them");
  const names = Object.keys(first);
  const whole = new Set(names.filter((name) => records.every((row) => Number.isInteger(row[name]))));
  const said = (name: string, value: unknown): string => {
    if (typeof value !== "number") return String(value ?? "");
    return whole.has(name) ? value.toLocaleString("en-US") : value.toFixed(digits);
  };
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const isNumber = (name: string): boolean => records.every((row) => typeof row[name] === "number");
  return [
    line(names),
    line(names.map((name) => (isNumber(name) ? "---:" : "---"))),
    ...records.map((row) => line(names.map((name) => said(name, row[name])))),
  ].join("\n");
}

/** Shows Markdown, such as a table or a sentence whose numbers were computed. */
export function showMarkdown(markdown: string): void {
  showInNotebook({ "text/markdown": markdown, "text/plain": markdown });
}
