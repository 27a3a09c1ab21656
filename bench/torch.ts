/** PyTorch as a way of doing a training step. */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { BenchModel } from "./model";
import { Way } from "./way";

const version = "2.13.0";
const venv = join("build", "bench-venv");

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

export const torchWay = (
  name: string,
  python: string,
  { torch, time, channels }: BenchModel,
  batch: number,
  environment: Readonly<Record<string, string>> = {},
): Way =>
  new Way(
    name,
    python,
    ["-u", "-c", `${before}\n${torch.trim()}\n${after}`, ...[batch, time, channels].map(String)],
    environment,
  );

const before = `
import json, sys, time, torch
from torch import nn
torch.set_num_threads(1)
torch.manual_seed(1)
batch, steps, channels = map(int, sys.argv[1:])
prepare = lambda x: x
`;

/** Between them stands the text that makes `model` and, where it wants another layout, `prepare`. Weights begin as those of Keras, inputs are those of model.ts. */
const after = `
for name, weight in model.named_parameters():
    if "in_proj" in name and weight.dim() > 1:
        for part in weight.chunk(3): nn.init.xavier_uniform_(part)
    elif weight.dim() > 1: nn.init.xavier_uniform_(weight)
    elif "bias" in name: nn.init.zeros_(weight)

optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=1e-2)
u = torch.sin(torch.arange(batch * steps * channels, dtype=torch.float64) * 12.9898) * 43758.5453
x = prepare(((u - u.floor() - 0.5) * 12 ** 0.5).float().reshape(batch, steps, channels))
y = torch.arange(batch) % 12

def step():
    optimiser.zero_grad()
    loss = nn.functional.cross_entropy(model(x), y)
    loss.backward()
    optimiser.step()
    return loss.item()

def go(n):
    start, busy = time.perf_counter(), time.process_time()
    losses = [step() for _ in range(n)]
    took, worked = time.perf_counter() - start, time.process_time() - busy
    return {"milliseconds": took * 1000, "processor": worked * 1000, "losses": losses}

def peak(n=1024, times=2):
    a, b = torch.randn(n, n), torch.randn(n, n)
    a @ b
    start = time.perf_counter()
    for _ in range(times): a @ b
    return 2 * n ** 3 * times / (time.perf_counter() - start) / 1e9

def resident(which):
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith(which))
    except OSError: return None

first = True
for line in sys.stdin:
    word, n = line.split()
    if word == "about": answer = {"parameters": sum(p.numel() for p in model.parameters()), "library": "PyTorch " + torch.__version__}
    elif word == "peak": answer = peak()
    elif word == "memory": answer = None if held is None else resident("VmHWM") - held
    else:
        if first: held = resident("VmRSS")
        answer = go(int(n))
        if first and held is not None:
            with open("/proc/self/clear_refs", "w") as peaks: peaks.write("5")
        first = False
    print(json.dumps(answer), flush=True)
`;
