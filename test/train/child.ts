/** A process that trains the problem and can die at any moment: `node child.js '{"epochs":4, ...}'`. */
import fs from "node:fs";
import { startEngine } from "fusion";
import { fit } from "fusion/dist/train/fit";
import type { Death, Task } from "./child-process";
import { problemFold, problemModel, problemOptions, problemWindows, weightsHash } from "./problem";

const die = (): void => void process.kill(process.pid, "SIGKILL");

/** Wraps the file system's functions as `lib/train/checkpoint` calls them, to die before, amid or after the n-th call. */
function dieAt({ at, time }: Death): void {
  const open = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
  const wrap = (name: string, onTime: (original: () => unknown, args: unknown[]) => unknown): void => {
    const original = open[name]!.bind(fs);
    let calls = 0;
    open[name] = (...args) => {
      // compiled graphs pass through files, too
      const ours = typeof args[0] === "number" || String(args[0]).includes(".checkpoint");
      return ours && ++calls === time ? onTime(() => original(...args), args) : original(...args);
    };
  };
  switch (at) {
    case "write": // half of the content is on disk
      return wrap("writeFileSync", (_, [handle, content]) => {
        const bytes = content as Buffer;
        fs.writeSync(handle as number, bytes, 0, Math.floor(bytes.length / 2));
        die();
      });
    case "sync":
      return wrap("fsyncSync", die);
    case "rename":
      return wrap("renameSync", die);
    case "renamed":
      return wrap("renameSync", (rename) => (rename(), die()));
    case "remove":
      return wrap("rmSync", die);
    case "batch":
  }
}

async function main({ epochs, seed = 1, checkpoints, death }: Task): Promise<void> {
  await startEngine();
  const windows = problemWindows();
  const fold = problemFold(windows);
  const model = problemModel();
  let batches = 0;
  if (death) dieAt(death);
  const fitted = await fit({
    ...{ model, windows, fold, seed, options: { ...problemOptions, epochs } },
    ...(checkpoints !== undefined && { checkpoints: { folder: checkpoints, run: "child" } }),
    progress: {
      update({ epoch, batch }) {
        fs.writeSync(1, `${epoch}.${batch}\n`);
        if (death?.at === "batch" && ++batches === death.time) die();
      },
      clear: () => {},
    },
  });
  fs.writeSync(
    1,
    `${JSON.stringify({ hash: weightsHash(model), history: fitted.history, torn: fitted.torn })}\n`,
  );
  process.exit(0);
}

void main(JSON.parse(process.argv[2]!) as Task);
