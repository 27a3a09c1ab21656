/** Training in a process of its own, which may be killed. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface Death {
  /** A batch's end, or a moment of writing a checkpoint. */
  readonly at: "batch" | "write" | "sync" | "rename" | "renamed" | "remove";
  /** The n-th time, from 1. */
  readonly time: number;
}

export interface Task {
  readonly epochs: number;
  readonly seed?: number;
  readonly checkpoints?: string;
  /** SIGKILL from within. */
  readonly death?: Death;
}

export interface Ended {
  /** Undefined where it was killed. */
  readonly hash?: string;
  readonly history?: unknown;
  readonly torn?: readonly string[];
  /** "epoch.batch", as far as it came. */
  readonly seen: readonly string[];
}

/** @param killAfter milliseconds after its first batch, at which it is killed from outside */
export async function trainInChild(task: Task, killAfter?: number): Promise<Ended> {
  const child = spawn(process.execPath, [join(__dirname, "child.js"), JSON.stringify(task)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr.on("data", (text: Buffer) => (complaint += text.toString()));
  const ended = new Promise<NodeJS.Signals | number>((resolve) =>
    child.once("close", (code, signal) => resolve(signal ?? code!)),
  );
  const seen: string[] = [];
  let result: Omit<Ended, "seen"> = {};
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("{")) result = JSON.parse(line) as Omit<Ended, "seen">;
    else if (seen.push(line) === 1 && killAfter !== undefined)
      setTimeout(() => child.kill("SIGKILL"), killAfter);
  }
  const how = await ended;
  if (how !== 0 && how !== "SIGKILL")
    throw new Error(`child: expected it to end or be killed, got ${how}: ${complaint}`);
  return { ...result, seen };
}
