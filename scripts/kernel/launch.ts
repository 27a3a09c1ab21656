/** Starts the TypeScript kernel that kernel.json names: `node launch.js <connection file>`. */
import { join } from "node:path";

/** The kernel reaches into this version's internals (see kernel.ts); test/kernel says whether another one fits. */
const knownTslab = "1.0.22";

const { version } = require("tslab/package.json") as { version: string };
if (version !== knownTslab)
  throw new Error(
    `kernel: expected tslab ${knownTslab}, got ${version}; run: npm install --save-exact tslab@${knownTslab}`,
  );

const [connectionFile] = process.argv.slice(2);
if (!connectionFile)
  throw new Error("kernel: expected a connection file, got none; Jupyter starts this, see npm run lab");

process.chdir(join(__dirname, "..", "..", "..")); // cells, imports and relative paths see the repository's root
// a terminal must not colour what is kept in a notebook
delete process.env["FORCE_COLOR"];
process.env["NO_COLOR"] = "1";

// only now, because both look at what was checked and set above
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { startKernel } = require("./kernel") as typeof import("./kernel");
startKernel(connectionFile);
