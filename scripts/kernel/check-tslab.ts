/** The kernel reaches into tslab's internals (kernel.ts), so it knows one version; test/kernel says whether another fits. */
const known = "1.0.22";

/** @throws on another version than the one that the kernel was written for */
export function checkTslab(version: string): void {
  if (version === known) return;
  throw new Error(
    `kernel: expected tslab ${known}, got ${version}; run: npm install --save-exact tslab@${known}`,
  );
}
