/** Many tasks in several processes: a task that fails, or whose process dies, stops none of the others. */
import { pool, TerminateError } from "workerpool";

export interface ProcessOptions<Task> {
  readonly processes: number;
  /** Ends all processes; tasks that have not ended then are never reported. */
  readonly signal?: AbortSignal | undefined;
  /** What a process is given of a task: plain data. */
  readonly plain: (task: Task) => object;
  readonly began: (task: Task) => void;
  /** What a task says by `workerEmit`. */
  readonly heard: (task: Task, news: unknown) => void;
  readonly ended: (task: Task, error?: Error) => void;
}

/**
 * @param script a compiled module that registers `make` with workerpool's `worker`
 */
export async function inProcesses<Task>(
  script: string,
  tasks: readonly Task[],
  { processes, signal, plain, began, heard, ended }: ProcessOptions<Task>,
): Promise<void> {
  const workers = pool(script, {
    workerType: "process",
    maxWorkers: processes,
    emitStdStreams: true,
    // a group of their own: Ctrl-C reaches this process alone, which then ends them
    forkOpts: { detached: true },
  });
  const waiting = tasks.values();
  // each turn hands over one task at a time: a pool with a queue of its own stops where all its processes have died
  const turn = async (): Promise<void> => {
    for (const task of waiting) {
      if (signal?.aborted) return;
      let complaint = "";
      const on = (news: unknown): void => {
        if (isStderr(news)) complaint = (complaint + news.stderr).slice(-2000);
        else heard(task, news);
      };
      began(task);
      try {
        await workers.exec("make", [plain(task)], { on });
        ended(task);
      } catch (error) {
        if (!signal?.aborted)
          ended(task, error instanceof TerminateError ? died(error, complaint) : (error as Error));
      }
    }
  };
  const stop = (): void => void workers.terminate(true);
  signal?.addEventListener("abort", stop);
  try {
    await Promise.all(Array.from({ length: processes }, turn));
  } finally {
    signal?.removeEventListener("abort", stop);
    await workers.terminate(true);
  }
}

const isStderr = (news: unknown): news is { stderr: string } =>
  typeof news === "object" && news !== null && "stderr" in news;

/** workerpool tells code and signal in its message alone. */
function died({ message }: Error, complaint: string): Error {
  const [, code, signal] = /exitCode: `(\w+)`\s*signalCode: `(\w+)`/.exec(message) ?? [];
  const how = signal && signal !== "null" ? signal : `exit code ${code ?? "unknown"}`;
  const why = signal === "SIGKILL" ? "; if nobody killed it, memory ran out: use fewer --jobs" : "";
  const last = complaint.trim().split("\n").slice(-3).join(" | ");
  return new Error(`its process ended by ${how}${why}${last && `; it last said: ${last}`}`);
}
