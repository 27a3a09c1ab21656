/**
 * All scores of calibration at once, softmax included, of a million windows with twelve classes: against the same in numpy,
 * on the same logits, one thread each, in turns. Both must come to the same numbers.
 *
 *     npm run bench -- calibration (--windows 1000000 --rounds 9 --quick --keep)
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import {
  calibrationScores,
  type CalibrationScores,
  type ClassTable,
  probabilitiesOf,
  randomFor,
} from "fusion";
import { calibrationNumpy } from "./calibration-numpy";
import { median, ratioOf, sayRatio } from "./ratio";

const file = "results/bench/calibration.json";
const build = join("build", "bench");
const numpyVersion = "2.4.6";
const classes = 12;
/** Sums of 12 million terms in two orders. */
const tolerance = 1e-9;

interface Answer {
  readonly milliseconds: number;
  readonly processor: number;
  readonly scores: CalibrationScores;
}

/** Waits in a process of its own, on one core where `taskset` is there; a line asks it, a line answers. */
class Partner {
  private readonly child: ChildProcess;
  private readonly answers: AsyncIterator<string>;

  constructor(
    private readonly name: string,
    command: string,
    args: readonly string[],
  ) {
    const isPinned = spawnSync("taskset", ["-c", "0", "true"]).status === 0;
    const whole = isPinned ? ["taskset", "-c", "0", command, ...args] : [command, ...args];
    this.child = spawn(whole[0]!, whole.slice(1), { stdio: ["pipe", "pipe", "inherit"] });
    this.answers = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  async ask(): Promise<Answer> {
    this.child.stdin!.write("go\n");
    const answer = await this.answers.next();
    if (answer.done)
      throw new Error(`bench calibration: expected scores from ${this.name}, got its end; see above`);
    return JSON.parse(answer.value) as Answer;
  }

  stop(): void {
    this.child.stdin!.end();
  }
}

/** Logits as of a model that is right in about two of three windows, and their labels; float64, then int32. */
function writeProblem(path: string, windows: number): void {
  const random = randomFor(1, "calibration benchmark");
  const logits = Float64Array.from({ length: windows * classes }, () => 2 * random.normal());
  const labels = Int32Array.from({ length: windows }, () => random.integer(classes));
  labels.forEach((label, i) => (logits[i * classes + label]! += 4));
  writeFileSync(path, Buffer.concat([new Uint8Array(logits.buffer), new Uint8Array(labels.buffer)]));
}

/** The process at the other end of ours. */
async function work(path: string, windows: number): Promise<void> {
  const bytes = readFileSync(path).buffer;
  const logits: ClassTable = { windows, classes, values: new Float64Array(bytes, 0, windows * classes) };
  const labels = new Int32Array(bytes, 8 * windows * classes, windows);
  for await (const line of createInterface({ input: process.stdin })) {
    if (line !== "go") continue;
    const [begun, busy] = [performance.now(), process.cpuUsage()];
    const scores = calibrationScores(probabilitiesOf(logits), labels);
    const { user, system } = process.cpuUsage(busy);
    const milliseconds = performance.now() - begun;
    console.log(JSON.stringify({ milliseconds, processor: (user + system) / 1000, scores }));
  }
}

/** A Python with numpy in an environment that is only ours; undefined where there cannot be one. */
function findNumpy(): string | undefined {
  const python = join(build, "numpy", "bin", "python");
  const has = (): boolean =>
    spawnSync(python, ["-c", `import numpy; assert numpy.__version__ == "${numpyVersion}"`]).status === 0;
  if (has()) return python;
  spawnSync("python3", ["-m", "venv", join(build, "numpy")]);
  spawnSync(python, ["-m", "pip", "install", "--quiet", `numpy==${numpyVersion}`]);
  return has() ? python : undefined;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      windows: { type: "string" },
      rounds: { type: "string" },
      quick: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
      work: { type: "string" },
    },
  });
  const { quick, keep } = values;
  const windows = Number(values.windows ?? (quick ? 100_000 : 1_000_000));
  if (values.work) return work(values.work, windows);
  const rounds = Number(values.rounds ?? (quick ? 3 : 9));
  mkdirSync(build, { recursive: true });
  const python = findNumpy();
  if (!python) throw new Error(`bench calibration: expected numpy ${numpyVersion}, pip could not install it`);
  const path = join(build, `calibration-${windows}.bin`);
  writeProblem(path, windows);
  const size = ["--windows", String(windows)];
  const ours = new Partner("ours", process.execPath, [__filename, "--work", path, ...size]);
  const theirs = new Partner("numpy", python, [
    "-u",
    "-c",
    calibrationNumpy,
    path,
    ...[windows, classes].map(String),
  ]);
  const taken: [Answer[], Answer[]] = [[], []];
  try {
    for (let round = -2; round < rounds; round++) {
      const [own, other] = [await ours.ask(), await theirs.ask()];
      checkAgreement(own.scores, other.scores);
      if (round < 0) continue; // warm up
      taken[0].push(own);
      taken[1].push(other);
    }
  } finally {
    ours.stop();
    theirs.stop();
  }
  const of = (which: "milliseconds" | "processor") =>
    taken.map((answers) => answers.map((answer) => answer[which])) as [number[], number[]];
  const [[our, their], [ourBusy, theirBusy]] = [of("milliseconds"), of("processor")];
  const [ratio, ofProcessor] = [ratioOf(our, their), ratioOf(ourBusy, theirBusy)];
  const processor = cpus()[0]!.model.trim();
  console.log(
    `all scores of ${windows.toLocaleString("en-US")} × ${classes} logits: ${sayRatio(ratio, "numpy")}, of processor time ${sayRatio(ofProcessor, "numpy")}; ` +
      `${median(our).toFixed(0)} and ${median(their).toFixed(0)} ms on ${processor}; target 1.00`,
  );
  if (!keep) return;
  const row = (way: string, times: readonly number[], busy: readonly number[]) => ({
    ...{ model: "calibration scores", windows, classes, way, milliseconds: median(times) },
    processorMilliseconds: median(busy),
  });
  const rows = [
    { ...row("ours", our, ourBusy), ratio: 1, ratioLower: 1, ratioUpper: 1, processorRatio: 1, target: null },
    {
      ...row(`numpy ${numpyVersion}`, their, theirBusy),
      ...{ ratio: ratio.median, ratioLower: ratio.lower, ratioUpper: ratio.upper },
      ...{ processorRatio: ofProcessor.median, target: 1 },
    },
  ];
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ place: { processor }, rows }, null, 1)}\n`);
  console.log(`kept in ${file}`);
}

/** @throws naming the score, where the two do not come to the same */
function checkAgreement(own: CalibrationScores, other: CalibrationScores): void {
  for (const [name, value] of Object.entries(own)) {
    const theirs = other[name as keyof CalibrationScores];
    // a square root of what is nearly 0 keeps half of the places
    const allowed = name === "eceDebiased" ? Math.sqrt(tolerance) : tolerance;
    if (!(Math.abs(value - theirs) <= allowed))
      throw new Error(`bench calibration: ${name}: expected ${theirs} as numpy has it, got ${value}`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
