import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { Page } from "playwright-core";
import { openBrowser, skip } from "./chromium";

const folder = "build/browser-test";
const token = "only-for-this-test";

test(
  "JupyterLab runs 00-start-here to its end and draws its figure",
  { skip, timeout: 300_000 },
  async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    // a copy, since JupyterLab saves what it has run; without outputs, so that what is seen was drawn now
    writeFileSync(`${folder}/00-start-here.ipynb`, withoutOutputs("notebooks/00-start-here.ipynb"));
    const port = await freePort();
    const lab = startLab(port);
    const browser = await openBrowser();
    try {
      await answers(`http://127.0.0.1:${port}/api/status?token=${token}`, lab);
      const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.goto(`http://127.0.0.1:${port}/lab/tree/${folder}/00-start-here.ipynb?token=${token}`);
      await kernelIsIdle(`http://127.0.0.1:${port}/api/kernels?token=${token}`);
      await runAllCells(page);
      const figure = page.locator(".vega-embed").locator("canvas, svg.marks").first();
      await figure
        .waitFor({ timeout: 120_000 })
        .finally(() => page.screenshot({ path: `${folder}/lab.png` }));
      await figure.scrollIntoViewIfNeeded();
      await page.screenshot({ path: `${folder}/lab.png` });
      const box = await figure.boundingBox();
      assert.ok(box && box.width > 200 && box.height > 100, `the figure takes ${JSON.stringify(box)}`);
      assert.equal(await page.locator('[data-mime-type="application/vnd.jupyter.error"]').count(), 0);
      assert.equal(await page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count(), 0);
      assert.deepEqual(complaints, []);
      assert.deepEqual(
        readdirSync(`${folder}/out/figures`).sort(),
        ["png", "svg", "vl.json"].map((type) => `00-two-thermometers.${type}`),
      );
    } finally {
      await browser.close();
      lab.kill();
      await once(lab, "exit");
    }
  },
);

/** With settings and working files of its own, so that the reader's JupyterLab is neither read nor changed. */
function startLab(port: number): ChildProcess {
  const own = (name: string): string => `${process.cwd()}/${folder}/jupyter/${name}`;
  return spawn(
    process.execPath,
    [
      "dist/scripts/lab.js",
      ...[
        "--no-browser",
        "--allow-root",
        `--port=${port}`,
        "--ServerApp.port_retries=0",
        `--IdentityProvider.token=${token}`,
      ],
    ],
    {
      stdio: ["ignore", "ignore", "ignore"],
      env: {
        ...process.env,
        FUSION_BUILD: `${process.cwd()}/${folder}/out`,
        JUPYTER_CONFIG_DIR: own("config"),
        JUPYTER_DATA_DIR: own("data"),
        JUPYTER_RUNTIME_DIR: own("runtime"),
      },
    },
  );
}

/** A page that has not yet connected to its kernel takes the wish and forgets it, so it is asked until a cell is busy or done. */
async function runAllCells(page: Page): Promise<void> {
  const cell = page.locator(".jp-Notebook .jp-CodeCell").first();
  await cell.waitFor({ timeout: 60_000 });
  const begun = page
    .locator(".jp-InputPrompt")
    .filter({ hasText: /\[(\*|\d+)\]/ })
    .first();
  for (let attempt = 1; ; attempt++) {
    await page.getByRole("menuitem", { name: "Run", exact: true }).click();
    await page.getByRole("menuitem", { name: "Run All Cells", exact: true }).click();
    try {
      return await begun.waitFor({ timeout: 10_000 });
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

/** Before that, JupyterLab asks which kernel to start. */
async function kernelIsIdle(url: string): Promise<void> {
  for (;;) {
    const kernels = (await (await fetch(url)).json()) as { execution_state: string }[];
    if (kernels.some(({ execution_state }) => execution_state === "idle")) return;
    await setTimeout(200);
  }
}

function withoutOutputs(file: string): string {
  const notebook = JSON.parse(readFileSync(file, "utf8")) as { cells: { cell_type: string }[] };
  for (const cell of notebook.cells)
    if (cell.cell_type === "code") Object.assign(cell, { outputs: [], execution_count: null });
  return JSON.stringify(notebook);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("freePort: expected a port, got none");
  return address.port;
}

/** Resolves as soon as a server answers with 200. */
async function answers(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null)
      throw new Error(`JupyterLab ended with ${server.exitCode} before it answered`);
    const up = await fetch(url).then(
      (response) => response.ok,
      () => false, // not listening yet
    );
    if (up) return;
    await setTimeout(200);
  }
}
