/** Loaded before each test file (`node --import`): WASM starts asynchronously, tests do not wait. */
import { createRequire } from "node:module";

await createRequire(import.meta.url)("fusion").startEngine();
