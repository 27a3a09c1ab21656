/** One table as CSV for programs, as Markdown for pages, as LaTeX for reports. */
import * as aq from "arquero";

export type Cell = string | number | null;

export interface Column {
  readonly title: string;
  /** [row]; null where there is nothing to say */
  readonly cells: readonly Cell[];
  /** After the point, where people read it; whole numbers get thousands separators. CSV has every digit. */
  readonly digits?: number;
}

export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
}

/** RFC 4180: a comma, quote or line break puts a cell into quotes; null is empty. */
export const toCsv = (table: Table): string => arqueroTable(table, (cell) => cell).toCSV();

/** As GitHub draws it; numbers to the right. */
export function toMarkdown({ caption, columns }: Table): string {
  const shown = arqueroTable({ caption, columns }, (cell, { digits }) =>
    escapeMarkdown(sayCell(cell, digits)),
  );
  const align = Object.fromEntries(columns.map((c) => [c.title, isNumeric(c) ? "r" : "l"] as const));
  return `${escapeMarkdown(caption)}\n\n${shown.toMarkdown({ align })}`;
}

/** A `table` of `booktabs`; no library in the tree writes one. */
export function toLatex({ caption, columns }: Table): string {
  const line = (cells: readonly string[]): string => `  ${cells.join(" & ")} \\\\`;
  const rows = columns[0]?.cells.map((_, row) =>
    line(columns.map(({ cells, digits }) => escapeLatex(sayCell(cells[row]!, digits)))),
  );
  return [
    "\\begin{table}",
    "  \\centering",
    `  \\caption{${escapeLatex(caption)}}`,
    `  \\begin{tabular}{${columns.map((c) => (isNumeric(c) ? "r" : "l")).join("")}}`,
    "  \\toprule",
    line(columns.map(({ title }) => escapeLatex(title))),
    "  \\midrule",
    ...(rows ?? []),
    "  \\bottomrule",
    "  \\end{tabular}",
    "\\end{table}",
    "",
  ].join("\n");
}

const isNumeric = ({ cells }: Column): boolean => cells.every((cell) => typeof cell !== "string");

function sayCell(cell: Cell, digits = 3): string {
  if (cell === null) return "";
  if (typeof cell === "string") return cell;
  return Number.isInteger(cell) ? cell.toLocaleString("en-US") : cell.toFixed(digits);
}

/** arquero's own output escapes the bar; these would begin a cell's emphasis, link or tag. */
const escapeMarkdown = (text: string): string =>
  text.replace(/[\\`*_[\]<>]/g, "\\$&").replace(/\s*\n\s*/g, " ");

const latex: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  "−": "$-$",
  "±": "$\\pm$",
  "×": "$\\times$",
};

/** The ten characters that mean something to LaTeX, and those that an old font encoding would replace. */
const escapeLatex = (text: string): string =>
  text.replace(/[\\~^<>|−±×]|[&%$#_{}]/g, (character) => latex[character] ?? `\\${character}`);

function arqueroTable({ columns }: Table, cell: (cell: Cell, column: Column) => Cell): aq.ColumnTable {
  const titles = columns.map(({ title }) => title);
  if (new Set(titles).size < titles.length)
    throw new Error(`table: expected a title for each column, got [${titles.join(", ")}]; name them apart`);
  return aq.table(columns.map((column) => [column.title, column.cells.map((c) => cell(c, column))]));
}
