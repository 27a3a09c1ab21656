/** The numbers behind a figure: its notebook is run again, and what it draws is laid beside the committed figure. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineIdentity, Workspace } from "fusion";
import { close, compareJson, tolerance } from "../compare/numbers";
import { names } from "../compare/figures";
import { joinText, listNotebooks, readNotebook } from "../run/notebook";
import { runNotebook } from "../run/run-notebook";
import type { Verdict } from "./say";

export interface FigureSource {
  /** "03-cross-attention" */
  readonly notebook: string;
  /** Experiments whose committed results the figure's section reads; making the figure again does not make these again. */
  readonly kept: readonly string[];
}

/** @throws where no notebook draws it */
export function sourceOf(notebooks: string, figure: string): FigureSource {
  for (const notebook of listNotebooks(notebooks)) {
    const cells = readNotebook(join(notebooks, `${notebook}.ipynb`)).cells.map(({ source }) =>
      joinText(source),
    );
    const drawn = cells.findIndex((text) => text.includes(`saveFigure("${figure}"`));
    if (drawn < 0) continue;
    const headings = cells.flatMap((text, i) => (i <= drawn && /^## /m.test(text) ? [i] : []));
    const section = cells.slice(headings.at(-1) ?? 0, drawn + 1).join("\n");
    const kept = [...section.matchAll(/keptResults\("([\w-]+)"/g)].map(([, name]) => name!);
    return { notebook, kept: [...new Set(kept)] };
  }
  throw new Error(
    `npm run reproduce: expected a notebook that draws "${figure}", got none; figures are ${names(join(notebooks, "..", "figures")).join(", ")}`,
  );
}

export interface FigureNumber {
  /** "data.values.3.score" */
  readonly path: string;
  readonly committed: number;
  readonly got: number;
}

/** Numbers that stand at the same place of two specifications. */
export function numbersOf(committed: unknown, got: unknown, path = ""): FigureNumber[] {
  if (typeof committed === "number" && typeof got === "number") return [{ path, committed, got }];
  if (typeof committed !== "object" || typeof got !== "object" || committed === null || got === null)
    return [];
  const fresh = got as Readonly<Record<string, unknown>>;
  return Object.entries(committed).flatMap(([key, value]) =>
    numbersOf(value, fresh[key], path ? `${path}.${key}` : key),
  );
}

/** Draws it into build/reproduce; `figures/` is read only. */
export async function reproduceFigure(
  place: Workspace,
  engine: EngineIdentity,
  figure: string,
): Promise<{ readonly source: FigureSource; readonly verdict: Verdict; readonly said: string }> {
  const { root } = place;
  const source = sourceOf(join(root, "notebooks"), figure);
  const build = join(root, "build", "reproduce");
  const notebooks = join(root, "notebooks");
  const at = { root, notebooks, build, profile: "standard", engine } as const;
  const { error } = await runNotebook(at, source.notebook, () => {});
  const file = `${figure}.vl.json`;
  const fresh = join(build, "figures", file);
  if (error || !existsSync(fresh))
    throw new Error(
      `npm run reproduce: ${source.notebook}: expected it to draw ${figure}, got ${error ? `${error.ename}: ${error.evalue} in cell ${error.cell}` : "no such file"}; run: npm start -- --only ${source.notebook}`,
    );
  const [old, now] = [join(root, "figures", file), fresh].map(
    (path) => JSON.parse(readFileSync(path, "utf8")) as unknown,
  );
  const verdict = compareJson(old, now);
  const numbers = numbersOf((old as { data?: unknown }).data ?? old, (now as { data?: unknown }).data ?? now);
  return { source, verdict, said: sayFigure(figure, source, numbers, verdict) };
}

/** The first numbers, and all that are not the same. */
export function sayFigure(
  figure: string,
  { notebook, kept }: FigureSource,
  numbers: readonly FigureNumber[],
  verdict: Verdict,
  limit = 12,
): string {
  const off = numbers.filter(({ committed, got }) => committed !== got);
  const shown = (off.length > 0 ? off : numbers).slice(0, limit);
  const lines = shown.map(({ path, committed, got }) => {
    const state = committed === got ? "equal" : close(committed, got) ? "within tolerance" : "different";
    return `  ${path}: committed ${committed}, got ${got}, tolerance ${tolerance} of it, ${state}`;
  });
  const rest = (off.length > 0 ? off.length : numbers.length) - shown.length;
  return [
    `figure ${figure}, drawn by ${notebook}`,
    ...lines,
    ...(rest > 0
      ? [`  and ${rest} more ${off.length > 0 ? "that are not the same" : "that are equal"}`]
      : []),
    `  ${verdict}: ${numbers.length - off.length} of ${numbers.length} numbers are the same`,
    ...(kept.length > 0
      ? [`  it is drawn from committed results of ${kept.join(", ")}; a run of each is made again below`]
      : []),
    "",
  ].join("\n");
}
