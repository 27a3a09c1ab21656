/** The rows of methods as a table that can be printed. */
import type { MethodRow } from "./method-rows";
import type { Column, Table } from "./table-text";

const words = {
  accuracy: "accuracy",
  macroF1: "macro-F1",
  negativeLogLikelihood: "negative log-likelihood",
  ece: "ECE",
} as const;

/** @param title what was compared, on which data, under which protocol */
export function methodTable(rows: readonly MethodRow[], title: string): Table {
  const [first] = rows;
  if (!first)
    throw new Error(
      "methodTable: expected a method or more, got none; run: npm run results, or name another experiment",
    );
  const subjects = [...new Set(rows.flatMap(({ bySubject }) => Object.keys(bySubject)))].sort();
  const score = words[first.score];
  const column = (title: string, of: (row: MethodRow) => Column["cells"][number], digits = 3): Column => ({
    ...{ title, digits },
    cells: rows.map(of),
  });
  const seeds = new Set(rows.map((row) => row.seeds));
  return {
    caption:
      `${title}: ${score} of each held-out subject (mean over seeds), mean with 95 % interval over subjects, ` +
      `accuracy, floor (accuracy of the commonest class of training), and cost` +
      (seeds.size > 1 ? "; methods have different numbers of seeds" : ""),
    columns: [
      column("method", (row) => row.method),
      column("sensors", ({ modalities }) => modalities.join("+")),
      column(`${score}, mean`, ({ scores }) => scores.mean),
      column("lower", ({ scores }) => scores.lower),
      column("upper", ({ scores }) => scores.upper),
      ...subjects.map((subject) => column(subject, ({ bySubject }) => bySubject[subject] ?? null, 2)),
      column("accuracy", ({ accuracy }) => accuracy.mean),
      column("accuracy, lower", ({ accuracy }) => accuracy.lower),
      column("accuracy, upper", ({ accuracy }) => accuracy.upper),
      column("floor", ({ floor }) => floor),
      column("NLL", (row) => finite(row.negativeLogLikelihood)),
      column("folds", (row) => row.folds),
      column("seeds", (row) => row.seeds),
      column("parameters", (row) => row.parameters),
      column("trials", (row) => row.trials),
      column("training and test of a fold, s", (row) => row.seconds, 1),
      column("inference, ms a window, p50", ({ inference }) => inference?.p50 ?? null, 2),
      column("p95", ({ inference }) => inference?.p95 ?? null, 2),
    ],
  };
}

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);
