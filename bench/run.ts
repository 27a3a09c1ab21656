/** `npm run bench -- encoders`: one benchmark by name; without a name, the list. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

interface Benchmark {
  readonly script: string;
  readonly options?: readonly string[];
  readonly what: string;
}

const benchmarks: Readonly<Record<string, Benchmark>> = {
  encoders: {
    script: "training-step",
    what: "a training step of each encoder: compiled against stock tfjs and PyTorch, one thread each (--only lstm-64,cnn --batch 32 --engine native --rounds 9 --quick --keep)",
  },
  "eeg-audio": {
    script: "eeg-audio",
    what: "a training step of EEG alone and with audio, as wide as published, one thread each (--batch 32 --rounds 9 --quick --keep)",
  },
  fusion: {
    script: "fusion",
    what: "an answer of each network of the fusion comparisons, milliseconds a window, one thread (--only hybrid-conv --batch 1,64 --calls 200 --keep)",
  },
  calibration: {
    script: "calibration",
    what: "all scores of calibration of a million windows with twelve classes, against numpy, one thread each (--windows 1000000 --rounds 9 --quick --keep)",
  },
  mca: {
    script: "mca",
    what: "a training step of MCA: forbidden blocks skipped, against masked, against PyTorch, one thread each (--tokens 75,300 --rounds 9 --quick --keep); --modalities 2..8 times MCA, Zorro and everything-at-once instead",
  },
  step: {
    script: "training-step",
    options: ["--only", "cnn-pool"],
    what: "the same for one convolutional network of stock layers",
  },
  grid: {
    script: "grid",
    what: "a grid of trainings by two processes: two encoders, two fusions, four folds, five epochs, against PyTorch (--rounds 3 --people 4 --keep)",
  },
  transfer: {
    script: "transfer",
    what: "a target's training step beside a source whose signatures are cached, against the target alone, one thread (--rounds 60)",
  },
  parse: { script: "parse", what: "reading PAMAP2 against pandas, one core each" },
};

const [name, ...rest] = process.argv.slice(2);
const benchmark = benchmarks[name ?? ""];
if (name === undefined) {
  console.log("npm run bench -- <name>");
  for (const [known, { what }] of Object.entries(benchmarks)) console.log(`  ${known.padEnd(13)}${what}`);
} else if (!benchmark) {
  console.error(
    `npm run bench: expected one of [${Object.keys(benchmarks).join(", ")}], got "${name}"; without a name it lists them`,
  );
  process.exitCode = 1;
} else {
  // a process of its own, in which threads are set before anything is loaded
  const command = [join(__dirname, `${benchmark.script}.js`), ...(benchmark.options ?? []), ...rest];
  process.exitCode = spawnSync(process.execPath, command, { stdio: "inherit" }).status ?? 1;
}
