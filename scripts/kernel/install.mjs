/** Writes the Jupyter kernel specification, with this folder's absolute paths, where JUPYTER_PATH will point. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The folder that JUPYTER_PATH names. */
export const jupyterPath = (root) => join(root, ".jupyter");

const specification = (root) => ({
  argv: [process.execPath, join(root, "dist", "scripts", "kernel", "launch.js"), "{connection_file}"],
  display_name: "TypeScript (fusion)",
  language: "typescript",
  interrupt_mode: "signal", // a synchronous loop is stopped by SIGINT alone
  env: { TF_CPP_MIN_LOG_LEVEL: "3" },
});

const file = (root) => join(jupyterPath(root), "kernels", "fusion-ts", "kernel.json");
const content = (root) => JSON.stringify(specification(root), null, 2) + "\n";

/** False where it is missing, was moved with its folder, or names another Node. */
export function isKernelInstalled(root) {
  return existsSync(file(root)) && readFileSync(file(root), "utf8") === content(root);
}

export function installKernel(root) {
  const path = file(root);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(`${path}.part`, content(root));
  renameSync(`${path}.part`, path);
}
