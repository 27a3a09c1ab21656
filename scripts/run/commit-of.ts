/** The commit of this tree, with a mark where the tree differs from it. */
import { execFileSync } from "node:child_process";

/** "unknown" outside of git: it is recorded beside results, and part of no key. */
export function commitOf(root: string): string {
  try {
    return execFileSync("git", ["describe", "--always", "--dirty"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "unknown";
  }
}
