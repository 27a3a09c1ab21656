/** A folder as large as the original PAMAP2: 9 subjects, 2.9 million rows, 1.6 GB of text. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { protocolActivities } from "fusion/dist/data/pamap2-columns";
import { protocolRowsBySubject } from "fusion/dist/data/pamap2-counts";
import { randomFor } from "fusion/dist/random";

/** All rows, transients too, over those of an activity: about 2.87 million over 1,942,872. */
const rowsPerLabelled = 1.478;
const distinctRows = 5000;

/** Writes what is not there yet; the sensor part of a line is one of 5,000, so that writing is fast. */
export function writePamap2Folder(folder: string): void {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(join(unfinished, "Protocol"), { recursive: true });
  const { uniform, normal } = randomFor(1, "pamap2 folder");
  const sensors = Array.from(
    { length: distinctRows },
    () =>
      uniform() < 0.01 // a lost packet
        ? Array.from({ length: 51 }, () => "NaN").join(" ")
        : Array.from({ length: 51 }, () => (10 * normal()).toFixed(7)).join(" "), // 11 characters, as 1.6 GB ask for
  );
  const labels = [0, ...protocolActivities.map(({ id }) => id)];
  for (const [subject, labelled] of Object.entries(protocolRowsBySubject)) {
    const file = openSync(join(unfinished, "Protocol", `subject${subject}.dat`), "w");
    const rows = Math.round(labelled * rowsPerLabelled);
    for (let first = 0; first < rows; first += distinctRows) {
      const lines: string[] = [];
      for (let row = first; row < Math.min(rows, first + distinctRows); row++) {
        const label = labels[Math.floor((row / rows) * labels.length)]!;
        const heart = row % 11 === 0 ? 60 + (row % 97) : "NaN";
        lines.push(`${(5 + row / 100).toFixed(2)} ${label} ${heart} ${sensors[row - first]}\n`);
      }
      writeSync(file, lines.join(""));
    }
    closeSync(file);
  }
  renameSync(unfinished, folder);
}
