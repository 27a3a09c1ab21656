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

/** Rewrites one line of a terminal, at most ten times a second; where nobody looks (a pipe), says nothing. */
export function terminalProgress(
  stream: NodeJS.WriteStream,
  now: () => number,
  label = "",
): ProgressReporter {
  let last = -Infinity;
  return {
    update(progress) {
      if (!stream.isTTY || now() - last < 100) return;
      last = now();
      stream.write(`\r\x1b[2K${label}${progressLine(progress)}`);
    },
    clear: () => void (stream.isTTY && stream.write("\r\x1b[2K")),
  };
}
