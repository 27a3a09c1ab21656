/** A whole grid of trainings, by two processes of one thread each: the library against PyTorch, in turns. */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { grid, type GridRun, writeGridData } from "./grid-problem";
import { torchGrid } from "./grid-torch";
import { median, ratioOf, sayRatio } from "./ratio";
import { findTorch, tunedMalloc } from "./torch";

const file = "results/bench/grid.json";
const folder = join("build", "bench-grid");
/** Of PyTorch's wall time with the default malloc. */
const target = 0.8;

interface GridWay {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

interface Round {
  /** From the start of the processes to the end of the last. */
  readonly seconds: number;
  readonly runs: readonly GridRun[];
}

/** Each process takes half of the folds, and of each fold every model: the halves are alike. */
async function round({ name, command, args, environment }: GridWay, people: number): Promise<Round> {
  const begun = performance.now();
  const halves = [0, 1].map((process) =>
    Array.from({ length: people }, (_, fold) => fold).filter((fold) => fold % 2 === process),
  );
  const outputs = await Promise.all(
    halves.map(
      (folds) =>
        new Promise<string>((resolve, reject) => {
          const env = { ...process.env, ...oneThread, ...environment };
          const child = spawn(command, [...args, folder, ...folds.map(String)], { env });
          let [said, complaints] = ["", ""];
          child.stdout.on("data", (text: Buffer) => (said += String(text)));
          child.stderr.on("data", (text: Buffer) => (complaints = (complaints + String(text)).slice(-4000)));
          child.on("error", reject);
          child.on("close", (code) =>
            code === 0
              ? resolve(said)
              : reject(
                  new Error(`bench: expected ${name} to train its folds, got exit ${code}: ${complaints}`),
                ),
          );
        }),
    ),
  );
  const seconds = (performance.now() - begun) / 1000;
  const lines = outputs.flatMap((text) => text.split("\n").filter((line) => line.startsWith("{")));
  return { seconds, runs: lines.map((line) => JSON.parse(line) as GridRun) };
}

const oneThread = {
  ...{ OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  TF_CPP_MIN_LOG_LEVEL: "3",
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "3" },
      people: { type: "string", default: String(grid.people) },
      keep: { type: "boolean", default: false },
    },
  });
  const people = Number(values.people);
  writeGridData(folder);
  const python = findTorch();
  const ours = "ours";
  const theirs = "PyTorch, default malloc";
  const ways: GridWay[] = [
    { name: ours, command: process.execPath, args: [join(__dirname, "grid-tensorflow.js")] },
  ];
  if (python) {
    const args = ["-u", "-c", torchGrid];
    ways.push({ name: theirs, command: python, args });
    ways.push({ name: "PyTorch, tuned malloc", command: python, args, environment: tunedMalloc });
  }
  const models = grid.encoders.length * grid.fusions.length;
  const processor = cpus()[0]!.model.trim();
  console.log(
    `${models} models × ${people} folds × ${grid.epochs} epochs, two processes of one thread each, on ${processor}`,
  );
  const taken = new Map<string, Round[]>(ways.map(({ name }) => [name, []]));
  for (let i = 0; i < Number(values.rounds); i++)
    for (const way of ways) {
      const one = await round(way, people);
      taken.get(way.name)!.push(one);
      console.log(`round ${i + 1}, ${way.name}: ${one.seconds.toFixed(1)} s`);
    }
  const [first] = taken.get(ours)!;
  const rows = ways.map(({ name }) => {
    const rounds = taken.get(name)!;
    const seconds = rounds.map((one) => one.seconds);
    const ratio = ratioOf(
      taken.get(ours)!.map((one) => one.seconds),
      seconds,
    );
    checkSame(first!.runs, rounds[0]!.runs, name);
    return {
      ...{ way: name, seconds: rounded(median(seconds)), ratio: rounded(ratio.median) },
      ...{ ratioLower: rounded(ratio.lower), ratioUpper: rounded(ratio.upper), rounds: ratio.rounds },
      target: name === theirs ? target : null,
      models: modelsOf(rounds.flatMap((one) => one.runs)),
    };
  });
  for (const { way, models: each } of rows) {
    console.log(`\n${way}`);
    for (const m of each)
      console.log(
        `  ${m.encoder} ${m.fusion}: ${m.seconds} s a run (processor ${m.processorSeconds} s), ${m.parameters} parameters, accuracy ${m.accuracy}, loss ${m.loss}`,
      );
    if (way !== ours)
      console.log(
        `  ours: ${sayRatio(
          ratioOf(
            taken.get(ours)!.map((one) => one.seconds),
            taken.get(way)!.map((one) => one.seconds),
          ),
          way,
        )}${way === theirs ? `, target ${target}` : ""}`,
      );
  }
  if (!values.keep) return;
  mkdirSync("results/bench", { recursive: true });
  writeFileSync(
    file,
    `${JSON.stringify({ place: { processor }, grid: { ...grid, people }, rows }, null, 1)}\n`,
  );
  console.log(`kept in ${file}`);
}

/** The mean over folds and rounds for each model. */
function modelsOf(runs: readonly GridRun[]) {
  return grid.encoders.flatMap((encoder) =>
    grid.fusions.map((fusion) => {
      const own = runs.filter((run) => run.encoder === encoder && run.fusion === fusion);
      const mean = (of: (run: GridRun) => number): number =>
        rounded(own.reduce((sum, run) => sum + of(run), 0) / own.length);
      return {
        ...{ encoder, fusion, parameters: own[0]!.parameters, seconds: mean(({ seconds }) => seconds) },
        processorSeconds: mean(({ processorSeconds }) => processorSeconds),
        ...{ accuracy: mean(({ accuracy }) => accuracy), loss: mean(({ loss }) => loss) },
      };
    }),
  );
}

/** @throws where the two did not train the same models on the same folds */
function checkSame(ours: readonly GridRun[], theirs: readonly GridRun[], name: string): void {
  for (const { encoder, fusion, fold, parameters } of ours) {
    const other = theirs.find((run) => run.encoder === encoder && run.fusion === fusion && run.fold === fold);
    // PyTorch's GRU has the same two biases as ours
    if (other?.parameters !== parameters)
      throw new Error(
        `bench: ${encoder} ${fusion}, fold ${fold}: expected ${parameters} parameters of ${name}, got ${other?.parameters ?? "no run"}; write the same model`,
      );
  }
}

const rounded = (x: number): number => Math.round(x * 1000) / 1000;

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
