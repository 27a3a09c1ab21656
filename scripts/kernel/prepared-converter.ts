/** Compiles a cell before it is run, so that an interrupt which comes while the compiler works is not lost. */
import type { ConvertResult, Converter } from "tslab/dist/converter";

/**
 * tslab compiles and runs a cell in one go. Where it begins to run, Node takes the listeners of SIGINT away, and with
 * them a signal that came during the compilation. Compiled ahead, there is a turn of the event loop in between.
 */
export class PreparedConverter implements Converter {
  /** What earlier cells declared, as the executor keeps it. */
  private declared = "";
  private prepared: { declared: string; code: string; result: ConvertResult } | undefined;

  constructor(private readonly inner: Converter) {}

  prepare(code: string): void {
    // a cell that is a module of its own is compiled in another way
    if (/@(module|browser)\b/.test(code)) return;
    const { declared } = this;
    this.prepared = { declared, code, result: this.inner.convert(declared, code) };
  }

  /** What a cell declares is known to the next if it ran to its end. */
  ran(): void {
    if (this.prepared) this.declared = this.prepared.result.declOutput || "";
    this.prepared = undefined;
  }

  convert(declared: string, code: string): ConvertResult {
    this.declared = declared;
    const { prepared } = this;
    if (prepared?.declared === declared && prepared.code === code) return prepared.result;
    const result = this.inner.convert(declared, code);
    this.prepared = { declared, code, result };
    return result;
  }

  inspect = (...asked: Parameters<Converter["inspect"]>): ReturnType<Converter["inspect"]> =>
    this.inner.inspect(...asked);
  complete = (...asked: Parameters<Converter["complete"]>): ReturnType<Converter["complete"]> =>
    this.inner.complete(...asked);
  addModule = (...asked: Parameters<Converter["addModule"]>): ReturnType<Converter["addModule"]> =>
    this.inner.addModule(...asked);
  close = (): void => this.inner.close();
}
