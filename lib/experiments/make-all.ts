/** Work made in this process, or in as many as are wanted: what fails, or whose process dies, stops none of the others. */
import type { Progress } from "../train/progress";
import { followGrid, type GridReporter } from "./grid-progress";
import { Interrupted } from "./run";
import { inProcesses } from "./worker-processes";

export interface Work {
  readonly key: string;
  readonly title: string;
  /** How long it is expected to take, in any unit. */
  readonly weight: number;
}

/** What a process of a grid says while it works. */
export type GridNews = { readonly process: number } | { readonly progress: Progress };

export interface FailedRun {
  readonly key: string;
  readonly title: string;
  readonly error: Error;
}

export interface MakeAll<One extends Work> {
  /** How many runs there are, those that are there already among them. */
  readonly of: number;
  /** Processes that work at the same time; 1: this one alone. */
  readonly jobs: number;
  readonly signal?: AbortSignal | undefined;
  readonly progress: GridReporter;
  /** Makes one in this process. */
  readonly here: (work: One, told: (progress: Progress) => void) => Promise<unknown>;
  /** A compiled module that registers `make` with workerpool's `worker`. */
  readonly script: string;
  /** What `make` is given: plain data. */
  readonly taskOf: (work: One) => object;
}

/**
 * @returns those that failed
 * @throws Interrupted where the signal asked to stop; what is finished stays
 */
export async function makeAll<One extends Work>(
  work: readonly One[],
  { of, jobs, signal, progress, here, script, taskOf }: MakeAll<One>,
): Promise<FailedRun[]> {
  const grid = followGrid(work, of, progress);
  const failures: FailedRun[] = [];
  const ended = (one: One, error?: Error): void => {
    if (error) failures.push({ key: one.key, title: one.title, error });
    grid.ended(one, error);
  };
  try {
    if (jobs === 1 || work.length < 2)
      for (const one of work) {
        grid.began(one);
        await here(one, (news) => grid.trained(one.key, news)).then(
          () => ended(one),
          (error: Error) => {
            if (error instanceof Interrupted) throw error;
            ended(one, error);
          },
        );
      }
    else {
      await inProcesses(
        script,
        work.map((one) => ({ one, task: taskOf(one) })),
        {
          processes: Math.min(jobs, work.length),
          signal,
          plain: ({ task }) => task,
          began: ({ one }) => grid.began(one),
          heard: ({ one }, news) => {
            const heard = news as GridNews;
            if ("process" in heard) grid.isIn(one.key, heard.process);
            else if ("progress" in heard) grid.trained(one.key, heard.progress);
          },
          ended: ({ one }, error) => ended(one, error),
        },
      );
      if (signal?.aborted) throw new Interrupted();
    }
  } finally {
    progress.clear();
  }
  return failures;
}
