/** TCGA breast tumours as the package mixOmics has them: training with three kinds of molecules, testing without proteins. */
import { type CsvTable, findCsv, readCsv } from "./csv-table";
import { featuresNamed, oneRow } from "./one-row";
import type { Recording, Vector } from "./recording";

const who = "readTcgaBrca";
export const brcaSubtypes = ["Basal", "Her2", "LumA"] as const;
const parts = { train: ["mrna", "mirna", "protein"], test: ["mrna", "mirna"] } as const;
/** As the source has them: logarithms of counts, and normalised abundance. */
const units = { mrna: "log₂", mirna: "log₂", protein: "1" } as const;

/**
 * One recording for each patient, whose session is the part of the given split. Nobody of the part "test" has proteins.
 *
 * @param folder with mixomics_data.train_mrna and so on
 * @throws naming the file and the line, and what to do
 */
export async function readTcgaBrca(folder: string): Promise<Recording[]> {
  return Object.entries(parts).flatMap(([part, modalities]) => {
    const read = (name: string): CsvTable => readCsv(who, findCsv(who, folder, `mixomics_data.${part}_${name}`));
    const tables = modalities.map((name) => ({ name, table: read(name) }));
    const subtypes = read("subtype");
    const patients = tables[0]!.table.lines.slice(1).map(([patient]) => patient!);
    for (const { table } of tables) checkPatients(table, patients);
    if (subtypes.lines.length !== patients.length + 1)
      throw subtypes.error(subtypes.lines.length, `${patients.length} subtypes`, `${subtypes.lines.length - 1}`);
    return patients.map((subject, p): Recording => {
      const subtype = subtypes.lines[p + 1]![1]!;
      const target = brcaSubtypes.findIndex((name) => name === subtype);
      if (target < 0) throw subtypes.error(p + 1, `one of ${brcaSubtypes.join(", ")}`, `"${subtype}"`);
      return {
        ...{ dataset: "tcga-brca", subject, session: part },
        space: { kind: "class", classes: brcaSubtypes },
        modalities: Object.fromEntries(tables.map(({ name, table }) => [name, rowOf(table, p + 1, units[name])])),
        segments: [{ startSeconds: 0, endSeconds: 1, target: [target] }],
      };
    });
  });
}

function checkPatients({ lines, error }: CsvTable, patients: readonly string[]): void {
  const wrong = Array.from({ length: Math.max(patients.length, lines.length - 1) }, (_, p) => p).find(
    (p) => lines[p + 1]?.[0] !== patients[p],
  );
  if (wrong !== undefined)
    throw error(wrong + 1, `patient ${patients[wrong] ?? "none"}, as in the file of mrna`, `"${lines[wrong + 1]?.[0] ?? "none"}"`);
}

function rowOf(table: CsvTable, line: number, unit: string): Vector {
  const names = table.lines[0]!.slice(1);
  return oneRow(featuresNamed(names, unit), names.map((_, f) => table.number(line, f + 1)));
}
