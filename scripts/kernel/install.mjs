/** Writes what Jupyter reads, with this folder's absolute paths, into `.jupyter`: JUPYTER_PATH, JUPYTER_CONFIG_PATH. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const jupyterPath = (root) => join(root, ".jupyter");

const files = (root) => ({
  "kernels/fusion-ts/kernel.json": {
    argv: [process.execPath, join(root, "dist", "scripts", "kernel", "launch.js"), "{connection_file}"],
    display_name: "TypeScript (fusion)",
    language: "typescript",
    interrupt_mode: "signal", // a synchronous loop is stopped by SIGINT alone
    env: { TF_CPP_MIN_LOG_LEVEL: "3" },
  },
  // JupyterLab would ask whether to fetch news from outside
  "labconfig/page_config.json": {
    disabledExtensions: { "@jupyterlab/apputils-extension:announcements": true },
  },
});

const contents = (root) =>
  Object.entries(files(root)).map(([name, value]) => [
    join(jupyterPath(root), name),
    JSON.stringify(value, null, 2) + "\n",
  ]);

/** False where one is missing, was moved with its folder, or names another Node. */
export const isKernelInstalled = (root) =>
  contents(root).every(([path, content]) => existsSync(path) && readFileSync(path, "utf8") === content);

export function installKernel(root) {
  for (const [path, content] of contents(root)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.part`, content);
    renameSync(`${path}.part`, path);
  }
}
