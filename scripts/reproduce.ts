/** `npm run reproduce`: computes a committed result again and says whether it came out; the reviewer's tool. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeEngine, startEngine, workspace } from "fusion";
import { findDataSet } from "fusion/dist/workspace";
import { chooseResults, type Committed } from "./reproduce/choose";
import { reproduceFigure } from "./reproduce/figure";
import { recompute } from "./reproduce/recompute";
import { exitCode, sayRecomputed, type Verdict, verdictOf } from "./reproduce/say";
import { reproduceStudy } from "./reproduce/study";
import { studiesNamed } from "./run/studies";

const help = `npm run reproduce                            the committed run that takes least time
npm run reproduce -- loso-pamap2             the run of an experiment that takes least; --all: every one
npm run reproduce -- collapse-pamap2         a study's run, in the same way
npm run reproduce -- 1d22db7aa6c40054        one run by its key, or by the beginning of it
npm run reproduce -- --figure 03-two-heads   the numbers behind a figure: its notebook is run again, and a run that it draws
Prints what is committed, what was got, how far it may be off, and a verdict; writes below build/reproduce alone.
Ends with 0 where all is equal or within tolerance, 1 where something is different, 3 where older code made it.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      figure: { type: "string", multiple: true, default: [] },
      all: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const engine = await startEngine();
  console.log(`engine: ${describeEngine(engine)}\n`);
  const verdicts: Verdict[] = [];
  const behind: string[] = [];
  for (const figure of values.figure) {
    const { source, verdict, said } = await reproduceFigure(workspace, engine, figure);
    console.log(said);
    verdicts.push(verdict);
    behind.push(...source.kept);
  }
  for (const study of positionals.flatMap((name) => studiesNamed(name) ?? []))
    for (const { verdict, said } of await reproduceStudy(study, workspace, { all: values.all })) {
      console.log(said);
      verdicts.push(verdict);
    }
  const asked = [...positionals.filter((name) => !studiesNamed(name)), ...new Set(behind)];
  const nothingLeft = verdicts.length > 0 && asked.length === 0;
  for (const committed of nothingLeft ? [] : choose(asked, values.all)) {
    const recomputed = await recompute(committed, workspace);
    console.log(sayRecomputed(recomputed));
    verdicts.push(verdictOf(recomputed));
  }
  console.log(`${verdicts.length} looked at: ${verdicts.join(", ")}`);
  return exitCode(verdicts);
}

const choose = (asked: readonly string[], all: boolean): Committed[] =>
  chooseResults(join(workspace.root, "results"), asked, {
    all,
    isHere: (dataSet) => findDataSet(workspace, dataSet) !== undefined,
  });

main().then(
  (code) => process.exit(code), // an engine's threads must not keep the process
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
