/** What this process holds. */
import { readFileSync } from "node:fs";

/** Megabytes; VmRSS is resident now, VmHWM was so at most. */
export function resident(which: "VmRSS" | "VmHWM"): number | null {
  if (process.platform !== "linux") return null;
  const kilobytes = new RegExp(`^${which}:\\s*(\\d+)`, "m").exec(
    readFileSync("/proc/self/status", "utf8"),
  )![1];
  return Number(kilobytes) / 1024;
}
