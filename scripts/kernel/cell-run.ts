/** Runs one cell and says how it failed: by a throw, the compiler, an interrupt, or a promise that nobody awaited. */
import { setImmediate } from "node:timers/promises";
import { inspect } from "node:util";
import type { ConsoleInterface, Executor } from "tslab/dist/executor";
import type { lastWriteDisplayData } from "tslab/dist/jupyter";
import { forgetInterrupt, interrupt } from "fusion/dist/engine/interrupt";
import { type Failure, compilerFailure, failureOf } from "./failure";
import type { Stream } from "./output-buffer";
import type { PreparedConverter } from "./prepared-converter";

type Display = typeof lastWriteDisplayData;

/** Where the output of a cell goes. */
export interface Outputs {
  stream(name: Stream, text: string): void;
  display(...shown: Parameters<Display>): void;
}

/** How long a cell may take to end by itself after an interrupt: a training loop ends within a batch. */
const graceMilliseconds = 2000;

export class CellRun {
  readonly executor: Executor;
  private readonly write = process.stderr.write.bind(process.stderr);
  /** What the executor reported about this cell. */
  private reports: unknown[][] = [];
  /** What was lost outside of any `await`, in this cell or since the one before. */
  private lost: Failure[] = [];
  private running = false;
  private interrupted = false;
  private impatient: NodeJS.Timeout | undefined;

  constructor(
    makeExecutor: (report: ConsoleInterface["error"]) => Executor,
    private readonly compiler: PreparedConverter,
    private readonly connectDisplay: (display: Display) => void,
    private readonly ready: Promise<unknown>,
  ) {
    this.executor = makeExecutor((...report) => this.reports.push(report));
  }

  /** To the terminal that started Jupyter, never into a cell. */
  log(error: unknown): void {
    this.write(`${inspect(error)}\n`);
  }

  async run(code: string, outputs: Outputs): Promise<Failure | undefined> {
    // what an earlier cell left behind fails this one before it runs, because it can rely on nothing
    if (this.lost.length > 0) return this.lost.splice(0)[0];
    redirect(outputs);
    this.connectDisplay((data, update) => outputs.display(data, update));
    [this.reports, this.interrupted, this.running] = [[], false, true];
    forgetInterrupt();
    try {
      await this.ready;
      this.compiler.prepare(code);
      await turns(); // an interrupt that came until now is known a turn later
      if (!this.interrupted && (await this.executor.execute(code))) this.compiler.ran();
      await turns(); // and so is a lost rejection
    } catch (error) {
      this.reports.push([error]);
    } finally {
      this.running = false;
      clearTimeout(this.impatient);
      this.impatient = undefined;
    }
    return this.lost.splice(0)[0] ?? this.interruption() ?? this.reported();
  }

  private reported(): Failure | undefined {
    const [first] = this.reports;
    if (!first) return undefined;
    return first.length === 1 ? failureOf(first[0]) : compilerFailure(this.reports);
  }

  private interruption(): Failure | undefined {
    const [thrown] = this.reports[0] ?? [];
    const stopped =
      thrown instanceof Error && "code" in thrown && thrown.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
    if (!this.interrupted && !stopped) return undefined;
    const evalue =
      thrown instanceof Error && thrown.message === "Interrupted asynchronously"
        ? "the cell did not stop by itself and may go on unseen; restart the kernel to be rid of it"
        : "stopped by the user";
    return { ename: "Interrupted", evalue, traceback: [`Interrupted: ${evalue}`] };
  }

  /** First asks: loops that look at `interruptSignal()` end by themselves and keep what they have. Then ends the cell. */
  interrupt(): void {
    if (!this.running) return;
    this.interrupted = true;
    interrupt();
    if (this.impatient) this.executor.interrupt();
    this.impatient ??= setTimeout(() => this.executor.interrupt(), graceMilliseconds);
  }

  /** An error that no code can catch any more ends the cell that runs, or fails the next one. */
  lose(error: unknown, hint: string): void {
    this.log(error);
    const inCell = this.running ? hint : `${hint} (it came after its cell had ended)`;
    this.lost.push(failureOf(error, inCell));
    if (!this.running) return;
    interrupt();
    this.executor.interrupt();
  }
}

/** Standard output and error go to the cell; what comes later goes to the same cell, as in Python. */
function redirect(outputs: Outputs): void {
  for (const name of ["stdout", "stderr"] as const)
    process[name].write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      outputs.stream(name, typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"));
      const done = rest.at(-1);
      if (typeof done === "function") process.nextTick(done);
      return true;
    };
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await setImmediate();
}
