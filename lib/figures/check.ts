/** Is a figure fit to be shown: rows, alternative text, axes that say what they count and in which unit? */
import type { Spec } from "vega";
import type { TopLevelSpec } from "vega-lite";

/** Stands before the title of an axis or legend that the specification did not name. */
export const untitled = "untitled: ";

/** Words for quantities that have a unit; an axis named by one of them has to give it in brackets. */
const physical =
  /\b(time|duration|interval|seconds|acceleration|angular velocity|magnetic|temperature|(heart|sampling) rate|frequency)\b/i;

/**
 * @param spec as it will be saved
 * @param compiled the same, compiled with titles left out marked by `untitled`
 * @throws where there is nothing to draw, no alternative text, an axis or legend without title, a quantity without unit
 */
export function checkFigure(spec: TopLevelSpec, compiled: Spec): void {
  const sets = [...find(spec, "data")].filter((data) => data !== null);
  if (sets.length === 0) throw new Error("drawFigure: expected rows, got none; put them into data.values");
  for (const data of sets) {
    const values = (data as { values?: unknown }).values;
    if (!Array.isArray(values))
      throw new Error(
        `drawFigure: expected rows inside the figure, got data with [${Object.keys(data as object).join(", ")}]; ` +
          "give them as data.values, so that the saved file holds them",
      );
    if (values.length === 0)
      throw new Error("drawFigure: expected one row or more, got an empty data set; was a filter too strict?");
  }
  const said = typeof spec.description === "string" ? spec.description.trim() : "";
  if (said.length < 20)
    throw new Error(
      `drawFigure: expected a description that tells what is seen, got "${said}"; it is the alternative text`,
    );
  for (const kind of ["axes", "legends"])
    for (const part of [...find(compiled, kind)].flat() as { title?: unknown }[]) checkTitle(kind, part.title);
}

function checkTitle(kind: string, title: unknown): void {
  if (Array.isArray(title)) return checkTitle(kind, title.join(" "));
  if (typeof title !== "string") return; // none, on purpose
  if (title.includes(untitled))
    throw new Error(
      `drawFigure: expected a title on each of the ${kind}, got none for "${title.replaceAll(untitled, "")}"; ` +
        "name it, with its unit",
    );
  if (physical.test(title) && !/\(.+\)/.test(title))
    throw new Error(
      `drawFigure: expected a unit in the title of a quantity, got "${title}"; write it as "time (s)"`,
    );
}

/** Every value under `key`, at any depth. */
function* find(node: unknown, key: string): Generator<unknown> {
  if (node === null || typeof node !== "object") return;
  for (const [name, value] of Object.entries(node)) {
    if (name === key) yield value;
    if (name !== "values") yield* find(value, key); // rows are not part of the grammar
  }
}
