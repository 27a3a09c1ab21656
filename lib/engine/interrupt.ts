/** The user's wish to stop, as loops that await can see it: the square button of Jupyter, Ctrl-C in a terminal. */

let controller = new AbortController();

/**
 * The signal of the cell or command that runs now. Take it when a loop begins and look at `aborted` in each turn:
 * a loop that an earlier cell began keeps its own signal, and stays stopped.
 *
 *     const stop = interruptSignal();
 *     for (const batch of batches) { if (stop.aborted) break; await step(batch); }
 */
export const interruptSignal = (): AbortSignal => controller.signal;

/** Asks whatever runs now to stop. */
export const interrupt = (): void => controller.abort();

/** What begins from here on has not been asked to stop; the kernel calls it before each cell. */
export function forgetInterrupt(): void {
  controller = new AbortController();
}
