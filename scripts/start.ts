/** `npm start`: runs the notebooks into `build/` and draws the overview; touches neither notebooks/ nor figures/. */
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { workspace } from "fusion";
import { checkProfile } from "fusion/dist/workspace";
import { writeOverview } from "./page/overview";
import { askEngine } from "./run/ask-engine";
import { runAll } from "./run/run-all";
import { terminalProgress } from "./run/terminal-progress";

const help = `npm start                      run every notebook into build/, compare with what is committed
npm start -- --profile tiny    tiny (seconds a notebook), standard, full
npm start -- --only 01         only the notebooks whose names begin so; may be repeated
npm start -- --resume          after an interruption: executes again, but keeps the trainings that are finished`;

function readArguments(): { profile?: string; only: string[]; resume: boolean; help: boolean } {
  try {
    return parseArgs({
      options: {
        profile: { type: "string" },
        only: { type: "string", multiple: true, default: [] },
        resume: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values as ReturnType<typeof readArguments>;
  } catch (error) {
    throw new Error(`npm start: ${(error as Error).message}\n${help}`);
  }
}

async function main(): Promise<number> {
  const values = readArguments();
  if (values.help) {
    console.log(help);
    return 0;
  }
  const { root } = workspace;
  const build = resolve(root, process.env["FUSION_BUILD"] || "build");
  const profile = values.profile === undefined ? workspace.profile : checkProfile(values.profile);
  const engine = askEngine(root);
  const place = { root, notebooks: join(root, "notebooks"), build, profile, engine };
  const started = performance.now();
  const record = await runAll(place, values.only, terminalProgress(), values);
  const page = writeOverview(place, record);
  const failed = record.notebooks.filter(({ error }) => error);
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(
    `\n${record.notebooks.length - failed.length} of ${record.notebooks.length} notebooks ran, ${seconds} s; see ${relative(root, page)}`,
  );
  for (const { name, error } of failed)
    console.log(`\n${name}, cell ${error!.cell}:\n  ${error!.traceback.join("\n  ")}`);
  return failed.length === 0 ? 0 : 1;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
