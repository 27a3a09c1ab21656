/** A small workspace in a folder of its own: notebooks by the sources of their cells, figures by their numbers. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineIdentity } from "fusion";
import type { Output } from "../../scripts/run/notebook";
import type { NotebookRun, RunRecord } from "../../scripts/run/record";
import { hashCells } from "../../scripts/run/record";
import { newFolder } from "../new-folder";

export const engine: EngineIdentity = {
  ...{ name: "wheel", tensorflow: "2.21.0", oneDnn: true },
  ...{ threads: 1, instructionSet: "x64-avx2" },
};

export const newPlace = (): string => newFolder("fusion-run");

const metadata = {
  kernelspec: { name: "fusion-ts", display_name: "TypeScript (fusion)", language: "typescript" },
};

const codeCell = (source: string, id: number, outputs: readonly Output[], tags: string[] = []): object => ({
  ...{ cell_type: "code", id: `cell-${id}`, source, outputs },
  ...{ execution_count: outputs.length > 0 ? id : null, metadata: tags.length > 0 ? { tags } : {} },
});

/** @param printed what each cell printed; none for a notebook that has not run */
export function writeNotebook(
  file: string,
  sources: readonly string[],
  printed: readonly string[] = [],
): void {
  mkdirSync(join(file, ".."), { recursive: true });
  const output = (text: string): Output => ({ output_type: "stream", name: "stdout", text });
  const cells = sources.map((source, i) =>
    codeCell(
      source.replace("// raises\n", ""),
      i + 1,
      printed[i] === undefined ? [] : [output(printed[i]!)],
      source.startsWith("// raises\n") ? ["raises-exception"] : [],
    ),
  );
  writeFileSync(file, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1) + "\n");
}

/** A figure as `saveFigure` leaves it, with a true picture of one pixel. */
export function writeFigure(folder: string, name: string, value: number): void {
  mkdirSync(folder, { recursive: true });
  const spec = { description: `A value of ${value} & more.`, data: { values: [{ x: value }] } };
  writeFileSync(join(folder, `${name}.vl.json`), JSON.stringify(spec));
  writeFileSync(
    join(folder, `${name}.svg`),
    `<svg xmlns="http://www.w3.org/2000/svg"><text>${value}</text></svg>`,
  );
  writeFileSync(join(folder, `${name}.png`), Buffer.from(pixel, "base64"));
}
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

export const ran = (
  place: string,
  name: string,
  figures: string[],
  error: NotebookRun["error"] = null,
): NotebookRun => ({
  ...{ name, cells: 1, seconds: 0.1, figures, error },
  cellsHash: hashCells(JSON.parse(readFileSync(join(place, "notebooks", `${name}.ipynb`), "utf8")) as never),
});

export const recordOf = (...notebooks: NotebookRun[]): RunRecord => ({
  ...{ profile: "standard", engine, complete: true, notebooks },
});
