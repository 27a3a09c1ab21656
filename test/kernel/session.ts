/** A kernel behind a real Jupyter client (client.py). */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

export interface Answer {
  /** The messages about this cell, in order; `type` is Jupyter's msg_type. */
  readonly outputs: readonly Readonly<{
    type: string;
    text?: string;
    ename?: string;
    evalue?: string;
    traceback?: string[];
    execution_count?: number;
    data?: Record<string, unknown>;
  }>[];
  readonly reply: Readonly<{ status: "ok" | "error" | "aborted"; execution_count?: number; ename?: string }>;
}

export interface Batch {
  readonly cells: readonly string[];
  readonly stop_on_error?: boolean;
  /** Interrupt when the first message of this type comes: as a cell is announced, or as it prints. */
  readonly interrupt_on?: "execute_input" | "stream";
}

export class Session {
  private readonly client: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: AsyncIterator<string>;

  constructor(environment: Readonly<Record<string, string>> = {}) {
    this.client = spawn(".venv/bin/python", ["test/kernel/client.py"], {
      env: { ...process.env, JUPYTER_PATH: ".jupyter", ...environment },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.lines = createInterface(this.client.stdout)[Symbol.asyncIterator]();
  }

  /** Sends all cells at once and waits for all answers. */
  async run(batch: Batch): Promise<Answer[]> {
    this.client.stdin.write(JSON.stringify(batch) + "\n");
    const { value, done } = await this.lines.next();
    if (done) throw new Error("the Jupyter client has ended; see its error above");
    return JSON.parse(value) as Answer[];
  }

  /** As if the computer had run out of memory. */
  async kill(): Promise<void> {
    this.client.kill("SIGKILL");
    await once(this.client, "exit");
  }

  async end(): Promise<void> {
    this.client.stdin.end();
    await once(this.client, "exit");
  }
}

/** Everything that a cell printed. */
export const printed = ({ outputs }: Answer): string =>
  outputs.map((o) => (o.type === "stream" ? o.text : "")).join("");

export const errorOf = ({ outputs }: Answer): Answer["outputs"][number] | undefined =>
  outputs.find((o) => o.type === "error");
