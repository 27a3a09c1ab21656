/** What a cell that failed tells Jupyter: the error in plain words, and no path of this machine. */
import { homedir } from "node:os";
import { format, inspect } from "node:util";

export interface Failure {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** An error of the compiler comes as the arguments of one console.error each. */
export function compilerFailure(lines: readonly (readonly unknown[])[]): Failure {
  const messages = lines.map(([text, ...values]) => clean(format(text, ...values)));
  return {
    ename: "TypeScript",
    evalue: messages[0] ?? "",
    traceback: messages.map((m) => `TypeScript: ${m}`),
  };
}

/** @param hint a last line that says what to do */
export function failureOf(thrown: unknown, hint?: string): Failure {
  const [ename, evalue] = nameAndMessage(thrown);
  const traceback = [`${ename}: ${evalue}`, ...frames(thrown)];
  for (let cause = causeOf(thrown); cause !== undefined; cause = causeOf(cause)) {
    const [name, message] = nameAndMessage(cause);
    traceback.push(`caused by ${name}: ${message}`, ...frames(cause));
  }
  if (hint) traceback.push(hint);
  return { ename, evalue, traceback };
}

const causeOf = (thrown: unknown): unknown => (thrown instanceof Error ? thrown.cause : undefined);

function nameAndMessage(thrown: unknown): [name: string, message: string] {
  // an error of another context is no instance of ours
  if (typeof thrown !== "object" || thrown === null || !("message" in thrown))
    return ["Thrown", clean(inspect(thrown))];
  return ["name" in thrown ? String(thrown.name) : "Error", clean(String(thrown.message))];
}

/** The places in our own code, deepest first; those of the cell, of packages and of Node help nobody. */
function frames(thrown: unknown): string[] {
  if (!(thrown instanceof Error)) return [];
  return (thrown.stack ?? "")
    .split("\n")
    .filter(
      (line) =>
        /^\s+at /.test(line) && line.includes(process.cwd()) && !/node_modules|dist[\\/]scripts/.test(line),
    )
    .map((line) => clean(line));
}

/** Paths from the repository's root, and `~` for the home folder. */
function clean(text: string): string {
  const below = text.replaceAll(`${process.cwd()}/`, "").replaceAll(process.cwd(), ".");
  return homedir() === "/" ? below : below.replaceAll(`${homedir()}/`, "~/");
}
