/** Is a figure that a run drew the one that is committed? */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Agreement, compareJson } from "./numbers";

export interface ComparedFigure {
  readonly name: string;
  /** "new" is not committed, "gone" was drawn by no notebook of this run. */
  readonly state: Agreement | "new" | "gone";
}

const types = ["vl.json", "svg", "png"] as const;

/** Every figure of either folder: all three files the same bytes, or data and specification within the tolerance. */
export function compareFigures(committed: string, fresh: string): ComparedFigure[] {
  const [old, drawn] = [new Set(names(committed)), new Set(names(fresh))];
  return [...new Set([...old, ...drawn])].sort().map((name) => {
    if (!old.has(name)) return { name, state: "new" };
    if (!drawn.has(name)) return { name, state: "gone" };
    const read = (folder: string, type: string): Buffer => readFileSync(join(folder, `${name}.${type}`));
    if (types.every((type) => same(join(committed, `${name}.${type}`), join(fresh, `${name}.${type}`))))
      return { name, state: "equal" };
    const [a, b] = [committed, fresh].map(
      (folder) => JSON.parse(read(folder, "vl.json").toString()) as unknown,
    );
    // the same specification drawn otherwise (another version of vega, another font) is not the same picture
    const state = compareJson(a, b);
    return { name, state: state === "equal" ? "different" : state };
  });
}

const same = (a: string, b: string): boolean =>
  existsSync(a) && existsSync(b) && readFileSync(a).equals(readFileSync(b));

export const names = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(".vl.json"))
        .map((file) => file.replace(/\.vl\.json$/, ""))
    : [];
