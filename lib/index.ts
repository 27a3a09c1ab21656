/** The public API of `fusion`, a line a module. */
export { interruptSignal } from "./engine/interrupt";
export { type Profile, type Workspace, workspace } from "./workspace";
export { checkStep } from "./engine/check-step";
export { describeEngine, type EngineIdentity } from "./engine/identity";
export { type CompiledStep, jit, type Step } from "./engine/jit";
export { keyedUniform } from "./engine/keyed-random";
export { engineIdentity, type EngineOptions, startEngine } from "./engine/start";
