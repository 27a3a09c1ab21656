/** Starts the TypeScript kernel that kernel.json names: `node launch.js <connection file>`. */
import { join } from "node:path";
import { version } from "tslab/package.json";
import { checkTslab } from "./check-tslab";

checkTslab(version);

const [connectionFile] = process.argv.slice(2);
if (!connectionFile)
  throw new Error(
    "kernel: expected a connection file, got none; Jupyter starts the kernel, run: npm run lab",
  );

process.chdir(join(__dirname, "..", "..", "..")); // cells, imports and relative paths see the repository's root
// a terminal must not colour what is kept in a notebook
delete process.env["FORCE_COLOR"];
process.env["NO_COLOR"] = "1";

// only now, because loading it already reads the folder
void import("./kernel").then(({ startKernel }) => startKernel(connectionFile));
