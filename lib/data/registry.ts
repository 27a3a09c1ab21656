/** Every data set, by the name that presets and the command line use. */
import type { DataSet } from "./data-set";
import { readPamap2, type Pamap2Options } from "./pamap2";
import { pamap2Simulated } from "./pamap2-simulated";

const protocol = ["101", "102", "103", "104", "105", "106", "107", "108", "109"].map(
  (subject) => `Protocol/subject${subject}.dat | Protocol/subject${subject}.dat.gz`,
);

const pamap2: DataSet<Pamap2Options> = {
  name: "pamap2",
  title: "PAMAP2 Physical Activity Monitoring",
  licence: "CC BY 4.0",
  citation:
    "A. Reiss and D. Stricker, Introducing a New Benchmarked Dataset for Activity Monitoring, ISWC 2012, pp. 108-109",
  homepage: "https://archive.ics.uci.edu/dataset/231/pamap2+physical+activity+monitoring",
  files: protocol,
  read: readPamap2,
};

export const dataSets = { pamap2, "pamap2-simulated": pamap2Simulated } as const;
export type DataSetName = keyof typeof dataSets;

/** Expected files that are not there. */
export function missingFiles({ files }: Pick<DataSet, "files">, exists: (file: string) => boolean): string[] {
  return files.filter((file) => !file.split("|").some((one) => exists(one.trim())));
}
