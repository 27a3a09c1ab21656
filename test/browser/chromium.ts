/** Debian's Chromium, driven as a reader would use it. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executablePath = "/usr/bin/chromium";

/** For a test's `skip`: false, or why it cannot run. */
export const skip = existsSync(executablePath)
  ? false
  : `no browser: ${executablePath} is absent (apt install chromium)`;

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
