/** A transfer in one line: how much, how fast, how long. */

export interface Transfer {
  readonly label: string;
  readonly bytes: number;
  /** NaN where it is not known. */
  readonly total: number;
  /** Of the last while, not of the whole transfer; NaN at the beginning. */
  readonly bytesPerSecond: number;
}

/** "download  [=====     ]  344.1 of 688.2 MB  12.3 MB/s  28 s left", as wide as told at most. */
export function progressLine({ label, bytes, total, bytesPerSecond }: Transfer, width = 79): string {
  const megabytes = (n: number): string => (n / 1e6).toFixed(1);
  const isKnown = total > 0;
  const amount = isKnown ? `${megabytes(bytes)} of ${megabytes(total)} MB` : `${megabytes(bytes)} MB`;
  const rate = Number.isFinite(bytesPerSecond) ? `${megabytes(bytesPerSecond)} MB/s` : "";
  const left = isKnown && bytesPerSecond > 0 ? `${duration((total - bytes) / bytesPerSecond)} left` : "";
  const words = [amount, rate, left].filter(Boolean).join("  ");
  const room = width - label.length - words.length - 6;
  if (!isKnown || room < 5) return `${label}  ${words}`.slice(0, width);
  const full = Math.min(room, Math.floor((bytes / total) * room));
  return `${label}  [${"=".repeat(full)}${" ".repeat(room - full)}]  ${words}`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
