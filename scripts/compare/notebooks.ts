/** Are the numbers that a notebook printed those that are committed? Figures are compared on their own. */
import { type Notebook, type Output, joinText } from "../run/notebook";
import { type Agreement, compareText, worst } from "./numbers";

export interface ChangedCell {
  /** Among the code cells, from 1. */
  readonly cell: number;
  readonly old: string;
  readonly fresh: string;
  readonly state: Agreement;
}

export interface ComparedNotebook {
  /** "new" is committed without outputs, "edited" has other cells than those that ran. */
  readonly state: Agreement | "new" | "edited";
  /** Cells whose text is not the same to the letter. */
  readonly changed: readonly ChangedCell[];
}

export function compareNotebooks(committed: Notebook, fresh: Notebook): ComparedNotebook {
  const [old, now] = [codeCells(committed), codeCells(fresh)];
  if (
    old.every(({ outputs }) => outputs === undefined || outputs.length === 0) &&
    now.some((c) => c.outputs?.length)
  )
    return { state: "new", changed: [] };
  if (old.length !== now.length || old.some((cell, i) => joinText(cell.source) !== joinText(now[i]!.source)))
    return { state: "edited", changed: [] };
  const changed = old
    .map((cell, i) => {
      const [a, b] = [cell, now[i]!].map(({ outputs }) => (outputs ?? []).map(said).join(""));
      return { cell: i + 1, old: a!, fresh: b!, state: compareText(a!, b!) };
    })
    .filter(({ state }) => state !== "equal");
  return { state: worst(changed.map(({ state }) => state)), changed };
}

const codeCells = (notebook: Notebook): Notebook["cells"] =>
  notebook.cells.filter((c) => c.cell_type === "code");

/** What an output says in words; a figure says its description, an error its name and message. */
function said({ output_type, text, data, ename, evalue }: Output): string {
  if (output_type === "stream") return joinText(text);
  if (output_type === "error") return `${ename}: ${evalue}\n`;
  const shown = data?.["text/markdown"] ?? data?.["text/html"] ?? data?.["text/plain"];
  return shown === undefined ? "" : `${joinText(shown as string)}\n`;
}
