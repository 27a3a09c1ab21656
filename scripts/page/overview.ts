/** `build/index.html`: what ran, what it drew, and whether that is what is committed. One file, nothing fetched. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type EngineIdentity, describeEngine } from "fusion";
import { type ComparedFigure, compareFigures } from "../compare/figures";
import { type ComparedNotebook, compareNotebooks } from "../compare/notebooks";
import { tolerance } from "../compare/numbers";
import { type Notebook, joinText, readNotebook } from "../run/notebook";
import type { NotebookRun, RunRecord } from "../run/record";
import { changedLines } from "./changed-lines";
import { Html, html } from "./html";
import { style } from "./style";

export interface Places {
  readonly root: string;
  readonly notebooks: string;
  readonly build: string;
}

interface Seen {
  readonly run: NotebookRun;
  readonly title: string;
  readonly compared: ComparedNotebook;
}

/** Reads the run and what is committed; returns the path of the page. */
export function writeOverview({ root, notebooks, build }: Places, record: RunRecord): string {
  const [kept, fresh] = [join(root, "figures"), join(build, "figures")];
  const committed = (name: string): Notebook => readNotebook(join(notebooks, `${name}.ipynb`));
  const seen = record.notebooks.map((run): Seen => {
    const executed = readNotebook(join(build, "notebooks", `${run.name}.ipynb`));
    return {
      run,
      title: titleOf(executed) ?? run.name,
      compared: compareNotebooks(committed(run.name), executed),
    };
  });
  // a figure that was not asked for is not gone
  const figures = compareFigures(kept, fresh).filter(({ state }) => state !== "gone" || record.complete);
  const origins = new Set(
    record.notebooks.map(({ name }) => originOf(committed(name))).filter((o): o is string => o !== undefined),
  );
  const page = overview(
    record,
    seen,
    [...origins],
    figures.map((figure) => figureCard(figure, kept, fresh)),
    figures,
  );
  const file = join(build, "index.html");
  writeFileSync(`${file}.part`, page.text);
  renameSync(`${file}.part`, file);
  return file;
}

const describeRun = (profile: string, engine: EngineIdentity): string =>
  `profile ${profile}; ${describeEngine(engine)}`;

/** What made the outputs that are committed; undefined for a notebook without any. */
function originOf({ metadata }: Notebook): string | undefined {
  const made = metadata["fusion"] as { profile: string; engine: EngineIdentity } | undefined;
  return made && describeRun(made.profile, made.engine);
}

const titleOf = ({ cells }: Notebook): string | undefined => {
  const first = cells.find((c) => c.cell_type === "markdown");
  return /^# (.+)$/m.exec(joinText(first?.source))?.[1];
};

function overview(
  record: RunRecord,
  seen: readonly Seen[],
  origins: readonly string[],
  cards: readonly Html[],
  figures: readonly ComparedFigure[],
): Html {
  const here = describeRun(record.profile, record.engine);
  const failed = seen.filter(({ run }) => run.error).length;
  const count = (states: readonly string[], name: string): string =>
    `${states.filter((s) => s === name).length} ${name}`;
  const tally = (states: readonly string[]): string =>
    [...new Set(states)]
      .sort()
      .map((s) => count(states, s))
      .join(", ") || "none";
  const others = origins.filter((origin) => origin !== here);
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Fusion workspace: notebooks and figures</title>
      <link rel="icon" href="data:," />
      <style>
        ${new Html(style)}
      </style>
      <main>
        <h1>Fusion workspace</h1>
        <p>
          ${seen.length - failed} of ${seen.length} notebooks ran without error. Their printed numbers:
          ${tally(seen.map(({ compared }) => compared.state))}. Figures:
          ${tally(figures.map(({ state }) => state))}.
        </p>
        <p class="soft">
          This run: ${here}. <b>equal</b>: the same bytes as committed, for printed text the same letters;
          <b>within tolerance</b>: the same but for numbers that differ by at most ${tolerance} of the larger
          one.
        </p>
        ${others.length > 0 ? html`<p class="card notice">The committed outputs were made otherwise: ${others.join(" and ")}. Numbers that were trained may differ from them.</p>` : undefined}
        ${record.complete ? undefined : html`<p class="card notice">This run was not complete: some notebooks were left out, so <code>npm run accept</code> will refuse it.</p>`}
        <h2 id="notebooks">Notebooks</h2>
        <ul class="list">
          ${seen.map(notebookCard)}
        </ul>
        <h2 id="figures">Figures</h2>
        <ul class="list figures">
          ${cards}
        </ul>
      </main>
    </html> `;
}

const tones: Readonly<Record<string, "good" | "fair" | "bad">> = {
  equal: "good",
  different: "bad",
  gone: "bad",
  failed: "bad",
  ran: "good",
};
const badge = (label: string, state: string): Html =>
  html`<span class="badge ${tones[state] ?? "fair"}">${label}${state}</span>`;

function notebookCard({ run, title, compared }: Seen): Html {
  const { name, error, seconds, cells } = run;
  const changed = compared.changed.filter(({ state }) => state === "different");
  const near = compared.changed.length - changed.length;
  return html`<li class="card" id="${name}">
    <div class="head">
      <h3><a href="notebooks/${name}.html">${title}</a></h3>
      <span>${badge("", error ? "failed" : "ran")} ${badge("numbers: ", compared.state)}</span>
    </div>
    <p class="soft">
      ${name}; ${cells} code cells, ${seconds}
      s${near > 0 ? `; ${plural(near, "cell")} within tolerance` : ""}
    </p>
    ${
      error
        ? html`<p>Cell ${error.cell} failed:</p>
            <pre>${error.traceback.join("\n")}</pre>`
        : undefined
    }
    ${changed.map(
      ({ cell, old, fresh }) =>
        html`<details open>
          <summary>code cell ${cell} printed something else</summary>
          ${changedLines(old, fresh)}
        </details>`,
    )}
  </li>`;
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

function figureCard({ name, state }: ComparedFigure, kept: string, fresh: string): Html {
  const both = state === "different" || state === "within tolerance";
  const newest = state === "gone" ? kept : fresh;
  const pictures = both
    ? html`<div class="pair">${picture(kept, name, "committed")}${picture(fresh, name, "this run")}</div>`
    : picture(newest, name, state === "gone" ? "committed; no notebook draws it any more" : "");
  return html`<li class="card${both ? " wide" : ""}" id="figure-${name}">
    <div class="head">
      <h3>${name}</h3>
      ${badge("", state)}
    </div>
    ${pictures}
  </li>`;
}

function picture(folder: string, name: string, label: string): Html {
  const file = join(folder, `${name}.png`);
  const spec = JSON.parse(readFileSync(join(folder, `${name}.vl.json`), "utf8")) as { description?: string };
  const description = spec.description ?? name;
  if (!existsSync(file)) return html`<p>${name}.png is missing</p>`;
  const source = `data:image/png;base64,${readFileSync(file).toString("base64")}`;
  return html`<figure>
    <img src="${source}" alt="${description}" loading="lazy" />
    <figcaption>${label ? html`<b>${label}</b> ` : undefined}${description}</figcaption>
  </figure>`;
}
