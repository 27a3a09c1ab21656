/** Tables as text: what each format would misread is escaped; examples by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Table, toCsv, toLatex, toMarkdown } from "fusion/dist/experiments/table-text";

const table: Table = {
  caption: "50 % of a_b",
  columns: [
    { title: "method", cells: ['say "a, b"', "c|d_e & 5 % \\ {x}"] },
    { title: "score", cells: [0.12345, null], digits: 2 },
    { title: "parameters", cells: [1234567, 8] },
  ],
};

test("CSV quotes commas and quotes, keeps every digit, and leaves an empty cell empty", () =>
  assert.equal(
    toCsv(table),
    'method,score,parameters\n"say ""a, b""",0.12345,1234567\nc|d_e & 5 % \\ {x},,8\n',
  ));

test("Markdown escapes the bar and what would be emphasis, and rounds", () =>
  assert.equal(
    toMarkdown(table),
    [
      "50 % of a\\_b",
      "",
      "|method|score|parameters|",
      "|:-|-:|-:|",
      '|say "a, b"|0.12|1,234,567|',
      "|c\\|d\\_e & 5 % \\\\ {x}||8|",
      "",
    ].join("\n"),
  ));

test("LaTeX escapes its ten characters, and aligns numbers to the right", () =>
  assert.equal(
    toLatex(table),
    [
      "\\begin{table}",
      "  \\centering",
      "  \\caption{50 \\% of a\\_b}",
      "  \\begin{tabular}{lrr}",
      "  \\toprule",
      "  method & score & parameters \\\\",
      "  \\midrule",
      '  say "a, b" & 0.12 & 1,234,567 \\\\',
      "  c\\textbar{}d\\_e \\& 5 \\% \\textbackslash{} \\{x\\} &  & 8 \\\\",
      "  \\bottomrule",
      "  \\end{tabular}",
      "\\end{table}",
      "",
    ].join("\n"),
  ));

test("two columns of one title are refused, since one would hide the other", () =>
  assert.throws(() => toCsv({ caption: "", columns: [table.columns[1]!, table.columns[1]!] }), {
    message: "table: expected a title for each column, got [score, score]; name them apart",
  }));
