/** What a long training tells the person who waits. */

export interface Progress {
  readonly epoch: number;
  readonly epochs: number;
  readonly batch: number;
  readonly batches: number;
  /** Mean training loss of this epoch so far. */
  readonly loss: number;
  /** Training accuracy of this epoch so far, or macro-F1 on the windows for stopping once known. */
  readonly metric: { readonly name: string; readonly value: number };
  readonly windowsPerSecond: number;
  readonly secondsLeft: number;
}

export interface ProgressReporter {
  update(progress: Progress): void;
  /** Takes the bar away. */
  clear(): void;
}

export const silent: ProgressReporter = { update: () => {}, clear: () => {} };

/** "epoch 3/20 ▕███▍      ▏ loss 0.412, accuracy 0.871, 2,310 windows/s, 0:41 left" */
export function progressLine(p: Progress, width = 20): string {
  const share = (p.epoch - 1 + p.batch / p.batches) / p.epochs;
  const eighths = Math.round(share * width * 8);
  const full = "█".repeat(Math.floor(eighths / 8));
  const bar = (full + (["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8] ?? "")).padEnd(width);
  const rate = Math.round(p.windowsPerSecond).toLocaleString("en");
  const seconds = Math.max(0, Math.round(p.secondsLeft));
  const left = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const { name, value } = p.metric;
  return `epoch ${p.epoch}/${p.epochs} ▕${bar}▏ loss ${p.loss.toFixed(3)}, ${name} ${value.toFixed(3)}, ${rate} windows/s, ${left} left`;
}

/**
 * Draws one line over and over, ten times a second at most, and takes it away at the end: `\r` begins the line anew, in a
 * terminal as in a notebook.
 */
export function lineProgress(write: (text: string) => void, now: () => number, label = ""): ProgressReporter {
  let [last, width] = [-Infinity, 0];
  return {
    update(progress) {
      if (now() - last < 100) return;
      last = now();
      const line = `${label}${progressLine(progress)}`;
      write(`\r${line.padEnd(width)}`);
      width = line.length;
    },
    clear() {
      if (width > 0) write(`\r${" ".repeat(width)}\r`);
      width = 0;
    },
  };
}

/** Where nobody looks (a pipe, a log), says nothing. */
export const terminalProgress = (
  stream: NodeJS.WriteStream,
  now: () => number,
  label = "",
): ProgressReporter => (stream.isTTY ? lineProgress((text) => void stream.write(text), now, label) : silent);

/** Windows a second since the first, and the seconds that are left at that rate. */
export function stopwatch(
  now: () => number = () => performance.now(),
): (done: number, left: number) => { windowsPerSecond: number; secondsLeft: number } {
  const started = now();
  let total = 0;
  return (done, left) => {
    total += done;
    const windowsPerSecond = (1000 * total) / Math.max(1, now() - started);
    return { windowsPerSecond, secondsLeft: left / windowsPerSecond };
  };
}
