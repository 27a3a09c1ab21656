/** A grid in front of people: a line that is drawn over where it can be, and one that stays for each run that ended. */
import {
  clock,
  gridLineReporter,
  type GridProgress,
  type GridReporter,
  silentGrid,
} from "fusion/dist/experiments/grid-progress";

export function gridTerminal(out: NodeJS.WriteStream = process.stderr): GridReporter {
  const columns = out.columns || 160;
  const line = out.isTTY
    ? gridLineReporter(
        (text) => void out.write(text),
        () => performance.now(),
        columns,
      )
    : silentGrid;
  return {
    update: line.update,
    clear: line.clear,
    ended({ key, title, seconds, error }, progress) {
      line.clear();
      const how = error === undefined ? clock(seconds) : `failed: ${error}`;
      console.log(
        `${error === undefined ? "✓" : "✗"} ${place(progress)} ${key} ${title}: ${how}${left(progress)}`,
      );
    },
  };
}

const place = ({ done, failed, of }: GridProgress): string => `${done + failed}/${of}`;

const left = ({ secondsLeft, running }: GridProgress): string =>
  running.length === 0 || secondsLeft === undefined ? "" : `; ${clock(secondsLeft)} left`;

/** Aborts at the first Ctrl-C; a second one ends the process at once. */
export function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  process.once("SIGINT", () => {
    console.error("\nstopping after this batch; a second Ctrl-C stops at once");
    controller.abort();
  });
  process.once("SIGTERM", () => controller.abort()); // as a cluster's scheduler asks
  return controller.signal;
}
