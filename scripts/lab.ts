/** `npm run lab`: JupyterLab with the TypeScript kernel; what is drawn goes to build/lab. `-- --no-browser` is passed on. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { workspace } from "fusion";

const { root } = workspace;
const lab = spawn(
  join(root, ".venv", "bin", "jupyter"),
  [
    "lab",
    `--ServerApp.root_dir=${root}`,
    "--LabApp.default_url=/lab/tree/notebooks",
    '--KernelSpecManager.allowed_kernelspecs={"fusion-ts"}', // not the Python that Jupyter needs for itself
    "--KernelSpecManager.ensure_native_kernel=False",
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    stdio: "inherit",
    env: {
      FUSION_BUILD: join(root, "build", "lab"),
      ...process.env,
      JUPYTER_PATH: join(root, ".jupyter"),
      JUPYTER_CONFIG_PATH: join(root, ".jupyter"),
    },
  },
);
// Ctrl-C reaches JupyterLab too, which asks whether to stop; a terminated script takes it along
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => lab.kill());
lab.on("error", (error) => {
  console.error(`npm run lab: expected JupyterLab in .venv, got ${error.message}; run: npm run setup`);
  process.exit(1);
});
lab.on("close", (code) => process.exit(code ?? 1));
