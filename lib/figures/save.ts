/** The only way into `figures/`. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import stringify from "json-stringify-pretty-compact";
import type { TopLevelSpec } from "vega-lite";
import { drawFigure } from "./draw";
import { showInNotebook } from "./show";

/**
 * Writes `<folder>/<name>` as .vl.json (data inside), .svg and .png; in a notebook, also shows it.
 * Each file appears whole or not at all.
 *
 * @param name words of small letters and digits joined by hyphens: "01-leak-audit"
 */
export async function saveFigure(name: string, spec: TopLevelSpec, folder: string): Promise<void> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    throw new Error(`saveFigure: expected a name like "01-leak-audit", got "${name}"; use small letters and hyphens`);
  const { svg, png } = await drawFigure(spec);
  mkdirSync(folder, { recursive: true });
  const files = { "vl.json": stringify(spec) + "\n", svg: svg + "\n", png };
  for (const [type, content] of Object.entries(files)) writeWhole(join(folder, `${name}.${type}`), content);
  showInNotebook({
    "application/vnd.vegalite.v5+json": JSON.parse(JSON.stringify(spec)), // JupyterLab, VS Code
    "image/png": png.toString("base64"), // GitHub, exported HTML
    "text/plain": String(spec.description),
  });
}

function writeWhole(path: string, content: string | Buffer): void {
  const half = `${path}.${process.pid}.part`;
  try {
    writeFileSync(half, content);
    renameSync(half, path);
  } finally {
    rmSync(half, { force: true });
  }
}
