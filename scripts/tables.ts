/** `npm run tables`: the tables, the assignment's files and the schemas that follow from `results/`. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { workspace } from "fusion";
import { experimentNames, isSimulated, seedsOf } from "fusion/dist/experiments/experiment";
import { reportFiles, schemaFiles, writeReportFile } from "fusion/dist/experiments/report-files";
import { isStale } from "fusion/dist/experiments/stale";
import { readResults } from "fusion/dist/experiments/store";

const help = `npm run tables                        of every experiment that has results
npm run tables -- fusion-pamap2       of one, by name: ${experimentNames.join(", ")}
Writes tables/<experiment>.csv, .md, .tex; for fusion experiments results/contract/<experiment>/fusion_comparison.json,
missing_modality.json, uncertainty.json; and results/schemas/. The same results give the same bytes.`;

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean", default: false } },
  });
  if (values.help) return console.log(help);
  const unknown = positionals.find((name) => !experimentNames.some((known) => known === name));
  if (unknown !== undefined)
    throw new Error(
      `npm run tables: expected one of [${experimentNames.join(", ")}], got "${unknown}"; see --help`,
    );
  const { root } = workspace;
  const results = join(root, "results");
  for (const name of experimentNames) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const whole = seedsOf(name);
    if (whole) {
      console.log(`${name}: its seeds are counted in ${whole}`);
      continue;
    }
    const profile = isSimulated(name) ? "standard" : "full";
    const files = reportFiles(results, profile, name);
    for (const file of files) writeReportFile(root, file);
    const stale = readResults(results, profile, name).filter(isStale).length;
    const note = stale > 0 ? `; ${stale} results are stale, npm run results -- ${name} renews them` : "";
    console.log(
      `${name}: ${files.length === 0 ? "no results" : files.map(({ path }) => path).join(", ")}${note}`,
    );
  }
  for (const file of schemaFiles()) writeReportFile(root, file);
  console.log("results/schemas: as the code has it");
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
