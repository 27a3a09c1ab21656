/** `npm run data`: which data sets are here; `npm run data -- pamap2`: fetches one. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkProtocolCounts, readPamap2, workspace } from "fusion";
import { dataStates, type Described } from "fusion/dist/data/data-state";
import { downloadDataSet, readDownloadRecord } from "fusion/dist/data/download";
import { downloadSources } from "fusion/dist/data/download-source";
import { dataSets } from "fusion/dist/data/registry";
import { transferDisplay } from "./data/transfer-display";

const help = `npm run data                            list the data sets: state, licence, citation
npm run data -- pamap2                  fetch the original into data/raw/pamap2
npm run data -- pamap2 --url <mirror>   from another place
npm run data -- pamap2 --bytes <size>   accept an archive of another size, where the original has changed`;

const sets: readonly Described[] = Object.values(dataSets);
const raw = join(workspace.root, "data", "raw");

function list(): void {
  for (const { name, state, folder, missing } of dataStates(sets, workspace.dataFolders)) {
    const { title, licence, citation, homepage } = sets.find((set) => set.name === name)!;
    const recorded = readDownloadRecord({ name }, raw);
    console.log(`${name}: ${state}${folder ? ` in ${folder}` : ""}`);
    if (state === "partial") console.log(`  lacks     ${missing.join("\n            ")}`);
    if (state === "absent" || state === "partial")
      console.log(
        `  to fetch  ${name in downloadSources ? `npm run data -- ${name}` : `by hand, from ${homepage}`}`,
      );
    console.log(
      `  title     ${title}\n  licence   ${licence}\n  citation  ${citation}\n  homepage  ${homepage}`,
    );
    if (recorded) console.log(`  archive   ${recorded.bytes} bytes, SHA-256 ${recorded.sha256}`);
    console.log();
  }
}

async function fetchOne(name: string, options: { url?: string; bytes?: string }): Promise<void> {
  const source = downloadSources[name];
  const known = sets.find((set) => set.name === name);
  if (!source && known && known.files.length > 0) return byHand(known);
  if (!source)
    throw new Error(
      `data: expected one of [${Object.keys(downloadSources).join(", ")}], got "${name}"; run: npm run data`,
    );
  const { title, licence, citation } = sets.find((set) => set.name === name)!;
  const [already] = dataStates(
    sets.filter((set) => set.name === name),
    [raw],
  );
  if (already?.state === "present") return console.log(`${name}: nothing to do, it is in ${already.folder}`);
  if (options.bytes !== undefined && !/^\d+$/.test(options.bytes))
    throw new Error(`data: expected a number of bytes, got "${options.bytes}"; run: npm run data -- --help`);
  console.log(`${title}, ${licence}\n${citation}\n`);

  const interrupt = new AbortController();
  process.once("SIGINT", () => interrupt.abort(new Error("interrupted")));
  const display = transferDisplay(process.stderr);
  try {
    const record = await downloadDataSet(
      { ...source, url: options.url ?? source.url, bytes: Number(options.bytes ?? source.bytes) },
      raw,
      { signal: interrupt.signal, onProgress: display.progress, onNote: display.note },
    );
    display.end();
    console.log(
      `${name}: ${Object.keys(record.files).length} files in ${join(raw, name)}, SHA-256 ${record.sha256}`,
    );
    if (name === "pamap2") await countRows(join(raw, name));
  } catch (error) {
    display.end();
    if (!interrupt.signal.aborted) throw error;
    console.error("interrupted; what has arrived is kept, run the same command to go on");
    process.exitCode = 130;
  }
}

/** Where nobody has seen an address that stays, a person has to fetch it. */
function byHand({ name, title, licence, citation, homepage }: Described): void {
  const [state] = dataStates(
    sets.filter((set) => set.name === name),
    workspace.dataFolders,
  );
  if (state?.state === "present") return console.log(`${name}: nothing to do, it is in ${state.folder}`);
  console.log(`${title}, ${licence}\n${citation}\n`);
  console.log(
    `${name} is fetched by hand: download it from ${homepage} and unpack it to ${join(raw, name)}, which then holds\n  ${state!.missing.join("\n  ")}\nsee data/README.md`,
  );
  process.exitCode = 1;
}

/** The archive may be whole and the data other than what was counted before: better told now than in a result. */
async function countRows(folder: string): Promise<void> {
  console.log("reading it once, to count its rows");
  checkProtocolCounts(await readPamap2(folder, { prepared: workspace.prepared }));
  console.log("the rows of every activity and subject are as many as they should be");
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: "string" },
      bytes: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(help);
  if (positionals.length === 0) return list();
  for (const name of positionals) await fetchOne(name, values);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
