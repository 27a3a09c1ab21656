/** TCGA adrenocortical tumours (miniACC): five assays, of which many patients lack some, and what the clinic knows. */
import { type CsvTable, findCsv, readCsv } from "./csv-table";
import { featuresNamed, oneRow } from "./one-row";
import type { Recording, Vector } from "./recording";

const who = "readTcgaAcc";

/** What an assay is called here → its file, its name in sampleMap, and the unit of its numbers. */
export const accAssays = {
  rna: { file: "RNASeq2GeneNorm", unit: "normalised count" },
  mirna: { file: "miRNASeqGene", unit: "count" },
  copies: { file: "gistict", unit: "1" },
  protein: { file: "RPPAArray", unit: "1" },
  mutations: { file: "Mutations", unit: "1" },
} as const;

/** What is to be told of a patient: 1, 0, or NaN where colData does not know. */
const questions: Readonly<Record<string, { readonly column: string; readonly answers: Readonly<Record<string, number>> }>> = {
  "advanced stage": {
    column: "pathologic_stage",
    answers: { "stage i": 0, "stage ii": 0, "stage iii": 1, "stage iv": 1 },
  },
  died: { column: "vital_status", answers: { "0": 0, "1": 1 } },
  "expression group C1A": { column: "C1A.C1B", answers: { C1A: 1, C1B: 0 } },
};
export const accLabels = Object.keys(questions);

/**
 * One recording for each patient of colData, with the assays that sampleMap names, each one row of features.
 *
 * @param folder with colData, sampleMap and the five assays
 * @throws naming the file and the line, and what to do
 */
export async function readTcgaAcc(folder: string): Promise<Recording[]> {
  const read = (name: string): CsvTable => readCsv(who, findCsv(who, folder, name));
  const clinic = read("colData");
  const map = read("sampleMap");
  const tables = Object.entries(accAssays).map(([name, { file, unit }]) => ({ name, file, unit, table: read(file) }));
  const samples = samplesOf(map, tables, clinic);
  return clinic.lines.slice(1).map(([patient], p): Recording => {
    const modalities = tables.flatMap(({ name, file, unit, table }): [string, Vector][] => {
      const column = samples.get(`${patient} ${file}`);
      return column === undefined ? [] : [[name, columnOf(table, column, unit)]];
    });
    return {
      ...{ dataset: "tcga-acc", subject: patient!, session: "tumour" },
      space: { kind: "labels", labels: accLabels },
      modalities: Object.fromEntries(modalities),
      segments: [{ startSeconds: 0, endSeconds: 1, target: accLabels.map((label) => answer(clinic, p + 1, label)) }],
    };
  });
}

/** "patient assay" → column of the assay's table; both sides of the map have to agree. */
function samplesOf(
  map: CsvTable,
  tables: readonly { readonly file: string; readonly table: CsvTable }[],
  clinic: CsvTable,
): Map<string, number> {
  const patients = new Set(clinic.lines.slice(1).map(([patient]) => patient));
  const found = new Map<string, number>();
  map.lines.forEach(([, assay, patient, sample], line) => {
    if (line === 0) return;
    const table = tables.find(({ file }) => file === assay)?.table;
    if (!table) throw map.error(line, `an assay of ${tables.map(({ file }) => file).join(", ")}`, `"${assay}"`);
    if (!patients.has(patient)) throw map.error(line, "a patient of colData", `"${patient}"`);
    const column = table.lines[0]!.indexOf(sample!);
    if (column < 0) throw map.error(line, `a sample of ${assay}`, `"${sample}"`);
    if (found.has(`${patient} ${assay}`))
      throw map.error(line, `one sample of ${patient} in ${assay}`, `another, "${sample}"`);
    found.set(`${patient} ${assay}`, column);
  });
  for (const { file, table } of tables) {
    const mapped = [...found.keys()].filter((key) => key.endsWith(` ${file}`)).length;
    if (mapped !== table.lines[0]!.length - 1)
      throw table.error(0, `${mapped} samples, as sampleMap has them`, `${table.lines[0]!.length - 1}`);
  }
  return found;
}

function columnOf(table: CsvTable, column: number, unit: string): Vector {
  const rows = table.lines.slice(1);
  return oneRow(featuresNamed(rows.map(([name]) => name!), unit), rows.map((_, r) => table.number(r + 1, column)));
}

function answer(clinic: CsvTable, line: number, label: string): number {
  const { column, answers } = questions[label]!;
  const at = clinic.lines[0]!.indexOf(column);
  if (at < 0) throw clinic.error(0, `a column ${column}`, "none");
  const field = clinic.lines[line]![at]!;
  if (field === "NA" || field === "") return NaN;
  if (field in answers) return answers[field]!;
  throw clinic.error(line, `one of ${Object.keys(answers).join(", ")} or NA for ${column}`, `"${field}"`);
}
