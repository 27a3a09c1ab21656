/** Shows a transfer: a line that is drawn over where there is a terminal, a line every ten seconds elsewhere. */
import { progressLine } from "fusion/dist/data/progress-line";
import type { DownloadStage } from "fusion/dist/data/download";
import type { DownloadProgress } from "fusion/dist/data/download-file";

export interface TransferDisplay {
  readonly progress: (stage: DownloadStage, progress: DownloadProgress) => void;
  readonly note: (note: string) => void;
  readonly end: () => void;
}

export function transferDisplay(stream: NodeJS.WriteStream, now: () => number = Date.now): TransferDisplay {
  const pause = stream.isTTY ? 200 : 10_000;
  let [stage, shown, open]: [string, number, boolean] = ["", 0, false];
  let marks: { at: number; bytes: number }[] = []; // of the last ten seconds, for the rate
  const end = (): void => {
    if (open) stream.write("\n");
    open = false;
  };
  return {
    end,
    note(note) {
      end();
      stream.write(`${note}\n`);
    },
    progress(next, { bytes, total }) {
      const at = now();
      if (next !== stage) {
        end();
        [stage, marks, shown] = [next, [], 0];
      }
      if (at - shown < pause && bytes !== total) return;
      marks = [...marks.filter((mark) => at - mark.at < 10_000 + pause && mark.bytes <= bytes), { at, bytes }];
      const [first] = marks;
      const rate = (1000 * (bytes - first!.bytes)) / (at - first!.at);
      const line = progressLine({ label: next, bytes, total, bytesPerSecond: rate }, (stream.columns || 80) - 1);
      stream.write(stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
      [shown, open] = [at, stream.isTTY === true];
    },
  };
}
