/** Many jobs on several cores: each worker thread asks for the next one when it has answered. */
import { isMainThread, parentPort, Worker, type TransferListItem } from "node:worker_threads";

type Answer<Result> = { readonly result: Result } | { readonly error: unknown };

/**
 * @param script a compiled module that calls `serveJobs`
 * @returns the results in the order of the jobs
 * @throws the first error of a job, after all workers have been stopped
 */
export async function runInWorkers<Job, Result>(
  script: string,
  jobs: readonly Job[],
  workers: number,
): Promise<Result[]> {
  const results = new Array<Result>(jobs.length);
  const pool = Array.from({ length: Math.min(workers, jobs.length) }, () => new Worker(script, { execArgv: [] }));
  let next = 0;
  const work = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      let current = -1;
      const ask = (): void => {
        current = next++;
        if (current < jobs.length) worker.postMessage(jobs[current]);
        else resolve();
      };
      worker.on("message", (answer: Answer<Result>) => {
        if ("error" in answer) return reject(answer.error);
        results[current] = answer.result;
        ask();
      });
      worker.on("error", reject);
      worker.on("exit", (code) => reject(new Error(`runInWorkers: expected an answer, got exit ${code}; see ${script}`)));
      ask();
    });
  try {
    await Promise.all(pool.map(work));
  } finally {
    await Promise.all(pool.map((worker) => worker.terminate()));
  }
  return results;
}

/** Called once by a worker's script. `owned` lists the buffers of a result that move to the asker instead of being copied. */
export function serveJobs<Job, Result>(
  run: (job: Job) => Promise<Result>,
  owned: (result: Result) => readonly TransferListItem[],
): void {
  if (isMainThread || !parentPort) throw new Error("serveJobs: expected a worker thread, got the main one; use runInWorkers");
  const port = parentPort;
  port.on("message", (job: Job) => {
    run(job).then(
      (result) => port.postMessage({ result }, owned(result)),
      (error: unknown) => port.postMessage({ error }),
    );
  });
}
