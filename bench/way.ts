/** One way of doing a training step, in a process of its own: it waits for a line, does it, and answers with a line of JSON. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface About {
  /** Trained numbers of the model. */
  readonly parameters: number;
  /** Which library, in which version. */
  readonly library: string;
}

export interface Steps {
  readonly milliseconds: number;
  /** Of all threads; as large as `milliseconds` where one thread works and nothing else runs. */
  readonly processor: number;
  /** Of each step. */
  readonly losses: readonly number[];
}

/** One thread, whatever library asks. */
const oneThread = { OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };

export class Way {
  private readonly child: ChildProcess;
  private readonly answers: AsyncIterator<string>;
  /** What it wrote to stderr, its end: told only when it fails. */
  private complaints = "";

  /** @param name stands in rows and errors */
  constructor(
    readonly name: string,
    command: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ) {
    const env = { ...process.env, ...oneThread, PYTHONWARNINGS: "ignore", ...environment };
    this.child = spawn(command, args, { env, stdio: ["pipe", "pipe", "pipe"] });
    this.child.stderr!.on("data", (text: Buffer) => {
      this.complaints = (this.complaints + String(text)).slice(-4000);
    });
    this.child.stdin!.on("error", () => {}); // its end is told by `ask`
    this.answers = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  about = (): Promise<About> => this.ask("about 0");

  /** Runs n steps, one after the other, reading each loss as a training loop does. */
  go = (steps: number): Promise<Steps> => this.ask(`go ${steps}`);

  /** GFLOP/s of the library's one thread in a product of 1024 × 1024. */
  peak = (): Promise<number> => this.ask("peak 0");

  /**
   * Megabytes that the steps since the first one held at most, beyond what the process held before the first: model and
   * library are not counted, recording and compiling neither. null where the system does not tell.
   */
  memory = (): Promise<number | null> => this.ask("memory 0");

  stop = (): void => void this.child.stdin!.end();

  private async ask<Answer>(question: string): Promise<Answer> {
    this.child.stdin!.write(`${question}\n`);
    const { value, done } = await this.answers.next();
    if (done) {
      console.error(this.complaints);
      throw new Error(`bench: expected ${this.name} to answer "${question}", got its end; see above`);
    }
    const answer = JSON.parse(value as string) as Answer | { error: string };
    if (answer !== null && typeof answer === "object" && "error" in answer)
      throw new CannotTrain(answer.error);
    return answer;
  }
}

/** What the way itself says of a step that it cannot do. */
export class CannotTrain extends Error {}
