/** Are two texts the same, or the same but for numbers that another engine may round otherwise? */

export type Agreement = "equal" | "within tolerance" | "different";

/** Of the larger of two numbers. */
export const tolerance = 1e-4;

export const close = (a: number, b: number): boolean =>
  a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));

const number = /[-+−]?(?:\d+(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?/g;

/** Equal to the letter, or in all but numbers, and these within `tolerance`. */
export function compareText(old: string, fresh: string): Agreement {
  if (old === fresh) return "equal";
  const words = (text: string): string => text.replace(number, "#");
  const values = (text: string): number[] =>
    [...text.matchAll(number)].map(([n]) => Number(n.replaceAll(",", "").replace("−", "-")));
  const [a, b] = [values(old), values(fresh)];
  if (words(old) !== words(fresh)) return "different";
  return a.every((value, i) => close(value, b[i]!)) ? "within tolerance" : "different";
}

/** The same for parsed JSON: same keys, same words, numbers within `tolerance`. */
export function compareJson(old: unknown, fresh: unknown): Agreement {
  if (typeof old === "number" && typeof fresh === "number")
    return old === fresh ? "equal" : close(old, fresh) ? "within tolerance" : "different";
  if (typeof old === "string" && typeof fresh === "string") return compareText(old, fresh);
  if (typeof old !== "object" || typeof fresh !== "object" || old === null || fresh === null)
    return old === fresh ? "equal" : "different";
  const [a, b] = [Object.entries(old), Object.entries(fresh)];
  if (a.length !== b.length || Array.isArray(old) !== Array.isArray(fresh)) return "different";
  return worst(a.map(([key, value], i) => (key === b[i]![0] ? compareJson(value, b[i]![1]) : "different")));
}

export const worst = (agreements: readonly Agreement[]): Agreement =>
  agreements.includes("different")
    ? "different"
    : agreements.includes("within tolerance")
      ? "within tolerance"
      : "equal";
