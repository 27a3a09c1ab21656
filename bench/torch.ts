/** PyTorch in a process of its own: it waits for "go n" and answers with the milliseconds of n training steps. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const version = "2.13.0";
const venv = join("build", "bench-venv");

/** One thread, whatever library asks. */
const oneThread = { OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };

/** glibc keeps freed memory instead of giving it back: no page faults in each step. */
export const tunedMalloc = {
  MALLOC_MMAP_THRESHOLD_: "2000000000",
  MALLOC_TRIM_THRESHOLD_: "4000000000",
};

/** The Python of an environment that is only ours; undefined, with a line, where PyTorch cannot be had. */
export function findTorch(): string | undefined {
  const python = join(venv, "bin", "python");
  const has = (): boolean =>
    spawnSync(python, ["-c", `import torch; assert torch.__version__.startswith("${version}")`]).status === 0;
  if (has()) return python;
  console.log(`installing PyTorch ${version} into ${venv}, a few minutes`);
  mkdirSync("build", { recursive: true });
  spawnSync("python3", ["-m", "venv", "--clear", venv]);
  // on machines whose index offers builds for graphics cards, PyTorch's own index has the one for processors
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  for (const index of [[], ["--index-url", "https://download.pytorch.org/whl/cpu"]])
    if (!has()) spawnSync(python, [...install, ...index, `torch==${version}`]);
  if (has()) return python;
  console.log(`PyTorch ${version} cannot be had here (pip failed): the comparison with it is left out`);
  return undefined;
}

export interface Steps {
  readonly milliseconds: number;
  /** Of all threads; as large as `milliseconds` where one thread works and nothing else runs. */
  readonly processor: number;
  /** Of the last step. */
  readonly loss: number;
}

/** The network of conv-net.ts: 3 × [conv1d 64, kernel 5, batch norm, ReLU, max pool 2], flatten, dense 12, AdamW. */
const program = `
import json, sys, time, torch
torch.set_num_threads(1)
torch.manual_seed(1)
batch = int(sys.argv[1])
layers, channels = [], 17
for _ in range(3):
    layers += [torch.nn.Conv1d(channels, 64, 5, padding=2), torch.nn.BatchNorm1d(64), torch.nn.ReLU(), torch.nn.MaxPool1d(2)]
    channels = 64
model = torch.nn.Sequential(*layers, torch.nn.Flatten(), torch.nn.Linear(64 * 12, 12))
optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=1e-2)
x = torch.randn(batch, 17, 100)
y = torch.arange(batch) % 12

def step():
    optimiser.zero_grad()
    loss = torch.nn.functional.cross_entropy(model(x), y)
    loss.backward()
    optimiser.step()
    return loss

def peak(n=1024, times=8):
    a, b = torch.randn(n, n), torch.randn(n, n)
    a @ b
    start = time.perf_counter()
    for _ in range(times): a @ b
    return 2 * n ** 3 * times / (time.perf_counter() - start) / 1e9

for line in sys.stdin:
    word, n = line.split()
    if word == "peak":
        print(json.dumps(peak()), flush=True)
    else:
        start, busy = time.perf_counter(), time.process_time()
        for _ in range(int(n)): loss = step().item()
        took, worked = time.perf_counter() - start, time.process_time() - busy
        print(json.dumps({"milliseconds": took * 1000, "processor": worked * 1000, "loss": loss}), flush=True)
`;

export class TorchProcess {
  private readonly child: ChildProcess;
  private readonly answers: AsyncIterator<string>;

  constructor(python: string, batch: number, environment: Readonly<Record<string, string>> = {}) {
    const env = { ...process.env, ...oneThread, PYTHONWARNINGS: "ignore", ...environment };
    this.child = spawn(python, ["-u", "-c", program, String(batch)], {
      env,
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.answers = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  go = (steps: number): Promise<Steps> => this.ask(`go ${steps}`);

  /** GFLOP/s of one thread in a product of 1024 × 1024. */
  peak = (): Promise<number> => this.ask("peak 0");

  stop = (): void => void this.child.stdin!.end();

  private async ask<Answer>(question: string): Promise<Answer> {
    this.child.stdin!.write(`${question}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error(`bench: expected PyTorch to answer "${question}", got its end; see above`);
    return JSON.parse(value as string) as Answer;
  }
}
