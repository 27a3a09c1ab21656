/** A kernel behind a real Jupyter client (client.py). */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

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
  /** Seconds. */
  readonly interrupt_after?: number;
}

export class Session {
  private readonly client = spawn(".venv/bin/python", ["test/kernel/client.py"], {
    env: { ...process.env, JUPYTER_PATH: ".jupyter" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  private readonly lines = createInterface(this.client.stdout)[Symbol.asyncIterator]();

  /** Sends all cells at once and waits for all answers. */
  async run(batch: Batch): Promise<Answer[]> {
    this.client.stdin.write(JSON.stringify(batch) + "\n");
    const { value, done } = await this.lines.next();
    if (done) throw new Error("the Jupyter client has ended; see its error above");
    return JSON.parse(value) as Answer[];
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
