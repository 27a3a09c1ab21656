/** A notebook's file, as far as we look into it (nbformat 4). */
import { readFileSync, readdirSync } from "node:fs";

/** Text in one piece or in lines. */
export type Text = string | readonly string[];

export interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: Text;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly ename?: string;
  readonly evalue?: string;
}

export interface Cell {
  readonly cell_type: "code" | "markdown" | "raw";
  readonly source: Text;
  readonly outputs?: readonly Output[];
  readonly execution_count?: number | null;
}

export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

export const readNotebook = (file: string): Notebook => JSON.parse(readFileSync(file, "utf8")) as Notebook;

export const joinText = (text: Text | undefined): string => [text ?? ""].flat().join("");

/** Names of the notebooks in a folder, in the order in which they are read: "00-start-here", "01-..." */
export const listNotebooks = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => /^\d\d-.*\.ipynb$/.test(file))
    .map((file) => file.replace(/\.ipynb$/, ""))
    .sort();
