/** How far the run is: one line a notebook, drawn over in a terminal, added to now and then in a log. */
import type { Progress } from "./run-all";

/** A log that nobody watches needs a sign of life this often. */
const quietSeconds = 15;

export function terminalProgress(out: NodeJS.WriteStream = process.stdout): Progress {
  let [begun, told] = [0, 0];
  const seconds = (): number => (performance.now() - begun) / 1000;
  const over = (line: string): void => void out.write(out.isTTY ? `\r\x1b[2K${line}` : `${line}\n`);
  return {
    begin(name) {
      [begun, told] = [performance.now(), 0];
      if (out.isTTY) over(`… ${name}`);
    },
    cell(name, cell, of, note) {
      if (!out.isTTY && seconds() - told < quietSeconds) return;
      told = seconds();
      over(
        `… ${name}: cell ${cell} of ${of}, ${told.toFixed(0)} s${note && `; ${note}`}`.slice(
          0,
          out.columns ?? Infinity,
        ),
      );
    },
    end({ name, cells, seconds, error }) {
      over(
        error
          ? `✗ ${name}: cell ${error.cell} of ${cells}: ${error.ename}: ${error.evalue}`
          : `✓ ${name}: ${cells} cells, ${seconds} s`,
      );
      if (out.isTTY) out.write("\n");
    },
  };
}
