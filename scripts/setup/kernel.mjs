/** The Jupyter kernel specification, with this folder's absolute paths. */
import { installKernel, isKernelInstalled } from "../kernel/install.mjs";

/** @returns {import("./step.mjs").Step} */
export function kernelStep(root) {
  return {
    name: "Jupyter kernel",
    done: () => (isKernelInstalled(root) ? "fusion-ts" : undefined),
    work: async () => {
      installKernel(root);
      return "fusion-ts";
    },
    remedy: "check that this folder can be written, then run the same command again",
  };
}
