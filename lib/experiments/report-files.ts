/** What a report takes from results: tables in three formats, the assignment's three files, and their schemas. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import stringify from "json-stringify-pretty-compact";
import type { Profile } from "../workspace";
import { readCircumstances } from "./circumstances";
import { comparedResults } from "./compared-results";
import { contractFiles } from "./contract-files";
import { contractSchemas } from "./contract-schemas";
import { experiment, type ExperimentName } from "./experiment";
import { readInferenceCost } from "./inference-cost";
import { methodRows } from "./method-rows";
import { methodTable } from "./method-table";
import type { Result } from "./result";
import { jsonSchema, schemaNames } from "./schemas";
import type { Circumstances } from "./result-files";
import { readResults } from "./store";
import { toCsv, toLatex, toMarkdown } from "./table-text";

/** Experiments that compare fusions, as the assignment's files do. */
const withContract: readonly ExperimentName[] = ["fusion-pamap2", "fusion-simulated"];

export interface ReportFile {
  /** From the repository: "tables/fusion-pamap2.csv". */
  readonly path: string;
  readonly text: string;
}

/**
 * A table for each split of an experiment, and where all its results hold the sets of sensors and a fusion is among
 * them, the assignment's files. Same results, same bytes.
 *
 * @param results the folder results/
 */
export function reportFiles(results: string, profile: Profile, name: ExperimentName): ReportFile[] {
  const read = (other: ExperimentName): Result[] => readResults(results, profile, other);
  const compared = comparedResults(name, read);
  if (compared.length === 0) return [];
  const inference = readInferenceCost(results)?.rows ?? [];
  const circumstances = ({ experiment, key }: Result): Circumstances | undefined =>
    readCircumstances(results, { profile, experiment, key });
  const splits = [...new Set(compared.map(({ fold }) => fold.split))];
  const tables = splits.flatMap((split): ReportFile[] => {
    const own = compared.filter(({ fold }) => fold.split === split);
    const rows = methodRows(own, "macroF1", { circumstances, inference });
    const { data } = experiment(name);
    const table = methodTable(rows, `${name} on ${data}, ${split}`);
    const stem = splits.length > 1 ? `${name}-${split.replaceAll(" ", "-")}` : name;
    return [
      { path: `tables/${stem}.csv`, text: toCsv(table) },
      { path: `tables/${stem}.md`, text: toMarkdown(table) },
      { path: `tables/${stem}.tex`, text: toLatex(table) },
    ];
  });
  const isContract = splits.length === 1 && compared.every(({ subsets }) => subsets.length > 0);
  if (!isContract || !withContract.includes(name)) return tables;
  const files = contractFiles(name, compared, inference);
  const contract = Object.entries(contractSchemas).map(([file, schema]): ReportFile => {
    const content = schema.parse(files[file as keyof typeof files]);
    return { path: `results/contract/${name}/${file}.json`, text: toJson(content) };
  });
  return [...tables, ...contract];
}

export const schemaFiles = (): ReportFile[] =>
  schemaNames.map((name) => ({
    path: `results/schemas/${name}.schema.json`,
    text: toJson(jsonSchema(name)),
  }));

const toJson = (content: unknown): string => `${stringify(content, { maxLength: 110 })}\n`;

/** Whole or not at all. */
export function writeReportFile(root: string, { path, text }: ReportFile): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
}
