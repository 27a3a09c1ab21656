/** How far a grid is, in one line, and how long it will take at this rate. */
import type { Progress } from "../train/progress";

export interface RunningRun {
  readonly title: string;
  /** Undefined until its first batch. */
  readonly training?: Pick<Progress, "epoch" | "epochs"> | undefined;
  /** Of the operating system; undefined until it is known. */
  readonly process?: number | undefined;
}

export interface GridProgress {
  /** Runs whose results are there. */
  readonly done: number;
  readonly of: number;
  readonly failed: number;
  readonly running: readonly RunningRun[];
  /** Of the work that was there to do: 0 to 1. */
  readonly share: number;
  /** Undefined until a run has its first epoch behind it: before, the rate is that of a process's start. */
  readonly secondsLeft: number | undefined;
}

export interface EndedRun {
  readonly key: string;
  readonly title: string;
  readonly seconds: number;
  /** Undefined where it went well. */
  readonly error?: string | undefined;
}

export interface GridReporter {
  update(progress: GridProgress): void;
  /** Called for each run that was made, or that failed. */
  ended?(run: EndedRun, progress: GridProgress): void;
  /** Takes the line away. */
  clear(): void;
}

export const silentGrid: GridReporter = { update: () => {}, clear: () => {} };

interface Work {
  readonly key: string;
  readonly title: string;
  /** How long it is expected to take, in any unit. */
  readonly weight: number;
}

/** Follows the runs that are to be made, and tells the reporter. */
export function followGrid(
  work: readonly Work[],
  of: number,
  reporter: GridReporter,
  now: () => number = () => performance.now(),
) {
  const begun = now();
  const weights = new Map(work.map(({ key, weight }) => [key, weight]));
  const total = work.reduce((sum, { weight }) => sum + weight, 0);
  const running = new Map<string, RunningRun & { readonly from: number; readonly share: number }>();
  let [made, failed, worked] = [0, 0, 0];
  const told = (): GridProgress => {
    let soFar = worked;
    for (const [key, { share }] of running) soFar += share * weights.get(key)!;
    const seconds = (now() - begun) / 1000;
    const hasRate =
      worked > 0 || [...running.values()].some(({ training }) => training && training.epoch > 1);
    return {
      ...{ done: of - work.length + made, of, failed, running: [...running.values()] },
      share: total === 0 ? 1 : soFar / total,
      secondsLeft: hasRate && soFar > 0 ? ((total - soFar) * seconds) / soFar : undefined,
    };
  };
  return {
    began({ key, title }: Work): void {
      running.set(key, { title, from: now(), share: 0 });
      reporter.update(told());
    },
    isIn(key: string, process: number): void {
      const run = running.get(key);
      if (run) running.set(key, { ...run, process });
    },
    trained(key: string, { epoch, epochs, batch, batches }: Progress): void {
      const run = running.get(key);
      if (!run) return;
      const share = (epoch - 1 + batch / batches) / epochs;
      running.set(key, { ...run, training: { epoch, epochs }, share });
      reporter.update(told());
    },
    ended({ key, title, weight }: Work, error?: Error): void {
      const seconds = (now() - (running.get(key)?.from ?? now())) / 1000;
      running.delete(key);
      worked += weight;
      if (error) failed += 1;
      else made += 1;
      reporter.ended?.({ key, title, seconds, error: error?.message }, told());
      reporter.update(told());
    },
  };
}

/** "runs 3/24 ▕███▍      ▏ 4:10 left; early-conv, held out 101, seed 1: epoch 3/12 | ..." */
export function gridLine(
  { done, of, failed, running, share, secondsLeft }: GridProgress,
  width = 20,
): string {
  const eighths = Math.round(share * width * 8);
  const part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8] ?? "";
  const bar = ("█".repeat(Math.floor(eighths / 8)) + part).padEnd(width);
  const lost = failed > 0 ? `, ${failed} failed` : "";
  const left = secondsLeft === undefined ? "" : ` ${clock(secondsLeft)} left`;
  const at = running.map(({ title, training }) =>
    training ? `${title}: epoch ${training.epoch}/${training.epochs}` : title,
  );
  return `runs ${done}/${of}${lost} ▕${bar}▏${left}${at.length > 0 ? "; " : ""}${at.join(" | ")}`;
}

/** "0:41", "12:05", "3:07:00" */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (n: number): string => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** One line, drawn over ten times a second at most and taken away at the end; `\r` does it in a terminal and a notebook. */
export function gridLineReporter(
  write: (text: string) => void,
  now: () => number = () => performance.now(),
  columns = 160,
): GridReporter {
  let [last, width] = [-Infinity, 0];
  const clear = (): void => {
    if (width > 0) write(`\r${" ".repeat(width)}\r`);
    [last, width] = [-Infinity, 0];
  };
  return {
    update(progress) {
      if (now() - last < 100) return;
      last = now();
      const line = gridLine(progress).slice(0, columns - 1);
      write(`\r${line.padEnd(width)}`);
      width = line.length;
    },
    ended: clear,
    clear,
  };
}
